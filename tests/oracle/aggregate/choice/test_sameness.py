"""GLAD and MACE: one result for every order, thread and interpreter, and one that is defined."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from oracle.aggregate import METHODS, UNIT
from oracle.aggregate.choice import Aggregate, Answers, LocalCrowd
from tests.oracle.crowds import answers_of, run, synthetic_crowd

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[4]
BOTH = pytest.mark.parametrize("name", ["glad", "mace"])
GOLDEN = {
    "glad": "48a32679e343b68a50fe8ce2591e5f59431dce7bb17a1f0a87ae186f290c2446",
    "mace": "a0eaebac3a551da145984b32bc14b0357147f34669f23f5170057a27c0f27774",
}


def digest(result: Aggregate) -> str:
    arrays = (result.labels, result.confidence_bps, result.skill_bps)
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def golden(name: str) -> str:
    return digest(run(name, synthetic_crowd(40, 4, 3, [0.8] * 5 + [0.2] * 5).answers))


def same(left: Aggregate, right: Aggregate) -> bool:
    return digest(left) == digest(right) and left.iterations == right.iterations


@BOTH
def test_methods__golden_crowd__gives_the_golden_digest(name):
    assert golden(name) == GOLDEN[name]


@BOTH
def test_methods__without_the_compiler__give_the_golden_digest(name):
    told = subprocess.run(
        [sys.executable, "-c", f"from {__name__} import golden; print(golden({name!r}))"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == GOLDEN[name]


answers_in_rows = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 5), st.integers(0, 3)), max_size=40
)


@BOTH
@settings(max_examples=40, deadline=None)
@given(answers_in_rows, st.integers(2, 7), st.randoms())
def test_methods__shuffled_answers_in_shards__give_the_same(name, rows, threads, chance):
    old = answers_of(rows, 9, 4, [UNIT] * 6)
    order = list(range(len(rows)))
    chance.shuffle(order)
    items = np.repeat(np.arange(9), np.diff(old.starts))
    order.sort(key=lambda place: items[place])
    new = Answers(
        **{**vars(old), "workers": old.workers[order], "labels": old.labels[order]},
    )

    shards = METHODS[name].aggregate(LocalCrowd(new, threads), METHODS[name].parameters)

    assert same(run(name, old), shards)


@BOTH
@settings(max_examples=40, deadline=None)
@given(answers_in_rows, st.permutations(range(6)), st.permutations(range(4)))
def test_methods__workers_and_labels_renamed__keep_labels_but_for_ties(name, rows, worker, label):
    plain = run(name, answers_of(rows, 9, 4, [UNIT] * 6))
    renamed = [(i, worker[w], label[given]) for i, w, given in rows]

    result = run(name, answers_of(renamed, 9, 4, [UNIT] * 6))

    assert result.confidence_bps.tolist() == plain.confidence_bps.tolist()
    assert result.skill_bps[worker].tolist() == plain.skill_bps.tolist()
    for item in range(9):
        total = plain.scores_of(item).total
        if plain.labels[item] >= 0 and np.count_nonzero(total == total.max()) == 1:
            assert result.labels[item] == label[plain.labels[item]]


@BOTH
@settings(max_examples=40, deadline=None)
@given(answers_in_rows)
def test_scores_of__any_answers__say_why_the_label_won(name, rows):
    answers = answers_of(rows, 9, 4, [UNIT] * 6)

    result = run(name, answers)

    answered = {item for item, _, _ in rows}
    for item in range(9):
        total = result.scores_of(item).total
        if item in answered:
            assert total[result.labels[item]] == total.max()
        else:
            assert (result.labels[item], result.confidence_bps[item]) == (-1, 0)


@BOTH
@pytest.mark.parametrize(
    ("rows", "items", "labels", "workers", "expected"),
    [
        ([(0, 0, 2)], 1, 3, 1, [2]),
        ([(0, 0, 0), (1, 0, 1), (2, 0, 1)], 3, 2, 1, [0, 1, 1]),
        ([(0, 0, 0), (0, 1, 0), (0, 2, 1)], 1, 2, 3, [0]),
        ([(0, 0, 0), (1, 1, 0)], 2, 1, 2, [0, 0]),
        ([(0, 0, 1), (1, 1, 0), (2, 2, 2)], 3, 3, 3, [1, 0, 2]),
        ([(1, 0, 1), (1, 1, 1)], 3, 2, 2, [-1, 1, -1]),
        ([(0, 0, 1), (0, 0, 1), (0, 0, 0)], 1, 2, 1, [1]),
        ([], 2, 3, 0, [-1, -1]),
        ([], 0, 0, 0, []),
    ],
)
def test_methods__hardly_a_crowd__are_defined(name, rows, items, labels, workers, expected):
    result = run(name, answers_of(rows, items, labels, [UNIT] * workers))

    assert result.labels.tolist() == expected
    assert all(0 <= sure <= 10_000 for sure in result.confidence_bps.tolist())
    assert all(0 <= skill <= 10_000 for skill in result.skill_bps.tolist())
