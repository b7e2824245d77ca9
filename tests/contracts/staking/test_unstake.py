"""unstake: free stake starts its way out, and stays slashable on it."""

import boa
import pytest

from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS, stake_events

pytestmark = pytest.mark.chain


def test_unstake__free_stake__moves_to_unbonding(staking, staked, staker):
    staking.unstake(staked, 400, sender=staker)

    assert staking.stake_of(staked, staker) == STAKE - 400
    ends_at = boa.env.timestamp + UNBONDING_SECONDS
    assert staking.unbonding_of(staked, staker) == (400, ends_at)
    assert staking.totals_of(staked) == (STAKE, 0, 0)
    assert staked.balanceOf(staking) == STAKE


def test_unstake__again__restarts_the_clock_for_everything(staking, staked, staker):
    staking.unstake(staked, 400, sender=staker)
    boa.env.time_travel(seconds=UNBONDING_SECONDS - 12)

    staking.unstake(staked, 1, sender=staker)

    ends_at = boa.env.timestamp + UNBONDING_SECONDS
    assert staking.unbonding_of(staked, staker) == (401, ends_at)


def test_unstake__again_after_the_unbonding_time_became_shorter__never_ends_sooner(
    staking, staked, staker
):
    staking.unstake(staked, 400, sender=staker)
    ends_at = staking.unbonding_of(staked, staker).ends_at
    boa.env.timestamp -= 100  # as if the unbonding time were 100 seconds shorter now

    staking.unstake(staked, 1, sender=staker)

    assert stake_events(staking)[0][1]["ends_at"] == ends_at
    assert staking.unbonding_of(staked, staker) == (401, ends_at)


def test_unstake__everything_unbonding_was_slashed__starts_a_clock_of_its_own(
    staking, staked, staker, controller, treasury
):
    staking.unstake(staked, STAKE - 1, sender=staker)
    staking.slash(staked, staker, STAKE, treasury, sender=controller)
    staked.approve(staking, 5, sender=staker)
    boa.env.timestamp -= 100  # as if the unbonding time were 100 seconds shorter now
    staking.deposit(staked, 5, sender=staker)

    staking.unstake(staked, 5, sender=staker)

    ends_at = boa.env.timestamp + UNBONDING_SECONDS
    assert staking.unbonding_of(staked, staker) == (5, ends_at)


def test_unstake__success__is_logged_once(staking, staked, staker):
    staking.unstake(staked, 400, sender=staker)

    assert stake_events(staking) == [
        (
            "StakeUnstaked",
            {
                "token": staked.address,
                "account": staker,
                "amount": 400,
                "new_stake": STAKE - 400,
                "ends_at": boa.env.timestamp + UNBONDING_SECONDS,
            },
        )
    ]


def test_unstake__exactly_what_is_free__works(staking, staked, staker, controller):
    staking.lock(staked, staker, 300, False, sender=controller)

    staking.unstake(staked, STAKE - 300, sender=staker)

    assert staking.stake_of(staked, staker) == staking.lock_of(staked, staker) == 300


def test_unstake__locked_stake__is_refused(staking, staked, staker, controller, books):
    staking.lock(staked, staker, 300, False, sender=controller)

    with refused("staking: amount exceeds free", books):
        staking.unstake(staked, STAKE - 300 + 1, sender=staker)


def test_unstake__more_than_the_stake__is_refused(staking, staked, staker, books):
    with refused("staking: amount exceeds free", books):
        staking.unstake(staked, STAKE + 1, sender=staker)


def test_unstake__nothing__is_refused(staking, staked, staker, books):
    with refused("staking: amount is zero", books):
        staking.unstake(staked, 0, sender=staker)


def test_unstake__stake_of_another__is_refused(staking, staked, other_staker, books):
    with refused("staking: amount exceeds free", books):
        staking.unstake(staked, 1, sender=other_staker)
