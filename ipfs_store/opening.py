"""Open a store by its text."""

from collections.abc import Callable

from ipfs_store.car import CarStore
from ipfs_store.errors import MalformedStoreUrl
from ipfs_store.fallback import FallbackStore
from ipfs_store.folder import FolderStore
from ipfs_store.kubo import KuboStore
from ipfs_store.store import Store

_KINDS: dict[str, Callable[[str], Store]] = {
    "folder": FolderStore,
    "kubo": KuboStore,
    "car": CarStore,
}


def open_store(url: str) -> Store:
    """Open `folder:PATH`, `kubo:/ip4/HOST/tcp/PORT` or `car:FILE`; several with commas between."""
    stores = [_open_one(part.strip()) for part in url.split(",")]
    return stores[0] if len(stores) == 1 else FallbackStore(stores)


def _open_one(url: str) -> Store:
    kind, _, place = url.partition(":")
    if kind not in _KINDS or not place:
        raise MalformedStoreUrl(
            f"{url!r} names no store; write folder:PATH, kubo:/ip4/127.0.0.1/tcp/5001, car:FILE, "
            "or several of them with commas between"
        )
    return _KINDS[kind](place)
