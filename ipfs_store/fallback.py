"""Use several stores as one."""

from collections.abc import Callable, Sequence

import structlog

from ipfs_store.cid import Block, Cid, verified
from ipfs_store.errors import (
    BlockMissing,
    CidMismatch,
    IpfsStoreError,
    StoreReadOnly,
    StoreUnreachable,
)
from ipfs_store.store import Store

_log = structlog.get_logger(__name__)


class FallbackStore(Store):
    """
    Read from the first store that has the true bytes; write to every store that takes them.

    A read passes over stores that fail, lack the block or lie. A write is done once one store took
    it; each other store's failure is logged, not raised: blocks can be copied there later.
    """

    def __init__(self, stores: Sequence[Store]) -> None:
        if not stores:
            raise ValueError("a fallback needs at least one store")
        self.stores = tuple(stores)

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Write to every store; raise if none took the blocks."""
        self._everywhere("put_blocks", lambda store: store.put_blocks(blocks))

    def get_block(self, cid: Cid) -> bytes:
        """Ask the stores in order until one gives the true bytes."""
        failures: list[IpfsStoreError] = []
        for store in self.stores:
            try:
                return verified(cid, store.get_block(cid), type(store).__name__)
            except (BlockMissing, CidMismatch, StoreUnreachable) as error:
                failures.append(error)
        raise _worst(cid, failures)

    def has(self, cid: Cid) -> bool:
        """Tell whether any store that answers has the block."""
        failures: list[StoreUnreachable] = []
        for store in self.stores:
            try:
                if store.has(cid):
                    return True
            except StoreUnreachable as error:
                failures.append(error)
        if len(failures) == len(self.stores):
            raise failures[0]
        return False

    def pin(self, cid: Cid) -> None:
        """Pin in every store that has the block; raise if none has."""
        self._everywhere("pin", lambda store: store.pin(cid))

    def _everywhere(self, action: str, step: Callable[[Store], None]) -> None:
        failures: list[IpfsStoreError] = []
        for store in self.stores:
            try:
                step(store)
            except StoreReadOnly as error:
                failures.append(error)
            except IpfsStoreError as error:
                failures.append(error)
                _log.warning("store failed", action=action, error=str(error))
        if len(failures) == len(self.stores):
            raise failures[0]


def _worst(cid: Cid, failures: list[IpfsStoreError]) -> IpfsStoreError:
    """Choose what to tell: a lie before a dead store before a missing block."""
    for kind in (CidMismatch, StoreUnreachable):
        for failure in failures:
            if isinstance(failure, kind):
                return failure
    return BlockMissing(cid, f"any of {len(failures)} stores")
