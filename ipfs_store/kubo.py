"""Keep blocks in an IPFS node, Kubo or js-ipfs, by its RPC address."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import ipfshttpclient
from ipfshttpclient import exceptions
from requests import RequestException

from ipfs_store.car import write_block, write_header
from ipfs_store.cid import Block, Cid, Codec, make_block, parse_cid, verified
from ipfs_store.errors import BlockMissing, MalformedStoreUrl, StoreFull, StoreUnreachable
from ipfs_store.store import Store

_ADVICE = "start the node, or give the address of one that runs, as /ip4/127.0.0.1/tcp/5001"
_NO_ROOM = "no space left on device"
_GRACE_SECONDS = 5.0
_HERE = {"offline": "true", "timeout": "1000ms"}


class KuboStore(Store):
    """
    Send ready blocks in small CARs; verify what comes back.

    The node is told to give up a search after `timeout` seconds (js-ipfs searches for ever, even
    offline): when it says so the block is missing, when it says nothing the node is unreachable.
    """

    def __init__(self, address: str, timeout: float = 30.0) -> None:
        self.address = address
        self._search = {"timeout": f"{round(timeout * 1000)}ms"}
        try:
            self._client = ipfshttpclient.Client(address, timeout=timeout + _GRACE_SECONDS)
        except (exceptions.AddressError, ValueError) as error:
            raise MalformedStoreUrl(
                f"{address!r} is no node's address: {error}; {_ADVICE}"
            ) from error

    def put_block(self, data: bytes, codec: Codec = Codec.RAW) -> Cid:
        """Keep one document for good: import and pin it in one request."""
        block = make_block(data, codec)
        self._import([block], pin_roots=True)
        return block.cid

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Import all blocks in one request, unpinned."""
        if blocks:
            self._import(blocks, pin_roots=False)

    def get_block(self, cid: Cid) -> bytes:
        """Fetch a block and verify it."""
        with self._search_failures(cid):
            data = self._client.block.get(parse_cid(cid), opts=self._search)
        return verified(cid, data, f"node {self.address}")

    def has(self, cid: Cid) -> bool:
        """Tell whether the node itself has the block."""
        try:
            with self._search_failures(cid):
                self._client.block.stat(parse_cid(cid), opts=_HERE)
        except BlockMissing:
            return False
        return True

    def pin(self, cid: Cid) -> None:
        """Pin a block and all that it links."""
        with self._search_failures(cid):
            self._client.pin.add(parse_cid(cid), opts=self._search)

    def _import(self, blocks: Sequence[Block], pin_roots: bool) -> None:
        car = io.BytesIO()
        write_header(car, [blocks[0].cid])
        for block in blocks:
            write_block(car, block)
        car.seek(0)
        opts = {"pin-roots": str(pin_roots).lower()}
        with self._failures():
            answers = list(self._client.dag.imprt(car, stream=True, opts=opts))
        for answer in answers:
            if failure := answer["Root"]["PinErrorMsg"]:
                raise StoreUnreachable(self.address, f"pinning failed: {failure}", _ADVICE)

    @contextmanager
    def _search_failures(self, cid: Cid) -> Iterator[None]:
        with self._failures():
            try:
                yield
            except exceptions.ErrorResponse as error:
                raise BlockMissing(cid, f"node {self.address} ({error})") from error

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except (exceptions.Error, RequestException) as error:
            if _NO_ROOM in str(error):
                raise StoreFull(
                    f"no room in node {self.address}: {error}; free space or choose another node"
                ) from error
            raise StoreUnreachable(self.address, _root_cause(error), _ADVICE) from error


def _root_cause(error: BaseException) -> BaseException:
    """Leave out the four layers of HTTP between a refused connection and us."""
    while deeper := error.__cause__ or error.__context__:
        error = deeper
    return error
