"""A wire to a server that breaks at chosen requests and is mended a moment later.

To the program at its near end the server dies: connections break, and new ones break too. Every
other time the request still arrives and only its answer is lost, which is the worse moment.
"""

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from socket import SHUT_RDWR, create_connection, create_server, socket

MENDED_AFTER_SECONDS = 0.3
HTTP_REQUEST = b"POST "


class Cable:
    """Carries bytes between `port` and a server; broken by a plan of gaps between requests."""

    def __init__(self, target: int) -> None:
        self.cuts = 0
        self._target = target
        self._gaps: Iterator[int] = iter(())
        self._left: int | None = None
        self._broken_until = 0.0
        self._lock = threading.Lock()
        self._ends: list[socket] = []
        self._listener = create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    def plan(self, gaps: Iterable[int]) -> None:
        """Break at the request after each gap, then never again."""
        with self._lock:
            self._gaps = iter(gaps)
            self._left = next(self._gaps, None)

    def run(self) -> None:
        """Carry connections until the listener is closed."""
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(SHUT_RDWR)
        self._listener.close()
        _hang_up(*self._ends)

    def _carry(self, near: socket) -> None:
        with near, contextlib.suppress(OSError):
            if time.monotonic() < self._broken_until:
                return
            with create_connection(("127.0.0.1", self._target)) as far:
                self._ends += (near, far)
                is_mute = threading.Event()
                back = threading.Thread(target=_answer, args=(far, near, is_mute), daemon=True)
                back.start()
                self._ask(near, far, is_mute)
                _hang_up(near, far)
                back.join()

    def _ask(self, near: socket, far: socket, is_mute: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while chunk := near.recv(1 << 16):
                if chunk.startswith(HTTP_REQUEST) and self._breaks():
                    if self.cuts % 2:
                        return  # the request is lost
                    is_mute.set()
                far.sendall(chunk)

    def _breaks(self) -> bool:
        with self._lock:
            if self._left is None:
                return False
            self._left -= 1
            if self._left > 0:
                return False
            self.cuts += 1
            self._left = next(self._gaps, None)
            self._broken_until = time.monotonic() + MENDED_AFTER_SECONDS
            return True


def _answer(far: socket, near: socket, is_mute: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while (chunk := far.recv(1 << 16)) and not is_mute.is_set():
            near.sendall(chunk)
    _hang_up(near, far)


def _hang_up(*ends: socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(SHUT_RDWR)


@contextmanager
def cable_to(target: int) -> Iterator[Cable]:
    """Run a cable to a port of this machine."""
    cable = Cable(target)
    thread = threading.Thread(target=cable.run, daemon=True)
    thread.start()
    try:
        yield cable
    finally:
        cable.close()
        thread.join()
