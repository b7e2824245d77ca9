"""withdraw: once, after the unbonding time, to the staker."""

import boa
import pytest

from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS, WEALTH, stake_events

pytestmark = pytest.mark.chain


@pytest.fixture
def unstaked(staking, staked, staker):
    """The token, of which 400 of the stake are unbonding."""
    staking.unstake(staked, 400, sender=staker)
    return staked


def test_withdraw__at_the_end_of_unbonding__pays(staking, unstaked, staker):
    boa.env.timestamp += UNBONDING_SECONDS

    staking.withdraw(unstaked, sender=staker)

    assert unstaked.balanceOf(staker) == WEALTH - STAKE + 400
    assert unstaked.balanceOf(staking) == STAKE - 400
    assert staking.unbonding_of(unstaked, staker) == (0, 0)
    assert staking.totals_of(unstaked) == (STAKE, 400, 0)


def test_withdraw__success__is_logged_once(staking, unstaked, staker):
    boa.env.timestamp += UNBONDING_SECONDS

    staking.withdraw(unstaked, sender=staker)

    fields = {"token": unstaked.address, "account": staker, "amount": 400}
    assert stake_events(staking) == [("StakeWithdrawn", fields)]


def test_withdraw__one_second_early__is_refused(staking, unstaked, staker, books):
    boa.env.timestamp += UNBONDING_SECONDS - 1

    with refused("staking: still unbonding", books):
        staking.withdraw(unstaked, sender=staker)


def test_withdraw__twice__is_refused(staking, unstaked, staker, books):
    boa.env.timestamp += UNBONDING_SECONDS
    staking.withdraw(unstaked, sender=staker)

    with refused("staking: nothing to withdraw", books):
        staking.withdraw(unstaked, sender=staker)


def test_withdraw__by_somebody_else__is_refused(staking, unstaked, other_staker, books):
    boa.env.timestamp += UNBONDING_SECONDS

    with refused("staking: nothing to withdraw", books):
        staking.withdraw(unstaked, sender=other_staker)


def test_withdraw__without_unstaking__is_refused(staking, staked, staker, books):
    boa.env.timestamp += UNBONDING_SECONDS

    with refused("staking: nothing to withdraw", books):
        staking.withdraw(staked, sender=staker)


def test_withdraw__after_everything_was_slashed__is_refused(
    staking, unstaked, staker, controller, beneficiary, books
):
    staking.slash(unstaked, staker, STAKE, beneficiary, sender=controller)
    boa.env.timestamp += UNBONDING_SECONDS

    with refused("staking: nothing to withdraw", books):
        staking.withdraw(unstaked, sender=staker)
