"""The same bytes for any order of rows, any names of workers, compiled or not."""

import hashlib
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings, strategies as st

from oracle.aggregate.text import TEXT_METHODS
from tests.oracle.aggregate.text.crowds import CROWDS, METHODS, frame_from, plain, run, texts_of

pytestmark = pytest.mark.unit

ROWS = [
    (f"item {n}", f"worker {w}", " ".join(f"W{(n + p * (w % 3 + 1)) % 9}," for p in range(n % 6)))
    for n in range(9)
    for w in range(5)
]
ROWS = [(item, worker, text or "?") for item, worker, text in ROWS]

GOLDEN = "3da797c302aea23f2e48619041fd1be8624776cf634629a51351f552c48d0c24"

PROGRAM = "from tests.oracle.aggregate.text.test_sameness import digest; print(digest())"


def digest() -> str:
    """Hash what each method makes of `ROWS`."""
    frame = frame_from(ROWS)
    made = [plain(run(method.name, frame)) for method in TEXT_METHODS]
    return hashlib.sha256(repr(made).encode()).hexdigest()


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=40)
@given(rows=CROWDS, order=st.randoms(use_true_random=False))
def test_methods__rows_in_another_order__give_the_same_bytes(name, rows, order):
    shuffled = rows.copy()
    order.shuffle(shuffled)

    assert plain(run(name, frame_from(shuffled))) == plain(run(name, frame_from(rows)))


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=40)
@given(rows=CROWDS)
def test_methods__workers_renamed__give_the_same_texts(name, rows):
    renamed = [(item, chr(ord("z") - ord(worker)) + "!", text) for item, worker, text in rows]

    first, second = run(name, frame_from(rows)), run(name, frame_from(renamed))

    assert texts_of(first) == texts_of(second)
    assert first.confidence_bps.tolist() == second.confidence_bps.tolist()
    assert sorted(first.skill_bps.tolist()) == sorted(second.skill_bps.tolist())


@pytest.mark.parametrize("name", METHODS)
@given(rows=CROWDS)
def test_methods__any_crowd__stay_within_bounds(name, rows):
    frame = frame_from(rows)

    outcome = run(name, frame)

    assert len(texts_of(outcome)) == len(frame.items)
    assert all(texts_of(outcome))
    assert all(0 <= bps <= 10_000 for bps in outcome.confidence_bps.tolist())
    assert all(0 <= bps <= 10_000 for bps in outcome.skill_bps.tolist())


def test_methods__a_fixed_crowd__give_the_golden_digest():
    assert digest() == GOLDEN


def test_methods__without_compiler__give_the_same_bytes():
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}

    printed = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    )

    assert printed.stdout.strip() == digest()
