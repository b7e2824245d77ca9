"""Say what a store is."""

from collections.abc import Sequence
from typing import Protocol

from ipfs_store.cid import Block, Cid, Codec, make_block


class Store(Protocol):
    """Take bytes, give CIDs; give bytes back only if they are those of the CID."""

    def put_block(self, data: bytes, codec: Codec = Codec.RAW) -> Cid:
        """Keep one document of at most 1 MiB for good."""
        block = make_block(data, codec)
        self.put_blocks([block])
        self.pin(block.cid)
        return block.cid

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Take the pieces of something larger; pin its root afterwards."""
        ...

    def get_block(self, cid: Cid) -> bytes:
        """Give the bytes of a block, verified; raise BlockMissing or CidMismatch."""
        ...

    def has(self, cid: Cid) -> bool:
        """Tell whether the block is here."""
        ...

    def pin(self, cid: Cid) -> None:
        """Keep a block, and all that it links, from being cleared away."""
        ...
