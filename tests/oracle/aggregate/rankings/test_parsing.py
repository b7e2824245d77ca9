"""Answers become orders, or are refused by name."""

import pytest

from oracle.errors import CrowdFileRefused
from tests.oracle.aggregate.rankings.ranking_crowds import rankings_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("text", ['["c","a","b"]', "c>a>b", " c > a> b ", ' [ "c", "a", "b" ]'])
def test_parse__of_either_spelling__is_the_same_order(text):
    found = rankings_of(("i", "w", text))

    assert list(found.objects) == ["a", "b", "c"]
    assert found.places.tolist() == [2, 0, 1]
    assert found.names_of(0, found.places) == ["c", "a", "b"]


def test_parse__of_partial_orders__numbers_the_objects_of_each_item():
    found = rankings_of(("i", "w", "d>b"), ("j", "w", "a"), ("i", "v", "c>d"))

    assert found.object_starts.tolist() == [0, 3, 4]
    assert found.objects_of.tolist() == [1, 2, 3, 0]
    assert found.starts.tolist() == [0, 2, 4, 5]
    assert found.places.tolist() == [1, 2, 2, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "a>b>a",
        "a>>b",
        ">",
        "",
        "[]",
        '["a", 1]',
        '["a"',
        '["a", ["b"]]',
        "[" * 100_000,
        '["",""]',
        '["\\ud800"]',
    ],
)
def test_parse__of_what_is_no_order__names_it(text):
    with pytest.raises(CrowdFileRefused) as refusal:
        rankings_of(("i", "w", "a>b"), ("j", "v", text))

    assert str(refusal.value) == (
        f"table: answer {text[:200]!r} of worker 'v' to item 'j' is not an order of different "
        "objects: "
        'write ["best","next"] or best>next'
    )
