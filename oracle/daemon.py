"""Run cycles until told to stop; this table says what stops the program and what is tried again.

WrongChain, DeploymentUnknown, KeyUnavailable,         stop: a person must look
  SettingsRefused, SignaturesDamaged
ChainUnreachable                                       the node is away: again, later each time
RpcRefused, before any task                            the same
any IpfsStoreError                                     the store is away: again, later each time
PeerUnreachable, PeerRefused                           logged where it happens; the cycle goes on
what is wrong with one task, RpcRefused there          logged by the cycle; the others go on
anything else                                          a fault of ours: stop with a traceback
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from dao_client.errors import ChainUnreachable, RpcRefused
from ipfs_store import IpfsStoreError

from .cycle import Cycle

_log = structlog.get_logger(__name__)

TRIED_AGAIN = (ChainUnreachable, RpcRefused, IpfsStoreError)
LONGEST_PAUSE_SECONDS = 60.0


@dataclass
class Daemon:
    """Cycles with pauses between them; `wait` sleeps and tells whether to stop."""

    cycle: Cycle
    poll_seconds: float
    wait: Callable[[float], bool]

    def run(self) -> None:
        """Work until `wait` says stop."""
        failures = 0
        while True:
            failures = failures + 1 if self._fails() else 0
            if self.wait(self._pause(failures)):
                return

    def _fails(self) -> bool:
        try:
            self.cycle.run()
        except TRIED_AGAIN as error:
            _log.warning("cycle failed", error=str(error), kind=type(error).__name__)
            return True
        return False

    def _pause(self, failures: int) -> float:
        """Double the pause with every failure in a row."""
        doubled = max(self.poll_seconds, 1.0) * 2 ** min(failures, 10)
        return min(doubled, LONGEST_PAUSE_SECONDS) if failures else self.poll_seconds


def stopper() -> tuple[threading.Event, Callable[[float], bool]]:
    """Return an event for signal handlers, and the wait that it ends."""
    event = threading.Event()
    return event, event.wait
