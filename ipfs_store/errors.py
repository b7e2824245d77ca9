"""
Name what can go wrong with stored bytes.

    IpfsStoreError
    ├── MalformedCid       a text or bytes that should be a CID are none that we use
    ├── MalformedStoreUrl  a store cannot be opened by that text
    ├── MalformedCar       a CAR file is cut off, damaged or of another version
    ├── MalformedDag       a block is no file of the CID profile, or its sizes lie
    ├── BlockTooLarge      a single block exceeds 1 MiB
    ├── CidMismatch        bytes are not those that the CID names
    ├── BlockMissing       no such block where it was looked for
    ├── StoreReadOnly      the backend cannot be written to
    ├── StoreFull          no room (disk, quota or file size limit)
    ├── StoreUnreachable   the folder or node cannot be used at all
    └── NodeFailed         our own IPFS node did not start
"""


class IpfsStoreError(Exception):
    """Be the root of this package's errors."""


class MalformedCid(IpfsStoreError):
    """Say that a value is not a CID of sha2-256."""


class MalformedStoreUrl(IpfsStoreError):
    """Say that a text names no store."""


class MalformedCar(IpfsStoreError):
    """Say at which offset a CAR file breaks."""


class MalformedDag(IpfsStoreError):
    """Say which block is not the file node that it should be."""


class BlockTooLarge(IpfsStoreError):
    """Say how large a block was."""


class CidMismatch(IpfsStoreError):
    """Name the CID that was asked for, and the CID of the bytes that came."""

    def __init__(self, expected: str, actual: str, where: str) -> None:
        self.expected = expected
        self.actual = actual
        super().__init__(
            f"content mismatch in {where}: asked for {expected}, got bytes of {actual}; "
            "the copy is damaged or forged, fetch it from another store"
        )


class BlockMissing(IpfsStoreError):
    """Name the block, and where it was looked for."""

    def __init__(self, cid: str, where: str) -> None:
        self.cid = cid
        super().__init__(
            f"block {cid} is not in {where}; add a store that holds it, or import the CAR with it"
        )


class StoreReadOnly(IpfsStoreError):
    """Say which store refuses writes."""


class StoreFull(IpfsStoreError):
    """Say which store has no room."""


class StoreUnreachable(IpfsStoreError):
    """Name the address, the cause and what to do."""

    def __init__(self, address: str, cause: object, advice: str) -> None:
        self.address = address
        super().__init__(f"store {address} cannot be reached: {cause}; {advice}")


class NodeFailed(IpfsStoreError):
    """Say why our own node did not start."""
