"""collect: credits are pulled, once, and touch no stake."""

import pytest

from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, stake_events

pytestmark = pytest.mark.chain


@pytest.fixture
def slashed(staking, staked, staker, controller, beneficiary):
    """The token, of which 301 of the stake were slashed."""
    staking.slash(staked, staker, 301, beneficiary, sender=controller)
    return staked


def test_collect__credit__is_paid(staking, slashed, staker, beneficiary):
    staking.collect(slashed, sender=beneficiary)

    fields = {"token": slashed.address, "account": beneficiary, "amount": 150}
    assert stake_events(staking) == [("CreditCollected", fields)]
    assert slashed.balanceOf(beneficiary) == 150
    assert staking.credit_of(slashed, beneficiary) == 0
    assert staking.stake_of(slashed, staker) == STAKE - 301
    assert staking.totals_of(slashed) == (STAKE, 0, 301)


@pytest.mark.parametrize("token", ["payment_token", "no_return_token"], indirect=True)
def test_collect__by_the_treasury__pays_the_larger_half(staking, slashed, treasury):
    staking.collect(slashed, sender=treasury)

    assert slashed.balanceOf(treasury) == 151
    assert slashed.balanceOf(staking) == STAKE - 151


def test_collect__of_several_slashes__pays_the_sum(
    staking, slashed, staker, controller, beneficiary
):
    staking.slash(slashed, staker, 100, beneficiary, sender=controller)

    staking.collect(slashed, sender=beneficiary)

    assert slashed.balanceOf(beneficiary) == 200


def test_collect__twice__is_refused(staking, slashed, beneficiary, books):
    staking.collect(slashed, sender=beneficiary)

    with refused("staking: nothing to collect", books):
        staking.collect(slashed, sender=beneficiary)


def test_collect__by_the_slashed__is_refused(staking, slashed, staker, books):
    with refused("staking: nothing to collect", books):
        staking.collect(slashed, sender=staker)


@pytest.mark.parametrize("token", ["work_token"], indirect=True)
def test_collect__burned_half__is_nobodys(staking, slashed, treasury, books):
    with refused("staking: nothing to collect", books):
        staking.collect(slashed, sender=treasury)
