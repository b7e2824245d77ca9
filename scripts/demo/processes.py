"""Start the demo's programs, watch them, and stop every one of them at the end."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from scripts.demo.errors import ProcessDied, StageFailed

GRACE_SECONDS = 5.0
POLL_SECONDS = 0.2
LOG_TAIL_LINES = 15

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Program:
    """A running child and where it writes."""

    name: str
    popen: "subprocess.Popen[bytes]"
    log: Path

    def tail(self) -> str:
        """Read the last lines of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-LOG_TAIL_LINES:])


@dataclass
class Processes:
    """The children of one demo. As a context manager it stops them, last started first."""

    logs: Path
    programs: list[Program] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Program:
        """Start a program in its own session, so that Ctrl-C reaches the demo alone."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as stream, _uninterrupted():
            popen = subprocess.Popen(
                list(command),
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            program = Program(name, popen, log)
            self.programs.append(program)
        return program

    def check(self) -> None:
        """Raise when a program has ended, with the end of its log."""
        for program in self.programs:
            code = program.popen.poll()
            if code is not None:
                raise ProcessDied(
                    f"{program.name} ended with exit code {code}; the end of {program.log}:\n"
                    f"{program.tail()}"
                )

    def wait_until(
        self, probe: Callable[[], Answer | None], what: str, timeout_seconds: float
    ) -> Answer:
        """Ask `probe` until it answers; raise when a program dies or time runs out."""
        deadline = time.monotonic() + timeout_seconds
        while (answer := probe()) is None:
            self.check()
            if time.monotonic() > deadline:
                raise StageFailed(
                    f"{what} did not happen within {timeout_seconds:.0f} s; see {self.logs}"
                )
            time.sleep(POLL_SECONDS)
        return answer

    def stop(self) -> None:
        """End every program, politely first."""
        for program in reversed(self.programs):
            if program.popen.poll() is None:
                program.popen.terminate()
        for program in reversed(self.programs):
            try:
                program.popen.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                program.popen.kill()
                program.popen.wait()
        self.programs.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until a child is known: one that starts just then would run for ever.

    Signals are noted, not blocked: the child would inherit what is blocked.
    """
    caught: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    usual = {each: signal.signal(each, lambda number, _: caught.append(number)) for each in numbers}
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
        for number in caught:
            signal.raise_signal(number)
