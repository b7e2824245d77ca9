"""Read blocks of evidence and say whose they are when they are missing or damaged."""

from collections.abc import Iterable

import structlog

from ipfs_store import BlockMissing, Cid, CidMismatch, Store

from .errors import EvidenceDamaged, EvidenceMissing

_log = structlog.get_logger(__name__)


class EvidenceReader:
    """Give verified blocks; remember which ones count as missing.

    A block that no store gives is worth waiting for until the evidence `is_overdue`; from then on
    it counts as missing for good, and the snapshot says so. A store that does not answer at all is
    never taken for a missing block: its error passes through and the whole step is tried again.
    """

    def __init__(self, store: Store, missing: Iterable[Cid], *, is_overdue: bool) -> None:
        self._store = store
        self._is_overdue = is_overdue
        self.missing = set(missing)

    def read(self, cid: Cid, what: str) -> bytes | None:
        """Return the block, none when it counts as missing; `what` names it for people."""
        if cid in self.missing:
            return None
        try:
            return self._store.get_block(cid)
        except (BlockMissing, CidMismatch) as error:
            if not self._is_overdue:
                raise _named(error, cid, what) from error
            _log.warning("evidence given up", cid=cid, error=str(error))
            self.missing.add(cid)
            return None

    def require(self, cid: Cid, what: str) -> bytes:
        """Return a block without which there can be no verdict."""
        try:
            return self._store.get_block(cid)
        except (BlockMissing, CidMismatch) as error:
            raise _named(error, cid, what) from error


def _named(error: BlockMissing | CidMismatch, cid: Cid, what: str) -> EvidenceMissing:
    if isinstance(error, CidMismatch):
        return EvidenceDamaged(f"{what} (block {cid}) is damaged: {error}", cid)
    return EvidenceMissing(f"{what} (block {cid}) is in no store: {error}", cid)
