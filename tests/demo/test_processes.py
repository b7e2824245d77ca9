import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.demo.errors import ProcessDied, StageFailed
from scripts.demo.processes import Processes

pytestmark = pytest.mark.integration

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
FAILURE = [sys.executable, "-c", "raise SystemExit('no such chain')"]


def test_stop__running_program__ends_it(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        program = processes.start("sleeper", SLEEPER, os.environ)

    assert program.popen.returncode is not None


def test_stop__after_an_error__ends_every_program(tmp_path: Path) -> None:
    processes = Processes(tmp_path)
    started = [processes.start(name, SLEEPER, os.environ) for name in ("one", "two")]

    with pytest.raises(StageFailed), processes:
        raise StageFailed("something else went wrong")

    assert all(program.popen.returncode is not None for program in started)


def test_wait_until__program_dies__shows_the_end_of_its_log(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("operator-1", FAILURE, os.environ)

        with pytest.raises(ProcessDied, match=r"operator-1 ended with exit code 1(.|\n)*no such"):
            processes.wait_until(lambda: None, "a verdict", timeout_seconds=20)


def test_wait_until__nothing_happens__says_what_was_awaited(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        processes.start("sleeper", SLEEPER, os.environ)

        with pytest.raises(StageFailed, match="a verdict did not happen within 0 s"):
            processes.wait_until(lambda: None, "a verdict", timeout_seconds=0.2)


def test_wait_until__answer_comes__returns_it(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        program = processes.start("sleeper", SLEEPER, os.environ)

        found = processes.wait_until(lambda: program.tail() or None, "its first word", 20)

    assert found == "up"


def test_start__interrupted_while_it_starts__keeps_the_child_and_passes_the_signal_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes just when the child is there and not yet in the list."""
    start = subprocess.Popen

    def interrupted(*arguments: Any, **options: Any) -> "subprocess.Popen[bytes]":
        child = start(*arguments, **options)
        signal.raise_signal(signal.SIGINT)
        return child

    monkeypatch.setattr(subprocess, "Popen", interrupted)
    processes = Processes(tmp_path)

    with pytest.raises(KeyboardInterrupt):
        processes.start("sleeper", ["sleep", "60"], {"PATH": os.environ["PATH"]})

    (program,) = processes.programs
    assert program.popen.poll() is None
    processes.stop()
    assert program.popen.poll() is not None
