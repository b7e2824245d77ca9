"""Index and anchor in the background, while the app answers requests.

the node does not answer, or refuses   retried at the next turn
the store does not answer              retried at the next turn
the database does not answer           retried at the next turn
another process was first              retried at the next turn
anything else                          a fault of ours: the program stops
"""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import OperationalError

from dao_api.errors import BatchOvertaken
from dao_client.errors import ChainUnreachable, RpcRefused
from ipfs_store import IpfsStoreError

RETRIED = (ChainUnreachable, RpcRefused, IpfsStoreError, OperationalError, BatchOvertaken)
_log = structlog.get_logger()


class Daemon:
    """One thread that takes turns until it is stopped, or fails."""

    def __init__(
        self, turn: Callable[[], None], poll_seconds: float, stop: Callable[[], None]
    ) -> None:
        self._turn = turn
        self._poll_seconds = poll_seconds
        self._stop_program = stop
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gateway-daemon")
        self.has_failed = False

    def start(self) -> None:
        """Begin taking turns."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the turn that is under way and end."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        self.has_failed = True
        try:
            while not self._stopping.is_set():
                self._take_turn()
                self._stopping.wait(self._poll_seconds)
            self.has_failed = False
        finally:
            self._stop_program()

    def _take_turn(self) -> None:
        try:
            self._turn()
        except RETRIED as error:
            _log.warning("turn failed, will be repeated", cause=str(error))
