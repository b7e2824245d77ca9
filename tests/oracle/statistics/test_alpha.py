"""Krippendorff's alpha against his own worked examples and against the definition."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from oracle.aggregate import UNIT
from oracle.aggregate.choice import LocalCrowd
from oracle.statistics import interval_alpha, nominal_alpha
from tests.oracle.crowds import answers_of

pytestmark = pytest.mark.unit

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: 4 by 12.
OBSERVED = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def example() -> list[tuple[int, int, int]]:
    return [
        (item, worker, int(value) - 1)
        for worker, line in enumerate(OBSERVED)
        for item, value in enumerate(line.split())
        if value != "."
    ]


def alpha_of(rows, items, labels, workers, threads=1):
    return nominal_alpha(LocalCrowd(answers_of(rows, items, labels, [UNIT] * workers), threads))


def by_definition(rows) -> Fraction | None:
    units: dict[int, list[int]] = {}
    for item, _, label in rows:
        units.setdefault(item, []).append(label)
    units = {item: labels for item, labels in units.items() if len(labels) > 1}
    everything = [label for labels in units.values() for label in labels]
    expected = sum(a != b for a, b in permutations(everything, 2))
    if not expected:
        return None
    observed = sum(
        Fraction(sum(a != b for a, b in permutations(labels, 2)), len(labels) - 1)
        for labels in units.values()
    )
    return 1 - observed * (len(everything) - 1) / expected


def test_nominal_alpha__krippendorffs_example__is_743():
    assert round(float(alpha_of(example(), 12, 5, 4)), 3) == 0.743


def test_interval_alpha__krippendorffs_example__is_849():
    rows = sorted(example())
    starts = np.searchsorted([item for item, _, _ in rows], np.arange(13))

    alpha = interval_alpha(starts, [label for _, _, label in rows])

    assert round(float(alpha), 3) == 0.849


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), st.integers(0, 2)),
        max_size=30,
        unique_by=lambda row: row[:2],
    )
)
def test_nominal_alpha__any_crowd__is_the_definition(rows):
    assert alpha_of(rows, 6, 3, 5) == alpha_of(rows, 6, 3, 5, threads=3) == by_definition(rows)


@pytest.mark.parametrize("rows", [[], [(0, 0, 1)], [(0, 0, 1), (0, 1, 1)]])
def test_nominal_alpha__no_disagreement_possible__is_nothing(rows):
    assert alpha_of(rows, 1, 2, 2) is None


def test_interval_alpha__one_answer_each__is_nothing():
    assert interval_alpha(np.array([0, 1, 2]), [3, 9]) is None
