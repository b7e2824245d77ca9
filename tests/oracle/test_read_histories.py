"""Reading the histories of all workers from final verdicts."""

from dataclasses import replace

import pytest

from dao_client.chain import Block
from dao_client.contracts.events import VerdictPosted
from dao_client.documents import (
    History,
    Outcome,
    VerdictDocument,
    build_reputation,
    build_verdict,
)
from dao_client.types import BlockNumber, Digest, TaskId, Timestamp, Wei
from ipfs_store import BlockMissing, FolderStore, cid_from_digest, cid_of, digest_of_cid
from oracle.aggregate import TASK_METHODS, UNIT
from oracle.chain import FinalVerdict
from oracle.errors import EvidenceDamaged, EvidenceMissing
from oracle.history import EPOCH_SECONDS, Histories, read_histories
from tests.oracle.fake_chain import PLACE
from tests.oracle.test_history import ANNA, BORIS, HALF, row
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit

SNAPSHOT = cid_of(b"snapshot")


def final_verdict(store, task_id: int, rows, week: int, said=None) -> FinalVerdict:
    """Store a verdict document; `said` is what it says instead of the truth."""
    document = VerdictDocument(
        task_id=TaskId(task_id),
        snapshot=SNAPSHOT,
        method=TASK_METHODS["majority"].method,
        labels=(),
        payouts=(),
        slashes=(),
        refusals=(),
        reputation=tuple(map(store.put_block, build_reputation(rows))),
        outcome=Outcome(health=UNIT, audited=1, errors=0, is_delivered=True),
    )
    cid = store.put_block(build_verdict(replace(document, **said or {})))
    snapshot, zero = Digest(digest_of_cid(SNAPSHOT)), Digest(bytes(32))
    posted = VerdictPosted(
        PLACE, TaskId(task_id), snapshot, zero, zero, zero, Wei(0), zero,
        Digest(digest_of_cid(cid)),
    )  # fmt: skip
    return FinalVerdict(posted, Timestamp(week * EPOCH_SECONDS + 5))


def block_in(week: int) -> Block:
    return Block(
        BlockNumber(50), Digest(bytes(32)), Timestamp((week + 1) * EPOCH_SECONDS - 1), Wei(0)
    )


def test_read_histories__two_final_tasks__folds_them_and_names_their_documents(tmp_path) -> None:
    chain, store = settled_world(tmp_path)
    chain.ended = [
        final_verdict(store, 3, [row(ANNA, 8, 4 * HALF)], week=10),
        final_verdict(store, 2, [row(ANNA, 4, 2 * HALF), row(BORIS, 1, HALF)], week=11),
    ]

    found = read_histories(chain, store, block_in(11))

    assert found == Histories(
        of_worker={ANNA: History(4 * HALF, 8 * HALF), BORIS: History(HALF, HALF)},
        epoch=11,
        sources=tuple(map(_document, chain.ended)),
    )


def test_read_histories__nothing_final__knows_nobody(tmp_path) -> None:
    chain, store = settled_world(tmp_path)

    assert read_histories(chain, store, block_in(11)) == Histories({}, 11, ())


def test_read_histories__a_document_in_no_store__is_named(tmp_path) -> None:
    chain, store = settled_world(tmp_path / "own")
    ended = final_verdict(FolderStore(tmp_path / "other"), 3, [row(ANNA, 1, HALF)], week=10)
    chain.ended = [ended]

    with pytest.raises(EvidenceMissing, match="verdict document of task 3") as refused:
        read_histories(chain, store, block_in(11))

    assert refused.value.cid == _document(ended)
    assert isinstance(refused.value.__cause__, BlockMissing)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"task_id": TaskId(4)}, "it says task 4 and snapshot"),
        ({"snapshot": cid_of(b"another")}, "operators signed task 3 and snapshot"),
        ({"reputation": (SNAPSHOT,)}, "is damaged"),
    ],
)
def test_read_histories__a_document_that_was_not_signed_for__is_damaged(
    tmp_path, said, text
) -> None:
    chain, store = settled_world(tmp_path)
    store.put_block(b"snapshot")
    chain.ended = [final_verdict(store, 3, [row(ANNA, 1, HALF)], week=10, said=said)]

    with pytest.raises(EvidenceDamaged, match=text):
        read_histories(chain, store, block_in(11))


def _document(verdict: FinalVerdict) -> str:
    return cid_from_digest(verdict.posted.document)
