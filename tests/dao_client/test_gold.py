"""Gold as a requester promises it."""

import pytest
from hypothesis import given, strategies as st

from dao_client.documents import parse_gold
from dao_client.encoding import gold_tree
from dao_client.errors import MalformedDocument
from dao_client.gold import gold_root, promise_gold
from dao_client.types import Answer, ItemIndex
from ipfs_store import cid_of

pytestmark = pytest.mark.unit

answers = st.dictionaries(
    st.integers(0, 50).map(ItemIndex), st.sampled_from(("yes", "no")), min_size=1
)


@given(answers)
def test_promise_gold__any_answers__promise_what_the_document_holds(gold) -> None:
    promise, document = promise_gold(gold)

    rows = parse_gold(document)
    assert {row.item: row.answer for row in rows} == gold
    assert promise.document == cid_of(document)
    assert promise.count == len(gold)
    assert promise.root == gold_tree(Answer(r.item, r.answer, r.salt) for r in rows).root


def test_promise_gold__the_same_answers_twice__look_different() -> None:
    """Without the salts one could try both answers and see which one has the root."""
    one, other = (promise_gold({ItemIndex(0): "yes"})[0] for _ in range(2))

    assert one.root != other.root
    assert one.document != other.document


def test_promise_gold__any_order__is_one_promise() -> None:
    def fixed(length: int) -> bytes:
        return b"\x05" * length

    forwards = promise_gold({ItemIndex(0): "yes", ItemIndex(3): "no"}, fixed)

    assert promise_gold({ItemIndex(3): "no", ItemIndex(0): "yes"}, fixed) == forwards


@given(answers)
def test_gold_root__rows_in_any_order__is_the_same(gold) -> None:
    rows = parse_gold(promise_gold(gold)[1])

    assert gold_root(reversed(rows)) == gold_root(rows)


def test_promise_gold__nothing__is_refused() -> None:
    with pytest.raises(MalformedDocument):
        promise_gold({})
