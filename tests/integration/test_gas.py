"""Gas of every step on both real nodes, to the unit, beside the limits of the anchors.

After a wanted change: `python -m benchmarks.gas --write`, and read what `git diff` shows.
"""

import json

import pytest

from benchmarks.gas import SNAPSHOT, THEIRS, flatness, limits, measure, over_limit
from benchmarks.gas.script import write_script

pytestmark = pytest.mark.integration

COMMITTED = json.loads(SNAPSHOT.read_text("utf-8"))
OVER_ON_GANACHE = {
    # Compiled for shanghai: no transient storage for the lock, no memory copy in one instruction.
    "create_task": 844,
    "create_task_exact_approval": 1_030,
    "claim": 75,
    "propose": 756,
}


@pytest.fixture(scope="module")
def script():
    return write_script()


@pytest.mark.parametrize("chain", ["anvil", "ganache"])
def test_gas__of_every_step__is_as_committed(chain, script, tmp_path) -> None:
    measured = measure(chain, tmp_path, script)

    assert chain in measured
    assert measured == {name: COMMITTED[name] for name in measured}


def test_gas__on_anvil__stays_below_every_limit() -> None:
    gas = COMMITTED["anvil"]

    assert len(limits(gas)) >= 19
    assert over_limit(gas) == {}


def test_gas__of_every_step_of_a_proposal__is_at_most_openzeppelins_of_the_same_run() -> None:
    ours, theirs = COMMITTED["anvil"], COMMITTED[THEIRS]

    dearer = {step: ours[step] - gas for step, gas in theirs.items() if ours[step] > gas}

    assert set(theirs) >= {"propose", "cast_vote", "cast_vote_by_sig", "queue", "execute"}
    assert dearer == {}


def test_gas__on_ganache__exceeds_only_what_is_known() -> None:
    assert over_limit(COMMITTED["ganache"]) == OVER_ON_GANACHE


@pytest.mark.parametrize("chain", ["anvil", "ganache"])
@pytest.mark.parametrize("step", ["anchor_submissions", "post_verdict", "finalise"])
def test_gas__hundred_to_hundred_thousand_answers__differs_by_less_than_a_percent(
    chain, step
) -> None:
    assert flatness(COMMITTED[chain], step) < 0.01
