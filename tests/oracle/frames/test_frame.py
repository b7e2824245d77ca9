"""A frame holds names in the order of their bytes and rows in the order of their codes."""

import pickle

import numpy as np
import pyarrow as pa
import pytest

from oracle.errors import CrowdFileRefused
from oracle.frames import Names, frame_of

from .content import content

pytestmark = pytest.mark.unit

NFC, NFD = "\u00e9", "e\u0301"


def test_frame_of__rows_in_any_order__are_sorted_by_item_worker_answer():
    frame = frame_of(["b", "a", "b", "b"], ["w", "w", "v", "w"], ["2", "1", "1", "1"])

    assert content(frame)["rows"] == [(0, 1, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)]
    assert frame.item_of.dtype == frame.worker_of.dtype == frame.answer_of.dtype == np.int32


def test_frame_of__one_worker_twice_on_an_item__keeps_and_counts_both():
    frame = frame_of(["a", "a", "a", "b"], ["w", "w", "w", "w"], ["1", "2", "1", "1"])

    assert (len(frame), frame.repeated) == (4, 2)


def test_frame_of__busy_item__is_sorted_too():
    workers = [f"{299 * row % 307:03}" for row in range(307)]

    frame = frame_of(["a"] * 307, workers, workers[::-1])

    assert frame.worker_of.tolist() == list(range(307))
    assert [frame.answers[frame.answer_of[0]]] == [workers[::-1][workers.index("000")]]


def test_frame_of__extras__follow_their_rows_and_break_ties():
    frame = frame_of("baa", "www", "111", {"left": ["x", "z", "y"]})

    assert content(frame)["extras"] == {"left": (["x", "y", "z"], [1, 2, 0])}


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        (((), (), ()), "table has no rows below its heading"),
        ((("a",), ("w", "v"), ("1",)), "table: the columns differ in length"),
    ],
)
def test_frame_of__no_crowd__is_refused(columns, reason):
    with pytest.raises(CrowdFileRefused, match=reason):
        frame_of(*columns)


def test_names_of__adversarial__stay_distinct_and_sorted_by_bytes():
    odd = [NFC, NFD, " ", "", "a ", "a", "a\0", "a\0b", "NaN", "\U0001f600", "\uffff", "x" * 10**6]

    names = Names.of(odd)

    assert list(names) == sorted(odd, key=str.encode)
    assert [names.index_of(name) for name in names] == list(range(len(odd)))


def test_index_of__unknown_name__is_none():
    names = Names.of(["b", "d"])

    assert [names.index_of(name) for name in ("a", "c", "e")] == [None, None, None]
    assert "c" not in names
    assert 3 not in names


def test_places_of__known_and_unknown__tells_them_apart():
    places = Names.of(["b", "d"]).places_of(pa.array(["d", "c", "b"], pa.large_string()))

    assert places.tolist() == [1, -1, 0]


def test_names__sliced_and_shown__are_plain_strings():
    names = Names.of("dcba")

    assert names[1:3] == ["b", "c"]
    assert repr(names) == "Names(['a', 'b', 'c'], … 4)"
    assert repr(names[:1]) == "['a']"


def test_frame__pickled__is_the_same():
    frame = frame_of("ab", "vw", "12", {"left": "xy"})

    again = pickle.loads(pickle.dumps(frame))

    assert content(again) == content(frame)
    assert again.items == frame.items
    assert again.items != frame.workers
