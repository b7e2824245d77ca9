"""Stores by their text, and the package's public names."""

import inspect

import pytest

import ipfs_store
from ipfs_store import (
    CarStore,
    FallbackStore,
    FolderStore,
    KuboStore,
    MalformedStoreUrl,
    open_store,
)
from tests.ipfs_store.cars import SMALL

pytestmark = pytest.mark.unit


def test_open_store__each_kind__opens_it(tmp_path):
    (tmp_path / "task.car").write_bytes(SMALL)

    opened = [
        open_store(f"folder:{tmp_path}/store"),
        open_store("kubo:/ip4/127.0.0.1/tcp/5001"),
        open_store(f"car:{tmp_path}/task.car"),
    ]

    assert [type(store) for store in opened] == [FolderStore, KuboStore, CarStore]


def test_open_store__several__falls_back_in_order(tmp_path):
    store = open_store(f"folder:{tmp_path}/store, kubo:/ip4/127.0.0.1/tcp/5001")

    assert isinstance(store, FallbackStore)
    assert [type(inner) for inner in store.stores] == [FolderStore, KuboStore]


@pytest.mark.parametrize("url", ["", "folder:", "folder", "s3:bucket", "folder:a,,car:b"])
def test_open_store__no_store__says_what_to_write(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(MalformedStoreUrl, match=r"names no store; write folder:PATH, kubo:/ip4/"):
        open_store(url)


@pytest.mark.parametrize("address", ["localhost:5001", "/ip4/1.2.3/tcp/1", "/ip4/127.0.0.1/udp/1"])
def test_kubo_store__no_address__is_refused(address):
    with pytest.raises(MalformedStoreUrl, match=f"'{address}' is no node's address"):
        KuboStore(address)


def test_all__of_the_package__is_every_public_name_sorted():
    public = {
        name
        for name, value in vars(ipfs_store).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }

    assert set(ipfs_store.__all__) == public
    assert len(ipfs_store.__all__) == len(public)
