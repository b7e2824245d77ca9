"""The node backend against a real IPFS node."""

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipfs_store import (
    Block,
    BlockMissing,
    CidMismatch,
    Codec,
    FallbackStore,
    FolderStore,
    KuboStore,
    add_file,
    cid_of,
    export_car,
    import_car,
    parse_cid,
    read_file,
)
from ipfs_store.cid import make_block
from ipfs_store.node import running_node

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def node_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KuboStore]:
    with running_node(tmp_path_factory.mktemp("ipfs")) as address:
        yield KuboStore(address, timeout=10)


def fresh(size: int = 20) -> bytes:
    """Give bytes that no node has yet: one may run for longer than this test."""
    return random.SystemRandom().randbytes(size)


def pins(store: KuboStore) -> set[str]:
    return {parse_cid(key) for key in store._client.pin.ls(type="recursive")["Keys"]}


@pytest.mark.parametrize("codec", [Codec.RAW, Codec.DAG_CBOR])
def test_put_block__new__comes_back_and_is_pinned(node_store, codec):
    data = b"\x54" + fresh(20)  # also a byte string in dag-cbor

    cid = node_store.put_block(data, codec)

    assert (node_store.get_block(cid), node_store.has(cid)) == (data, True)
    assert cid in pins(node_store)


def test_put_blocks__many__come_back_unpinned(node_store):
    blocks = [make_block(fresh()) for _ in range(50)]

    node_store.put_blocks(blocks)

    assert [node_store.get_block(block.cid) for block in blocks] == [block.data for block in blocks]
    assert not pins(node_store) & {block.cid for block in blocks}


def test_put_blocks__none__asks_nothing():
    KuboStore("/ip4/127.0.0.1/tcp/1").put_blocks([])


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 20_000_000])
def test_add_file__then_cat_by_the_node__is_the_file(node_store, size):
    data = fresh(size)

    root = add_file(node_store, io.BytesIO(data))

    assert node_store._client.cat(root) == data
    assert b"".join(read_file(node_store, root)) == data


def test_add_file__by_the_node_itself__has_our_root(node_store, tmp_path):
    (tmp_path / "file").write_bytes(data := fresh((3 << 20) + 5))
    profile = {"cid-version": "1", "chunker": "size-1048576"}

    added = node_store._client.add(str(tmp_path / "file"), raw_leaves=True, opts=profile)

    assert add_file(FolderStore(tmp_path / "store"), io.BytesIO(data)) == parse_cid(added["Hash"])


def test_export_car__from_the_node__moves_to_a_folder(node_store, tmp_path):
    root = add_file(node_store, io.BytesIO(data := fresh(3 << 20)))
    car = io.BytesIO()

    export_car(node_store, [root], car)

    car.seek(0)
    folder = FolderStore(tmp_path / "store")
    assert import_car(folder, car) == (root,)
    assert b"".join(read_file(folder, root)) == data


def test_get_block__missing__says_so_after_the_timeout(node_store):
    cid = cid_of(fresh())

    with pytest.raises(BlockMissing, match=rf"block {cid} is not in node /ip4/127.0.0.1/tcp/\d+ "):
        node_store.get_block(cid)

    assert not node_store.has(cid)


def test_pin__missing__says_so(node_store):
    with pytest.raises(BlockMissing, match="is not in node"):
        node_store.pin(cid_of(fresh()))


@pytest.fixture
def lie(node_store: KuboStore) -> Block:
    """Make the node hold bytes that are not those of the CID: js-ipfs imports without a check."""
    forged = Block(cid_of(fresh()), b"forged " + fresh())
    node_store.put_blocks([forged])
    return forged


def test_get_block__node_lies__is_refused_with_both_cids(node_store, lie):
    with pytest.raises(CidMismatch) as refused:
        node_store.get_block(lie.cid)

    assert (refused.value.expected, refused.value.actual) == (lie.cid, cid_of(lie.data))
    assert node_store.address in str(refused.value)


def test_read_file__one_block_of_the_node_is_forged__stops_before_it(node_store, tmp_path):
    data = fresh((2 << 20) + 9)
    honest = FolderStore(Path(tmp_path, "honest"))
    root = add_file(honest, io.BytesIO(data))
    leaves = [data[: 1 << 20], data[1 << 20 : 2 << 20], data[2 << 20 :]]
    forged = Block(cid_of(leaves[1]), b"forged")
    blocks = [make_block(leaves[0]), forged, make_block(leaves[2])]
    node_store.put_blocks([*blocks, make_block(honest.get_block(root), Codec.DAG_PB)])
    pieces = read_file(node_store, root)

    before = next(pieces) + next(pieces)

    assert before == leaves[0]
    with pytest.raises(CidMismatch, match=f"asked for {forged.cid}, got bytes of"):
        next(pieces)
    assert b"".join(read_file(FallbackStore([node_store, honest]), root)) == data
