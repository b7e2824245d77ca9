"""Keep blocks in an IPFS node, Kubo or js-ipfs, by its RPC address."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import ipfshttpclient
from ipfshttpclient import exceptions
from requests import RequestException

from ipfs_store.car import write_block, write_header
from ipfs_store.cid import Block, Cid, Codec, make_block, parse_cid, verified
from ipfs_store.errors import BlockMissing, StoreUnreachable
from ipfs_store.store import Store

_ADVICE = "start the node, or give the address of one that runs, as /ip4/127.0.0.1/tcp/5001"


class KuboStore(Store):
    """
    Send ready blocks in small CARs; verify what comes back.

    A block that is missing answers at once on an offline Kubo and never on js-ipfs: after
    `timeout` seconds it counts as missing if the node still answers, as unreachable otherwise.
    """

    def __init__(self, address: str, timeout: float = 30.0) -> None:
        self.address = address
        self.timeout = timeout
        try:
            self._client = ipfshttpclient.Client(address, timeout=timeout)
        except (exceptions.AddressError, ValueError) as error:
            raise StoreUnreachable(address, error, _ADVICE) from error

    def put_block(self, data: bytes, codec: Codec = Codec.RAW) -> Cid:
        """Keep one document for good: import and pin it in one request."""
        block = make_block(data, codec)
        self._import([block], pin_roots=True)
        return block.cid

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Import all blocks in one request."""
        if blocks:
            self._import(blocks, pin_roots=False)

    def get_block(self, cid: Cid) -> bytes:
        """Fetch a block and verify it."""
        with self._failures(cid):
            data = self._client.block.get(parse_cid(cid))
        return verified(cid, data, f"node {self.address}")

    def has(self, cid: Cid) -> bool:
        """Tell whether the node has the block, or finds it before the timeout."""
        try:
            with self._failures(cid):
                self._client.block.stat(parse_cid(cid))
        except BlockMissing:
            return False
        return True

    def pin(self, cid: Cid) -> None:
        """Pin a block and all that it links."""
        with self._failures(cid):
            self._client.pin.add(parse_cid(cid))

    def _import(self, blocks: Sequence[Block], pin_roots: bool) -> None:
        car = io.BytesIO()
        write_header(car, [block.cid for block in blocks] if pin_roots else [blocks[0].cid])
        for block in blocks:
            write_block(car, block)
        car.seek(0)
        with self._failures(blocks[0].cid):
            self._client.dag.imprt(car, opts={"pin-roots": "true" if pin_roots else "false"})

    @contextmanager
    def _failures(self, cid: Cid) -> Iterator[None]:
        try:
            yield
        except (exceptions.TimeoutError, exceptions.ErrorResponse) as error:
            self._ask_alive(error)
            raise BlockMissing(cid, f"node {self.address}: {error}") from error
        except (exceptions.Error, RequestException) as error:
            raise StoreUnreachable(self.address, error, _ADVICE) from error

    def _ask_alive(self, cause: Exception) -> None:
        try:
            self._client.version()
        except (exceptions.Error, RequestException) as error:
            raise StoreUnreachable(self.address, error, _ADVICE) from cause
