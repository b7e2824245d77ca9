"""Edit distance against its definition."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.text.distance import edit_distance, spelling_costs, total_distances
from oracle.aggregate.text.parsing import parse
from tests.oracle.aggregate.text.crowds import answered

pytestmark = pytest.mark.unit

SEQUENCES = st.lists(st.integers(0, 3), max_size=8)


def defined_distance(left: list[int], right: list[int]) -> int:
    @cache
    def apart(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        replaced = apart(i - 1, j - 1) + (left[i - 1] != right[j - 1])
        return min(replaced, apart(i - 1, j) + 1, apart(i, j - 1) + 1)

    return apart(len(left), len(right))


@given(SEQUENCES, SEQUENCES)
def test_edit_distance__of_any_two__is_as_defined(left, right):
    distance = edit_distance(np.array(left, dtype=np.int32), np.array(right, dtype=np.int32))

    assert distance == defined_distance(left, right)


def test_total_distances__of_three_answers__are_sums():
    texts = parse(answered("a b c", "a b", "a x c")).texts
    rows = [["a b", "a b c", "a x c"].index(text) for text in ("a b", "a b c", "a x c")]

    totals = [int(total_distances(texts, 0)[row]) for row in rows]

    assert sorted(totals) == [2, 3, 3]


def test_spelling_costs__of_words__grow_with_different_letters():
    parsed = parse(answered("great greet grief"))
    known = np.arange(3, dtype=np.int32)

    costs = spelling_costs(parsed.texts, known, 300)

    assert costs.tolist() == [[0, 440, 720], [440, 0, 580], [720, 580, 0]]


def test_spelling_costs__too_many_words__are_not_compared():
    parsed = parse(answered(" ".join(f"w{place}" for place in range(1025))))

    assert spelling_costs(parsed.texts, np.arange(1025, dtype=np.int32), 300).size == 0
