"""The order of rows, the names of workers and the compiler leave no trace in the result."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from oracle.aggregate.numbers import parse

from .tables import METHODS, frame_from, outcome_of, run

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[4]
NAMES = sorted(METHODS)
GOLDEN = {
    "mean": "d998dfc973a768f34a940221d78a9063b43f85e52354da4601793813d5fe7b57",
    "median": "f82ebe3743c40ffa70ff1ca331988ffb2bc992a0509fcd7254f4f736efb37c54",
    "robust_consensus": "e5d35bacf7fd09ece2468cecd1ba8764224ea51a146040da693b80bd904b2589",
}
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("uvwxy"),
        st.one_of(
            st.integers(-50, 50).map(str),
            st.decimals(-(10**15), 10**15, allow_nan=False, places=2).map(str),
        ),
    ),
    min_size=1,
    max_size=25,
)


def bytes_of(name: str, rows: list[tuple[str, str, str]]) -> tuple[list[str], bytes, bytes]:
    answers, confidence, skill = outcome_of(name, frame_from(rows))
    return answers, confidence.tobytes(), skill.tobytes()


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=40)
@given(rows=ROWS, chance=st.randoms(use_true_random=False))
def test_outcome__of_shuffled_rows__is_the_same(name, rows, chance):
    shuffled = chance.sample(rows, len(rows))

    assert bytes_of(name, rows) == bytes_of(name, shuffled)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=40)
@given(rows=ROWS)
def test_outcome__of_renamed_workers__is_the_same(name, rows):
    names = dict(zip("uvwxy", "yxwvu", strict=True))
    renamed = [(item, names[worker], answer) for item, worker, answer in rows]

    answers, confidence, skill = outcome_of(name, frame_from(rows))
    others, other_confidence, other_skill = outcome_of(name, frame_from(renamed))
    assert answers == others
    assert confidence.tolist() == other_confidence.tolist()
    assert skill.tolist() == other_skill.tolist()[::-1]


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=40)
@given(rows=ROWS)
def test_estimates__of_any_rows__stay_within_the_answers(name, rows):
    answers = parse(frame_from(rows))

    result = run(name, answers)

    for item in range(answers.item_count):
        said = answers.values[answers.starts[item] : answers.starts[item + 1]] * 1000
        assert said.min() <= result.values[item] <= said.max()
        assert 0 <= result.confidence_bps[item] <= 10_000


def digest_of(name: str) -> str:
    """Hash a result over a crowd of integers that no library drew."""
    rows = [
        (f"i{item:02}", f"w{worker}", str((item * item * 37 + worker * (item % 7) * 11) % 101))
        for item in range(40)
        for worker in range(item % 3, 7)
    ]
    answers, confidence, skill = bytes_of(name, [*rows, ("i00", "w6", "1e6")])
    return hashlib.sha256("\n".join(answers).encode() + confidence + skill).hexdigest()


@pytest.mark.parametrize("name", NAMES)
def test_outcome__of_the_golden_crowd__is_the_committed_one(name):
    assert digest_of(name) == GOLDEN[name]


def test_outcome__without_compiler__is_the_committed_one():
    code = (
        "from tests.oracle.aggregate.numbers.test_same_bytes import NAMES, digest_of\n"
        "print(*map(digest_of, NAMES))"
    )

    run_plain = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", code],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert run_plain.stdout.split() == [GOLDEN[name] for name in NAMES]
