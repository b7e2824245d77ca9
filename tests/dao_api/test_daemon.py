"""The background: what is retried, what stops the program."""

import threading

import pytest

from dao_api.daemon import Daemon
from dao_client.errors import ChainUnreachable

pytestmark = pytest.mark.unit


class Program:
    """Turns that end as the test says; then it is told to stop."""

    def __init__(self, *endings: Exception | None) -> None:
        self.endings = list(endings)
        self.done = threading.Event()
        self.stopped = threading.Event()

    def turn(self) -> None:
        if not self.endings:
            self.done.set()
            return
        ending = self.endings.pop(0)
        if ending is not None:
            raise ending


def test_daemon__node_down_for_a_turn__goes_on() -> None:
    program = Program(None, ChainUnreachable("down"), None)
    daemon = Daemon(program.turn, 0.001, program.stopped.set)

    daemon.start()
    assert program.done.wait(10)
    daemon.stop()

    assert not daemon.has_failed


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_daemon__fault_of_ours__stops_the_program() -> None:
    program = Program(ZeroDivisionError("ours"))
    daemon = Daemon(program.turn, 0.001, program.stopped.set)

    daemon.start()
    assert program.stopped.wait(10)
    daemon.stop()

    assert daemon.has_failed
