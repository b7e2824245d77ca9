"""Synthetic crowds, and the likelihood that judges both programs."""

from math import log

import numpy as np
import pytest

from benchmarks.likelihood import log_likelihood
from benchmarks.synthetic import Crowd, make_crowd

pytestmark = pytest.mark.unit


def test_make_crowd__same_seed__gives_the_same_rows() -> None:
    first, second, other = (make_crowd(50, 4, 9, 3, seed) for seed in (1, 1, 2))

    assert (first.labels == second.labels).all()
    assert (first.labels != other.labels).any()


def test_make_crowd__few_workers__nobody_answers_an_item_twice() -> None:
    crowd = make_crowd(500, 5, 6, 3, 1)

    rows = crowd.workers.reshape(500, 5)

    assert all(len(set(row)) == 5 for row in rows.tolist())
    assert set(crowd.workers.tolist()) == set(range(6))


def test_make_crowd__answers__are_right_as_often_as_skills_say() -> None:
    crowd = make_crowd(20_000, 5, 200, 4, 1)

    right = (crowd.labels == crowd.truths[crowd.items]).mean()

    assert right == pytest.approx((0.4 + 0.95) / 2, abs=0.03)


def test_log_likelihood__two_items_believed_for_sure__is_that_of_frequencies() -> None:
    """Worker 0 is right on both items, worker 1 on the first alone."""
    row = np.array([0, 1, 0, 1], dtype=np.int32)
    labels = np.array([0, 0, 1, 0], dtype=np.int32)
    crowd = Crowd(2, 2, 2, row, labels, np.array([0, 1], dtype=np.int32))

    found = log_likelihood(crowd, np.eye(2))

    assert found == pytest.approx(2 * log(1 / 2), abs=1e-6)


def test_log_likelihood__equal_beliefs__sums_the_truth_out() -> None:
    crowd = make_crowd(30, 3, 5, 2, 1)

    found = log_likelihood(crowd, np.full((30, 2), 0.5))

    shares = [(crowd.labels[crowd.workers == worker] == 0).mean() for worker in range(5)]
    each = [
        log(share if label == 0 else 1 - share)
        for share, label in zip(np.array(shares)[crowd.workers], crowd.labels, strict=True)
    ]
    assert found == pytest.approx(sum(each))
