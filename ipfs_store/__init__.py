"""Bytes in, CID out: store content by its digest and verify it on every read."""

from ipfs_store.car import CarStore, Links, export_car, import_car, pack_file
from ipfs_store.cid import (
    MAX_BLOCK_BYTES,
    Block,
    Cid,
    Codec,
    cid_from_digest,
    cid_of,
    codec_of,
    digest_of_cid,
    parse_cid,
)
from ipfs_store.errors import (
    BlockMissing,
    BlockTooLarge,
    CidMismatch,
    IpfsStoreError,
    MalformedCar,
    MalformedCid,
    MalformedDag,
    MalformedStoreUrl,
    NodeFailed,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)
from ipfs_store.fallback import FallbackStore
from ipfs_store.folder import FolderStore
from ipfs_store.kubo import KuboStore
from ipfs_store.opening import open_store
from ipfs_store.store import Store
from ipfs_store.unixfs import add_file, file_links, read_file

__all__ = [
    "MAX_BLOCK_BYTES",
    "Block",
    "BlockMissing",
    "BlockTooLarge",
    "CarStore",
    "Cid",
    "CidMismatch",
    "Codec",
    "FallbackStore",
    "FolderStore",
    "IpfsStoreError",
    "KuboStore",
    "Links",
    "MalformedCar",
    "MalformedCid",
    "MalformedDag",
    "MalformedStoreUrl",
    "NodeFailed",
    "Store",
    "StoreFull",
    "StoreReadOnly",
    "StoreUnreachable",
    "add_file",
    "cid_from_digest",
    "cid_of",
    "codec_of",
    "digest_of_cid",
    "export_car",
    "file_links",
    "import_car",
    "open_store",
    "pack_file",
    "parse_cid",
    "read_file",
]
