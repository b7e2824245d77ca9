"""delay_worker: while a verdict can still be disputed, stake that it may slash does not leave."""

from collections.abc import Callable
from dataclasses import replace

import boa
import pytest

from dao_client.merkle import StandardMerkleTree
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import payouts
from tests.contracts.verdict_oracle.slashing import delay_leaf, slash_leaf
from tests.contracts.verdict_oracle.verdicts import (
    CHALLENGE,
    DOCUMENT,
    EVIDENCE,
    GRACE,
    RULING,
    Verdict,
    rule,
    sign_all,
)
from tests.system import DAY, ParameterValues

pytestmark = pytest.mark.chain

STAKED = 1_000
UNBONDING = ParameterValues().unbonding_seconds


@pytest.fixture
def tree(task: int, honest_worker: str, lazy_worker: str) -> StandardMerkleTree:
    return payouts(task, [(lazy_worker, 2 * STAKED), (honest_worker, 10)])


@pytest.fixture
def verdict(task: int, tree: StandardMerkleTree) -> Verdict:
    return Verdict(task, slashes_root=tree.root)


@pytest.fixture
def leaving(posted, payment_token, staking, genesis_holder, lazy_worker) -> Verdict:
    """The posted verdict; the lazy worker has just unstaked everything."""
    payment_token.transfer(lazy_worker, STAKED, sender=genesis_holder)
    payment_token.approve(staking, STAKED, sender=lazy_worker)
    staking.deposit(payment_token, STAKED, sender=lazy_worker)
    staking.unstake(payment_token, STAKED, sender=lazy_worker)
    return posted


@pytest.fixture
def disputed(oracle, leaving, challenger) -> Verdict:
    """The verdict, disputed by a friend of the lazy worker as late as possible."""
    boa.env.time_travel(seconds=CHALLENGE - 1)
    oracle.open_dispute(leaving.task_id, EVIDENCE, sender=challenger)
    return leaving


@pytest.fixture
def facts(oracle, staking, payment_token, lazy_worker, task) -> Callable[[], object]:
    """Everything that a refused call could have changed."""
    return lambda: (
        staking.stake_of(payment_token, lazy_worker),
        staking.unbonding_of(payment_token, lazy_worker),
        staking.totals_of(payment_token),
        oracle.verdict_of(task),
        oracle.is_worker_slashed(task, 0),
    )


def test_delay_worker__nobody_delays__the_stake_leaves_during_the_dispute(
    oracle, disputed, tree, staking, payment_token, lazy_worker, stranger
):
    boa.env.time_travel(seconds=UNBONDING)
    staking.withdraw(payment_token, sender=lazy_worker)
    boa.env.time_travel(seconds=RULING)
    oracle.finalise(disputed.as_tuple(), sender=stranger)

    assert slash_leaf(oracle, disputed, tree, 0, sender=stranger) == 0
    assert payment_token.balanceOf(lazy_worker) == STAKED


def test_delay_worker__repeated_through_the_longest_dispute__the_slash_takes_everything(
    oracle, disputed, tree, staking, payment_token, lazy_worker, stranger, facts
):
    for _ in range(0, RULING, UNBONDING - DAY):
        delay_leaf(oracle, disputed, tree, 0, sender=stranger)
        boa.env.time_travel(seconds=UNBONDING - DAY)
        with refused("staking: still unbonding", facts):
            staking.withdraw(payment_token, sender=lazy_worker)
    oracle.finalise(disputed.as_tuple(), sender=stranger)

    assert slash_leaf(oracle, disputed, tree, 0, sender=stranger) == STAKED
    assert staking.unbonding_of(payment_token, lazy_worker).amount == 0
    assert payment_token.balanceOf(lazy_worker) == 0


