"""lock and unlock: the controller decides what may not leave; money stays where it is."""

import pytest

from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, stake_events

pytestmark = pytest.mark.chain


@pytest.fixture
def locked(staking, staked, staker, controller):
    """The token, of which 300 of the stake are locked."""
    staking.lock(staked, staker, 300, False, sender=controller)
    return staked


def test_lock__by_the_controller__adds_up(staking, locked, staker, controller):
    staking.lock(locked, staker, 50, False, sender=controller)

    fields = {"token": locked.address, "account": staker, "amount": 50, "new_lock": 350}
    assert stake_events(staking) == [("StakeLocked", fields)]
    assert staking.lock_of(locked, staker) == 350
    assert staking.stake_of(locked, staker) == STAKE


def test_lock__all_that_is_free__works(staking, locked, staker, controller):
    staking.lock(locked, staker, STAKE - 300, False, sender=controller)

    assert staking.lock_of(locked, staker) == STAKE


def test_lock__one_wei_more_than_is_free__is_refused(staking, locked, staker, controller, books):
    with refused("staking: amount exceeds free", books):
        staking.lock(locked, staker, STAKE - 300 + 1, False, sender=controller)


def test_lock__stake_that_is_unbonding__is_refused(staking, locked, staker, controller, books):
    staking.unstake(locked, STAKE - 300, sender=staker)

    with refused("staking: amount exceeds free", books):
        staking.lock(locked, staker, 1, False, sender=controller)


def test_lock__by_the_staker__is_refused(staking, locked, staker, books):
    with refused("staking: not the controller", books):
        staking.lock(locked, staker, 1, False, sender=staker)


def test_unlock__by_the_controller__frees(staking, locked, staker, controller):
    staking.unlock(locked, staker, 100, False, sender=controller)

    fields = {"token": locked.address, "account": staker, "amount": 100, "new_lock": 200}
    assert stake_events(staking) == [("StakeUnlocked", fields)]
    assert staking.lock_of(locked, staker) == 200


def test_unlock__everything__lets_the_stake_go(staking, locked, staker, controller):
    staking.unlock(locked, staker, 300, False, sender=controller)

    staking.unstake(locked, STAKE, sender=staker)

    assert staking.unbonding_of(locked, staker).amount == STAKE


def test_unlock__one_wei_more_than_is_locked__is_refused(
    staking, locked, staker, controller, books
):
    with refused("staking: amount exceeds lock", books):
        staking.unlock(locked, staker, 301, False, sender=controller)


def test_unlock__by_the_staker__is_refused(staking, locked, staker, books):
    with refused("staking: not the controller", books):
        staking.unlock(locked, staker, 1, False, sender=staker)
