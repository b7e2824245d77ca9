"""Our own IPFS node: it starts, it dies at bad moments, it starts again."""

import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipfs_store import (
    BlockMissing,
    FallbackStore,
    FolderStore,
    KuboStore,
    NodeFailed,
    StoreFull,
    StoreUnreachable,
    add_file,
    cid_of,
    read_file,
)
from ipfs_store.node import IpfsNode, running_node, start_node
from tests.integration.scripted_node import scripted_node

pytestmark = pytest.mark.integration

ADVICE = "start the node, or give the address of one that runs, as /ip4/127.0.0.1/tcp/5001"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ipfs") / "repo"


@pytest.fixture
def doomed_node(repo: Path) -> Iterator[IpfsNode]:
    node = start_node(repo)
    yield node
    node.stop()


class Fuse(io.BytesIO):
    """End the node once so many bytes of the stream are read."""

    def __init__(self, data: bytes, length: int, node: IpfsNode) -> None:
        super().__init__(data)
        self._length, self._node = length, node

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= self._length:
            self._node.process.kill()
            self._node.process.wait()
        return super().read(size)


def test_node__killed_between_transfers__is_unreachable_and_keeps_what_it_had(doomed_node, repo):
    store = KuboStore(doomed_node.address, timeout=2)
    data = os.urandom(40 << 20)
    root = add_file(store, io.BytesIO(data))
    pieces = read_file(store, root)
    first = next(pieces) + next(pieces)

    doomed_node.process.kill()
    doomed_node.process.wait()

    assert data.startswith(first)
    with pytest.raises(StoreUnreachable) as refused:
        list(pieces)
    assert str(refused.value).startswith(f"store {doomed_node.address} cannot be reached: ")
    assert str(refused.value).endswith(ADVICE)
    again = start_node(repo)
    try:
        assert b"".join(read_file(KuboStore(again.address), root)) == data
    finally:
        again.stop()


def test_add_file__node_killed_meanwhile__fails_alone_and_not_beside_a_folder(
    doomed_node, tmp_path
):
    data = os.urandom(60 << 20)
    node, folder = KuboStore(doomed_node.address, timeout=2), FolderStore(tmp_path / "store")

    root = add_file(FallbackStore([node, folder]), Fuse(data, 40 << 20, doomed_node))

    assert b"".join(read_file(FallbackStore([node, folder]), root)) == data
    with pytest.raises(StoreUnreachable, match=doomed_node.address):
        add_file(node, io.BytesIO(data))


def test_get_block__node_hangs__is_unreachable_not_missing(doomed_node):
    store = KuboStore(doomed_node.address, timeout=0.5)
    cid = store.put_block(b"kept")
    doomed_node.process.send_signal(signal.SIGSTOP)

    with pytest.raises(StoreUnreachable, match=r"timed out; start the node"):
        store.get_block(cid)

    doomed_node.process.send_signal(signal.SIGCONT)


def test_get_block__connection_breaks_inside_the_answer__is_unreachable():
    with (
        scripted_node(200, b"only half", announced=18) as address,
        pytest.raises(StoreUnreachable, match=ADVICE),
    ):
        KuboStore(address).get_block(cid_of(b"only half of it..."))


def test_put_block__node_has_no_room__says_so():
    full = b'{"Message":"ENOSPC: no space left on device, write","Code":0,"Type":"error"}'

    with (
        scripted_node(500, full) as address,
        pytest.raises(StoreFull, match=f"no room in node {address}: .*choose another node"),
    ):
        KuboStore(address).put_block(b"new")


def test_put_block__node_cannot_pin__says_so():
    answer = b'{"Root":{"Cid":{"/":"x"},"PinErrorMsg":"lock held"}}'

    with (
        scripted_node(200, answer) as address,
        pytest.raises(StoreUnreachable, match="pinning failed: lock held"),
    ):
        KuboStore(address).put_block(b"new")


def test_get_block__node_finds_none__is_missing():
    with (
        scripted_node(500, b'{"Message":"not found","Code":0,"Type":"error"}') as address,
        pytest.raises(BlockMissing, match="not found"),
    ):
        KuboStore(address).get_block(cid_of(b"absent"))


def test_put_block__no_ipfs_node_there__says_so():
    with (
        scripted_node(200, b"<html>hello</html>") as address,
        pytest.raises(StoreUnreachable, match=address),
    ):
        KuboStore(address).put_block(b"new")


def test_running_node__ipfs_api_given__starts_nothing(tmp_path):
    with running_node(tmp_path / "repo", {"IPFS_API": "/ip4/127.0.0.1/tcp/5001"}) as address:
        assert address == "/ip4/127.0.0.1/tcp/5001"

    assert not (tmp_path / "repo").exists()


def test_running_node__no_ipfs_api__runs_inside_the_block_only(repo):
    with running_node(repo, {}) as address:
        cid = KuboStore(address).put_block(b"inside")

    with pytest.raises(StoreUnreachable, match="Connection refused"):
        KuboStore(address).get_block(cid)


def test_start_node__js_ipfs_not_installed__says_what_to_do(tmp_path):
    with pytest.raises(
        NodeFailed, match=r"js-ipfs is not in .*; run `make install`, or set IPFS_API"
    ):
        start_node(tmp_path / "repo", tools=tmp_path)


def test_start_node__repository_cannot_be_made__says_why(tmp_path):
    (tmp_path / "version").mkdir(parents=True)

    with pytest.raises(NodeFailed, match=f"js-ipfs could not make {tmp_path}: "):
        start_node(tmp_path)


def test_start_node__no_time__gives_up_and_leaves_no_process(repo):
    with pytest.raises(NodeFailed, match=r"js-ipfs did not start on .* within 0 s"):
        start_node(repo, wait_seconds=0)


def test_stop__node_does_not_listen__is_ended_all_the_same(doomed_node):
    doomed_node.process.send_signal(signal.SIGSTOP)

    doomed_node.stop(wait_seconds=0.2)

    assert doomed_node.process.returncode == -signal.SIGKILL
