"""delegate: all votes of one account go to another, and nothing else does."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE
from tests.contracts.staking.voting import YEAR

pytestmark = pytest.mark.chain

QUARTER = STAKE // 4
ZERO = "0x" + "00" * 20


@pytest.fixture
def delegated(staking, voting, staker, other_staker):
    """TES, whose staker delegated to `other_staker`."""
    staking.delegate(other_staker, sender=staker)
    return voting


def changed(delegate, previous, new):
    fields = {"delegate": delegate, "previousVotes": previous, "newVotes": new}
    return "DelegateVotesChanged", fields


def test_delegates__nobody_chosen__is_oneself(staking, staker, stranger):
    assert staking.delegates(staker) == staker
    assert staking.delegates(stranger) == stranger


def test_delegate__to_another__moves_all_votes(staking, delegated, staker, other_staker):
    fields = {"delegator": staker, "fromDelegate": staker, "toDelegate": other_staker}

    assert last_events(staking) == [
        ("DelegateChanged", fields),
        changed(staker, QUARTER, 0),
        changed(other_staker, 0, QUARTER),
    ]
    assert staking.delegates(staker) == other_staker
    assert staking.getVotes(staker) == 0
    assert staking.getVotes(other_staker) == QUARTER
    assert staking.stake_of(delegated, staker) == STAKE


def test_delegate__stake_that_comes_later__votes_for_the_delegatee(
    staking, delegated, staker, other_staker
):
    staking.deposit(delegated, 400, sender=staker)

    assert last_events(staking)[0] == changed(other_staker, QUARTER, QUARTER + 100)
    assert staking.getVotes(staker) == 0


def test_delegate__lock_of_the_delegator__counts_for_the_delegatee(
    staking, delegated, staker, other_staker
):
    staking.lock_votes(YEAR, sender=staker)

    assert staking.getVotes(other_staker) == STAKE
    assert staking.vote_terms_of(other_staker).units == 0


def test_delegate__slashed_delegator__costs_the_delegatee_its_votes(
    staking, delegated, staker, other_staker, controller, beneficiary
):
    staking.slash(delegated, staker, STAKE, beneficiary, sender=controller)

    assert staking.getVotes(other_staker) == 0


def test_delegate__to_a_third__leaves_the_second_its_own(
    staking, delegated, staker, other_staker, stranger
):
    staking.deposit(delegated, 40, sender=other_staker)

    staking.delegate(stranger, sender=staker)

    assert staking.getVotes(other_staker) == 10
    assert staking.getVotes(stranger) == QUARTER


def test_delegate__of_a_delegatee__does_not_pass_on_what_it_got(
    staking, delegated, other_staker, stranger
):
    staking.delegate(stranger, sender=other_staker)

    assert staking.getVotes(other_staker) == QUARTER
    assert staking.getVotes(stranger) == 0


@pytest.mark.parametrize("back", ["zero", "oneself"])
def test_delegate__to_oneself_or_zero__takes_the_votes_back(
    staking, delegated, staker, other_staker, back
):
    staking.delegate(ZERO if back == "zero" else staker, sender=staker)

    fields = {"delegator": staker, "fromDelegate": other_staker, "toDelegate": staker}
    assert last_events(staking) == [
        ("DelegateChanged", fields),
        changed(other_staker, QUARTER, 0),
        changed(staker, 0, QUARTER),
    ]
    assert staking.delegates(staker) == staker


def test_delegate__to_the_same_again__moves_nothing(staking, delegated, staker, other_staker):
    staking.delegate(other_staker, sender=staker)

    fields = {"delegator": staker, "fromDelegate": other_staker, "toDelegate": other_staker}
    assert last_events(staking) == [("DelegateChanged", fields)]
    assert staking.getVotes(other_staker) == QUARTER


def test_delegate__without_stake__adds_no_checkpoint(staking, voting, staker, other_staker):
    staking.delegate(staker, sender=other_staker)

    assert staking.delegates(other_staker) == staker
    assert staking.numCheckpoints(other_staker) == 0
    assert staking.numCheckpoints(staker) == 1


def test_delegate__delegatee_who_takes_it_all__cannot_touch_the_stake(
    staking, delegated, other_staker, votes
):
    with refused("staking: amount exceeds free", votes):
        staking.unstake(delegated, 1, sender=other_staker)


def test_delegate__while_a_dispute_holds_some__moves_the_rest(
    staking, voting, staker, other_staker, controller
):
    staking.lock(voting, staker, 400, True, sender=controller)
    staking.delegate(other_staker, sender=staker)
    assert staking.getVotes(other_staker) == 150

    staking.unlock(voting, staker, 400, True, sender=controller)

    assert staking.getVotes(other_staker) == QUARTER
    assert staking.getVotes(staker) == 0


def test_delegate__in_the_same_second_and_back__leaves_one_checkpoint(
    staking, voting, staker, other_staker
):
    staking.delegate(other_staker, sender=staker)
    staking.delegate(staker, sender=staker)
    boa.env.timestamp += 1

    assert staking.numCheckpoints(other_staker) == 1
    assert staking.getPastVotes(staker, staking.clock() - 1) == QUARTER
    assert staking.getPastVotes(other_staker, staking.clock() - 1) == 0
