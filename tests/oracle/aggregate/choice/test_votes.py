"""Majority, stake-weighted votes and the rule for ties, on cases worked out by hand."""

import pytest
from eth_utils.crypto import keccak

from oracle.aggregate import UNIT
from tests.oracle.crowds import SEED, answers_of, run

pytestmark = pytest.mark.unit

MAJORITY = "majority"
STAKE_WEIGHTED = "stake_weighted"


def lot(item: int, label: int) -> bytes:
    return keccak(SEED + item.to_bytes(32, "big") + label.to_bytes(32, "big"))


def test_majority__two_against_one__takes_the_two():
    answers = answers_of([(0, 0, 1), (0, 1, 1), (0, 2, 0)], 1, 2, [UNIT] * 3)

    result = run(MAJORITY, answers)

    assert result.labels.tolist() == [1]
    assert result.confidence_bps.tolist() == [6_666]


def test_majority__item_without_answers__has_no_label():
    answers = answers_of([(1, 0, 1)], 3, 2, [UNIT])

    result = run(MAJORITY, answers)

    assert result.labels.tolist() == [-1, 1, -1]
    assert result.confidence_bps.tolist() == [0, 10_000, 0]


def test_majority__no_answers_at_all__has_no_labels():
    assert run(MAJORITY, answers_of([], 2, 2, [])).labels.tolist() == [-1, -1]


@pytest.mark.parametrize("method", [MAJORITY, STAKE_WEIGHTED])
def test_methods__exact_tie__take_the_smallest_hash(method):
    rows = [(item, worker, worker) for item in range(20) for worker in range(3)]
    answers = answers_of(rows, 20, 3, [UNIT] * 3)

    result = run(method, answers)

    expected = [min(range(3), key=lambda label: lot(item, label)) for item in range(20)]
    assert result.labels.tolist() == expected
    assert len(set(expected)) == 3, "the tie rule favours no label"


def test_stake_weighted__one_heavy_against_one_light__takes_the_heavy():
    answers = answers_of([(0, 0, 0), (0, 1, 1)], 1, 2, [UNIT, 2 * UNIT])

    result = run(STAKE_WEIGHTED, answers)

    assert result.labels.tolist() == [1]
    assert result.confidence_bps.tolist() == [6_666]


def test_stake_weighted__three_light_against_one_heavy__takes_the_three():
    rows = [(0, 0, 0), (0, 1, 0), (0, 2, 0), (0, 3, 1)]
    answers = answers_of(rows, 1, 2, [UNIT, UNIT, UNIT, 2 * UNIT])

    assert run(STAKE_WEIGHTED, answers).labels.tolist() == [0]
