"""Stores that fail in one known way."""

from collections.abc import Sequence

from ipfs_store import Block, BlockMissing, Cid, Store, StoreUnreachable


class DeadStore(Store):
    """Answer nothing."""

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        raise self._error()

    def get_block(self, cid: Cid) -> bytes:
        raise self._error()

    def has(self, cid: Cid) -> bool:
        raise self._error()

    def pin(self, cid: Cid) -> None:
        raise self._error()

    def _error(self) -> StoreUnreachable:
        return StoreUnreachable("dead:1", "no answer", "start it")


class LyingStore(Store):
    """Hold everything, give other bytes, and verify nothing."""

    def put_blocks(self, blocks: Sequence[Block]) -> None: ...

    def get_block(self, cid: Cid) -> bytes:
        return b"a lie"

    def has(self, cid: Cid) -> bool:
        return True

    def pin(self, cid: Cid) -> None: ...


class MemoryStore(Store):
    """Keep blocks in a dictionary, and count how they came."""

    def __init__(self) -> None:
        self.blocks: dict[Cid, bytes] = {}
        self.batches: list[int] = []
        self.pins: list[Cid] = []

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        self.batches.append(len(blocks))
        self.blocks |= {block.cid: block.data for block in blocks}

    def get_block(self, cid: Cid) -> bytes:
        if cid not in self.blocks:
            raise BlockMissing(cid, "memory")
        return self.blocks[cid]

    def has(self, cid: Cid) -> bool:
        return cid in self.blocks

    def pin(self, cid: Cid) -> None:
        self.pins.append(cid)
