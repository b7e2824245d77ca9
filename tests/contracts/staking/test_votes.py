"""What a stake is worth: which stake votes, from when, and how much a lock makes of it."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS, deploy_parameters
from tests.contracts.staking.voting import YEAR, worth

pytestmark = pytest.mark.chain


def votes_of(staking, account):
    """Return the votes now, and the sum over all accounts a second later."""
    votes = staking.getVotes(account)
    boa.env.timestamp += 1
    assert staking.getPastVotes(account, staking.clock() - 1) == votes
    return votes, staking.getPastTotalSupply(staking.clock() - 1)


def test_get_votes__stake_without_lock__is_worth_a_quarter(staking, voting, staker):
    assert votes_of(staking, staker) == (STAKE // 4, STAKE // 4)
    assert staking.vote_terms_of(staker) == (staker, 0, 0, 0, STAKE // 4)


def test_get_votes__less_than_four_wei__is_rounded_down(staking, voting, other_staker):
    staking.deposit(voting, 7, sender=other_staker)

    assert votes_of(staking, other_staker) == (1, STAKE // 4 + 1)


@pytest.mark.parametrize("token", ["payment_token", "no_return_token"], indirect=True)
def test_get_votes__stake_of_another_token__is_worth_nothing(staking, staked, staker):
    assert votes_of(staking, staker) == (0, 0)
    assert staking.past_total_stake(staking.clock() - 1) == 0


def test_get_votes__unbonding_stake__does_not_vote(staking, voting, staker):
    staking.unstake(voting, 400, sender=staker)

    assert votes_of(staking, staker) == (150, 150)


def test_get_votes__withdrawn_stake__does_not_vote(staking, voting, staker):
    staking.unstake(voting, 400, sender=staker)
    boa.env.timestamp += UNBONDING_SECONDS
    staking.withdraw(voting, sender=staker)

    assert votes_of(staking, staker) == (150, 150)


def test_get_votes__slashed_stake__does_not_vote(staking, voting, staker, controller, beneficiary):
    staking.slash(voting, staker, 400, beneficiary, sender=controller)

    assert votes_of(staking, staker) == (150, 150)


def test_get_votes__stake_locked_as_operator__votes(staking, voting, staker, controller):
    staking.lock(voting, staker, STAKE, False, sender=controller)

    assert votes_of(staking, staker) == (STAKE // 4, STAKE // 4)


def test_get_votes__stake_locked_for_a_dispute__does_not_vote_but_counts_in_the_total(
    staking, voting, staker, controller
):
    staking.lock(voting, staker, 400, True, sender=controller)

    assert votes_of(staking, staker) == (150, STAKE // 4)
    assert staking.vote_terms_of(staker) == (staker, 0, 0, 400, 150)


def test_get_votes__after_the_dispute__votes_again(staking, voting, staker, controller):
    staking.lock(voting, staker, 400, True, sender=controller)
    staking.unlock(voting, staker, 400, True, sender=controller)

    assert votes_of(staking, staker) == (STAKE // 4, STAKE // 4)
    assert staking.vote_terms_of(staker).dispute_lock == 0


def test_unlock__stake_locked_for_the_other_reason__is_refused(
    staking, voting, staker, controller, books
):
    staking.lock(voting, staker, 300, False, sender=controller)
    staking.lock(voting, staker, 200, True, sender=controller)

    with refused("staking: amount exceeds lock", books):
        staking.unlock(voting, staker, 201, True, sender=controller)
    with refused("staking: amount exceeds lock", books):
        staking.unlock(voting, staker, 301, False, sender=controller)


def test_slash__deep_into_a_dispute_lock__leaves_no_lock_above_the_stake(
    staking, voting, staker, controller, beneficiary
):
    staking.lock(voting, staker, 300, False, sender=controller)
    staking.lock(voting, staker, 600, True, sender=controller)

    staking.slash(voting, staker, STAKE - 500, beneficiary, sender=controller)

    assert staking.lock_of(voting, staker) == staking.stake_of(voting, staker) == 500
    assert staking.vote_terms_of(staker).dispute_lock == 500
    assert votes_of(staking, staker) == (0, 125)


def test_get_past_votes__stake_of_this_second__counts_nothing_before(staking, voting, other_staker):
    now = staking.clock()

    staking.deposit(voting, 10 * STAKE, sender=other_staker)
    staking.lock_votes(YEAR, sender=other_staker)

    assert staking.getPastVotes(other_staker, now - 1) == 0
    assert staking.getPastTotalSupply(now - 1) <= STAKE // 4
    assert staking.past_stake(other_staker, now - 1) == 0


def test_get_past_votes__flash_stake__never_counts(staking, voting, other_staker):
    now = staking.clock()
    staking.deposit(voting, 10 * STAKE, sender=other_staker)
    staking.unstake(voting, 10 * STAKE, sender=other_staker)

    boa.env.timestamp += 1

    assert staking.getPastVotes(other_staker, now) == 0
    assert staking.getPastTotalSupply(now) == STAKE // 4
    assert staking.past_total_stake(now) == STAKE


@pytest.mark.parametrize("seconds", [1, YEAR // 3, YEAR // 2, YEAR - 1, YEAR])
def test_lock_votes__some_time__multiplies_the_power(staking, voting, staker, seconds):
    staking.lock_votes(seconds, sender=staker)

    assert votes_of(staking, staker) == (worth(STAKE, seconds),) * 2
    assert staking.vote_terms_of(staker) == (staker, seconds, 0, 0, worth(STAKE, seconds))


def test_lock_votes__a_year__is_worth_the_whole_stake(staking, voting, staker):
    staking.lock_votes(YEAR, sender=staker)

    assert votes_of(staking, staker) == (STAKE, STAKE)


def test_deposit__under_a_lock__has_its_power_at_once(staking, voting, staker):
    staking.lock_votes(YEAR, sender=staker)

    staking.deposit(voting, 7, sender=staker)

    assert votes_of(staking, staker) == (STAKE + 7, STAKE + 7)


def test_deposit__more_than_a_word_can_say__is_refused(staker, controller, treasury):
    token = deploy("mocks/NoReturnToken", staker, 2**91)
    staking = deploy("Staking", token, controller, treasury, deploy_parameters(), treasury)
    token.approve(staking, 2**91, sender=staker)

    with refused("votes: too much stake", lambda: staking.totals_of(token)):
        staking.deposit(token, 2**90, sender=staker)
    staking.deposit(token, 2**90 - 1, sender=staker)
    with refused("votes: too much stake", lambda: staking.totals_of(token)):
        staking.deposit(token, 1, sender=staker)

    staking.lock_votes(YEAR, sender=staker)
    assert votes_of(staking, staker) == (2**90 - 1, 2**90 - 1)
