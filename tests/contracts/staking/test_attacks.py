"""Tokens that attack the ledger, and stakers who try to escape a slash."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS

pytestmark = pytest.mark.chain


@pytest.fixture
def reentrant_token(staking, staker):
    """A hostile token with a stake of its own beside that of an honest `staker`."""
    token = deploy("mocks/ReentrantToken", staker, 10 * STAKE)
    token.approve(staking, STAKE, sender=staker)
    staking.deposit(token, STAKE, sender=staker)
    token.transfer(token, 4 * STAKE, sender=staker)
    token.execute(token, token.approve.prepare_calldata(staking, 4 * STAKE))
    token.execute(staking, staking.deposit.prepare_calldata(token, STAKE))
    return token


def calls(staking, token):
    """Every way back in, each of which would work for the token if it came alone."""
    return {
        "deposit": staking.deposit.prepare_calldata(token, STAKE),
        "unstake": staking.unstake.prepare_calldata(token, 1),
        "withdraw": staking.withdraw.prepare_calldata(token),
        "collect": staking.collect.prepare_calldata(token),
        "stake_of": staking.stake_of.prepare_calldata(token, token),
    }


@pytest.mark.parametrize("entry", ["deposit", "unstake", "withdraw", "collect", "stake_of"])
def test_deposit__entered_again_by_the_token__refuses_the_second_call(
    staking, reentrant_token, entry
):
    token = reentrant_token
    token.arm(staking, calls(staking, token)[entry])

    token.execute(staking, staking.deposit.prepare_calldata(token, STAKE))

    assert token.was_attempted()
    assert token.was_refused()
    assert staking.stake_of(token, token) == 2 * STAKE
    assert token.balanceOf(staking) == 3 * STAKE


@pytest.mark.parametrize("entry", ["delegate", "lock_votes"])
def test_deposit__votes_moved_by_the_token_meanwhile__are_refused(staking, reentrant_token, entry):
    token, argument = reentrant_token, {"delegate": boa.env.eoa, "lock_votes": 1}[entry]
    token.arm(staking, getattr(staking, entry).prepare_calldata(argument))

    token.execute(staking, staking.deposit.prepare_calldata(token, STAKE))

    assert token.was_attempted()
    assert token.was_refused()
    assert staking.vote_terms_of(token) == (token.address, 0, 0, 0, 0)


@pytest.mark.parametrize("entry", ["deposit", "unstake", "withdraw", "collect", "stake_of"])
def test_withdraw__entered_again_by_the_token__pays_once(staking, reentrant_token, entry):
    token = reentrant_token
    token.execute(staking, staking.unstake.prepare_calldata(token, STAKE - 1))
    boa.env.timestamp += UNBONDING_SECONDS
    token.arm(staking, calls(staking, token)[entry])

    token.execute(staking, staking.withdraw.prepare_calldata(token))

    assert token.was_refused()
    assert token.balanceOf(staking) == STAKE + 1
    assert staking.totals_of(token) == (2 * STAKE, STAKE - 1, 0)


def test_collect__entered_again_by_the_token__pays_once(
    staking, reentrant_token, staker, controller
):
    token = reentrant_token
    staking.slash(token, staker, 100, token, sender=controller)
    token.arm(staking, calls(staking, token)["collect"])

    token.execute(staking, staking.collect.prepare_calldata(token))

    assert token.was_refused()
    assert token.balanceOf(staking) == 2 * STAKE - 50


def test_slash__staker_who_unstaked_just_before__is_slashed_all_the_same(
    staking, staked, staker, controller, beneficiary
):
    staking.unstake(staked, STAKE, sender=staker)
    boa.env.timestamp += UNBONDING_SECONDS - 1

    taken = staking.slash(staked, staker, STAKE, beneficiary, sender=controller)

    assert taken == STAKE
    assert staking.unbonding_of(staked, staker).amount == 0


def test_slash__of_one_staker__costs_no_other(
    staking, staked, staker, other_staker, controller, beneficiary
):
    staking.deposit(staked, STAKE, sender=other_staker)
    staking.slash(staked, staker, 10 * STAKE, beneficiary, sender=controller)

    staking.unstake(staked, STAKE, sender=other_staker)
    boa.env.timestamp += UNBONDING_SECONDS
    staking.withdraw(staked, sender=other_staker)

    assert staking.totals_of(staked) == (2 * STAKE, STAKE, STAKE)


def test_deposit__tokens_sent_directly__are_nobodys_stake(staking, staked, staker, books):
    staked.transfer(staking, 77, sender=staker)

    staking.deposit(staked, 5, sender=staker)

    assert staking.stake_of(staked, staker) == STAKE + 5
    assert staking.totals_of(staked).staked == STAKE + 5


def test_withdraw__token_that_shrank__hurts_only_its_own_stakers(
    staking, staked, staker, other_staker
):
    shrinking = deploy("mocks/RebasingToken", other_staker, 10 * STAKE)
    shrinking.approve(staking, STAKE, sender=other_staker)
    staking.deposit(shrinking, STAKE, sender=other_staker)
    staking.unstake(shrinking, STAKE, sender=other_staker)
    staking.unstake(staked, STAKE, sender=staker)
    shrinking.rebase(5 * 10**17)
    boa.env.timestamp += UNBONDING_SECONDS

    with refused("rebasing: too few shares", lambda: staking.totals_of(shrinking)):
        staking.withdraw(shrinking, sender=other_staker)
    staking.withdraw(staked, sender=staker)

    assert staking.totals_of(staked) == (STAKE, STAKE, 0)


@pytest.mark.parametrize("function", ["lock", "unlock", "delay_withdrawal", "slash"])
def test_controller_functions__every_other_account__is_refused(
    staking, staked, staker, other_staker, treasury, stranger, books, function
):
    for intruder in (staker, other_staker, treasury, stranger):
        terms = {"delay_withdrawal": (), "slash": (0, intruder)}.get(function, (0, True))

        with refused("staking: not the controller", books):
            getattr(staking, function)(staked, staker, *terms, sender=intruder)


def test_deposit__ether__is_refused(staking, token, staker, books):
    boa.env.set_balance(staker, 1)
    before = books()

    with boa.reverts():
        staking.deposit(token, STAKE, sender=staker, value=1)

    assert books() == before