def test_delay_worker__in_the_challenge_window__restarts_the_clock_and_marks_nothing(
    oracle, leaving, tree, staking, payment_token, lazy_worker, stranger
):
    boa.env.time_travel(seconds=60)

    delay_leaf(oracle, leaving, tree, 0, sender=stranger)

    ends_at = boa.env.timestamp + UNBONDING
    assert staking.unbonding_of(payment_token, lazy_worker) == (STAKED, ends_at)
    assert not oracle.is_worker_slashed(leaving.task_id, 0)


def test_delay_worker__verdict_struck_down__stake_leaves_an_unbonding_time_later(
    oracle, disputed, tree, staking, payment_token, lazy_worker, arbitrator, stranger, facts
):
    delay_leaf(oracle, disputed, tree, 0, sender=stranger)
    rule(oracle, disputed, True, sender=arbitrator)

    with refused("verdict: not the live verdict", facts):
        delay_leaf(oracle, disputed, tree, 0, sender=stranger)
    boa.env.time_travel(seconds=UNBONDING)
    staking.withdraw(payment_token, sender=lazy_worker)

    assert payment_token.balanceOf(lazy_worker) == STAKED


def test_delay_worker__next_verdict_after_a_struck_one__still_meets_the_stake(
    oracle, disputed, operators, tree, lazy_worker, arbitrator, stranger
):
    delay_leaf(oracle, disputed, tree, 0, sender=stranger)
    rule(oracle, disputed, True, sender=arbitrator)
    boa.env.time_travel(seconds=GRACE - 1)
    better = replace(disputed, input_digest=DOCUMENT)
    oracle.post_verdict(better.as_tuple(), DOCUMENT, sign_all(better, oracle, operators))

    boa.env.time_travel(seconds=CHALLENGE)
    oracle.finalise(better.as_tuple(), sender=stranger)

    assert slash_leaf(oracle, better, tree, 0, sender=stranger) == STAKED


def test_delay_worker__final_verdict__is_refused(oracle, leaving, tree, stranger, facts):
    boa.env.time_travel(seconds=CHALLENGE)
    oracle.finalise(leaving.as_tuple(), sender=stranger)

    with refused("verdict: already final", facts):
        delay_leaf(oracle, leaving, tree, 0, sender=stranger)


def test_delay_worker__verdict_that_could_be_final__only_until_anybody_finalises(
    oracle, leaving, tree, stranger, facts
):
    boa.env.time_travel(seconds=CHALLENGE)
    delay_leaf(oracle, leaving, tree, 0, sender=stranger)

    oracle.finalise(leaving.as_tuple(), sender=stranger)

    with refused("verdict: already final", facts):
        delay_leaf(oracle, leaving, tree, 0, sender=stranger)


def test_delay_worker__verdict_signed_but_not_posted__is_refused(
    oracle, closed_task, verdict, tree, stranger, facts
):
    with refused("verdict: not the live verdict", facts):
        delay_leaf(oracle, verdict, tree, 0, sender=stranger)


def test_delay_worker__tree_of_a_stranger__is_refused(
    oracle, leaving, task, lazy_worker, stranger, facts
):
    tree = payouts(task, [(lazy_worker, 1)])

    with refused("verdict: not the live verdict", facts):
        delay_leaf(oracle, replace(leaving, slashes_root=tree.root), tree, 0, sender=stranger)
    with refused("merkle: invalid proof", facts):
        delay_leaf(oracle, leaving, tree, 0, sender=stranger)


@pytest.mark.parametrize("place", [1, 2, 3], ids=["index", "worker", "wei"])
def test_delay_worker__leaf_changed__is_refused(oracle, leaving, tree, stranger, facts, place):
    leaf = list(tree.rows[0])
    leaf[place] = stranger if place == 2 else leaf[place] + 5

    with refused("merkle: invalid proof", facts):
        oracle.delay_worker(leaving.as_tuple(), *leaf[1:], list(tree.proof(0)), sender=stranger)


def test_delay_worker__worker_without_anything_unbonding__is_refused(
    oracle, leaving, tree, stranger, facts
):
    with refused("staking: nothing to delay", facts):
        delay_leaf(oracle, leaving, tree, 1, sender=stranger)
