"""What each kind of document links to."""

import pytest

from dao_client.documents import Kind
from dao_client.evidence import links
from ipfs_store import Block, Codec, cid_from_digest, cid_of
from tests.dao_client.documents import examples

pytestmark = pytest.mark.unit

WITHOUT_LINKS = {
    Kind.ANSWERS,
    Kind.GOLD,
    Kind.HISTORIES,
    Kind.LABELS,
    Kind.MISSING,
    Kind.PAYOUTS,
    Kind.REFUSALS,
    Kind.REPUTATION,
    Kind.STAKES,
}


@pytest.mark.parametrize("kind", examples.BLOCKS)
def test_links__an_example_of_each_kind__lists_its_cids(kind: Kind) -> None:
    block = examples.BLOCKS[kind]

    found = links(Block(cid_of(block), block))

    assert bool(found) == (kind not in WITHOUT_LINKS)
    named = {cid_from_digest(examples.SUBMISSION.sealed_digest)}  # by its digest
    assert all(cid.encode() in block for cid in set(found) - named)


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        (b"\x89PNG", Codec.RAW),
        (b'{"schema":"tessera/batch/1"}', Codec.RAW),
        (b"no tree", Codec.DAG_PB),
    ],
)
def test_links__no_document_and_no_file__has_none(data: bytes, codec: Codec) -> None:
    assert links(Block(cid_of(data, codec), data)) == ()
