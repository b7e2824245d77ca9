"""lock_votes and unlock_votes: power for as long as the stake is bound, and no longer."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE
from tests.contracts.staking.voting import YEAR, worth

pytestmark = pytest.mark.chain

MONTH = 30 * 86_400


@pytest.fixture
def locked(staking, voting, staker):
    """TES, whose staker locked the votes for half a year."""
    staking.lock_votes(YEAR // 2, sender=staker)
    return voting


def test_lock_votes__success__is_logged(staking, locked, staker):
    staking.lock_votes(YEAR, sender=staker)

    old = worth(STAKE, YEAR // 2)
    assert last_events(staking) == [
        (
            "DelegateVotesChanged",
            {"delegate": staker, "previousVotes": old, "newVotes": STAKE},
        ),
        (
            "VotesLocked",
            {"account": staker, "old_lock_seconds": YEAR // 2, "new_lock_seconds": YEAR},
        ),
    ]


def test_lock_votes__by_somebody_without_stake__is_kept_for_later(staking, voting, other_staker):
    staking.lock_votes(YEAR, sender=other_staker)
    assert staking.numCheckpoints(other_staker) == 0

    staking.deposit(voting, 10, sender=other_staker)

    assert staking.getVotes(other_staker) == 10
    assert staking.numCheckpoints(other_staker) == 1


def test_lock_votes__again_as_long__changes_nothing(staking, locked, staker):
    boa.env.timestamp += 1

    staking.lock_votes(YEAR // 2, sender=staker)

    assert staking.vote_terms_of(staker).lock_seconds == YEAR // 2
    assert staking.numCheckpoints(staker) == 2


def test_lock_votes__no_time__is_refused(staking, voting, staker, votes):
    with refused("votes: no lock time", votes):
        staking.lock_votes(0, sender=staker)


@pytest.mark.parametrize("seconds", [YEAR + 1, 2**256 - 1])
def test_lock_votes__more_than_a_year__is_refused(staking, voting, staker, votes, seconds):
    with refused("votes: lock time too long", votes):
        staking.lock_votes(seconds, sender=staker)


def test_lock_votes__shorter_than_the_lock__is_refused(staking, locked, staker, votes):
    with refused("votes: lock would be shorter", votes):
        staking.lock_votes(YEAR // 2 - 1, sender=staker)


def test_lock_votes__shorter_than_what_runs_out__is_refused(staking, locked, staker, votes):
    staking.unlock_votes(sender=staker)
    boa.env.timestamp += MONTH

    with refused("votes: lock would end sooner", votes):
        staking.lock_votes(YEAR // 2 - MONTH - 1, sender=staker)


def test_lock_votes__as_long_as_what_runs_out__rolls_again(staking, locked, staker):
    staking.unlock_votes(sender=staker)
    boa.env.timestamp += MONTH
    left = YEAR // 2 - MONTH

    staking.lock_votes(left, sender=staker)

    assert staking.vote_terms_of(staker) == (staker, left, 0, 0, worth(STAKE, left))


def test_unlock_votes__success__takes_the_power_at_once(staking, locked, staker):
    unlocks_at = staking.clock() + YEAR // 2

    staking.unlock_votes(sender=staker)

    assert last_events(staking)[1:] == [
        (
            "VotesUnlocked",
            {"account": staker, "old_lock_seconds": YEAR // 2, "unlocks_at": unlocks_at},
        )
    ]
    assert staking.vote_terms_of(staker) == (staker, 0, unlocks_at, 0, STAKE // 4)
    assert staking.getVotes(staker) == STAKE // 4


def test_unlock_votes__without_lock__is_refused(staking, voting, staker, votes):
    with refused("votes: not locked", votes):
        staking.unlock_votes(sender=staker)


def test_unlock_votes__twice__is_refused(staking, locked, staker, votes):
    staking.unlock_votes(sender=staker)

    with refused("votes: not locked", votes):
        staking.unlock_votes(sender=staker)


def test_unstake__locked_votes__is_refused(staking, locked, staker, votes):
    boa.env.timestamp += 2 * YEAR

    with refused("staking: votes are locked", votes):
        staking.unstake(locked, 1, sender=staker)


def test_unstake__a_second_before_the_lock_has_run_out__is_refused(staking, locked, staker, votes):
    staking.unlock_votes(sender=staker)
    boa.env.timestamp += YEAR // 2 - 1

    with refused("staking: votes are locked", votes):
        staking.unstake(locked, 1, sender=staker)


def test_unstake__when_the_lock_has_run_out__works(staking, locked, staker):
    staking.unlock_votes(sender=staker)
    boa.env.timestamp += YEAR // 2

    staking.unstake(locked, STAKE, sender=staker)

    assert staking.stake_of(locked, staker) == staking.getVotes(staker) == 0


def test_unstake__of_another_token_under_a_lock__works(
    staking, voting, payment_token, genesis_holder, staker
):
    payment_token.approve(staking, 5, sender=staker)
    staking.lock_votes(YEAR, sender=staker)
    payment_token.transfer(staker, 5, sender=genesis_holder)
    staking.deposit(payment_token, 5, sender=staker)

    staking.unstake(payment_token, 5, sender=staker)

    assert staking.unbonding_of(payment_token, staker).amount == 5


def test_slash__locked_votes__are_slashed_like_any(
    staking, locked, staker, controller, beneficiary
):
    assert staking.slash(locked, staker, 600, beneficiary, sender=controller) == 600

    assert staking.stake_of(locked, staker) == 400
    assert staking.getVotes(staker) == worth(400, YEAR // 2)


def test_lock_votes__under_a_dispute_lock__keeps_it(staking, voting, staker, controller):
    staking.lock(voting, staker, 400, True, sender=controller)
    staking.lock_votes(YEAR, sender=staker)
    assert staking.getVotes(staker) == 600

    staking.unlock_votes(sender=staker)

    assert staking.vote_terms_of(staker).dispute_lock == staking.lock_of(voting, staker) == 400
    assert staking.getVotes(staker) == 150
