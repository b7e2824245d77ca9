"""slash: free stake, then what is unbonding, then locked; one half sunk, the other credited."""

import boa
import pytest

from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS, stake_events

pytestmark = pytest.mark.chain


def test_slash__less_than_the_stake__takes_exactly_that(
    staking, staked, staker, controller, beneficiary
):
    taken = staking.slash(staked, staker, 301, beneficiary, sender=controller)

    assert taken == 301
    assert staking.stake_of(staked, staker) == STAKE - 301
    assert staking.totals_of(staked) == (STAKE, 0, 301)
    assert staking.credit_of(staked, beneficiary) == 150


def test_slash__success__is_logged_once(staking, staked, staker, controller, beneficiary):
    staking.slash(staked, staker, 301, beneficiary, sender=controller)

    assert stake_events(staking) == [
        (
            "StakeSlashed",
            {
                "token": staked.address,
                "account": staker,
                "beneficiary": beneficiary,
                "amount": 301,
                "new_stake": STAKE - 301,
            },
        )
    ]


@pytest.mark.parametrize("token", ["work_token"], indirect=True)
def test_slash__work_token__burns_the_larger_half(
    staking, staked, staker, controller, beneficiary, treasury
):
    supply = staked.totalSupply()

    staking.slash(staked, staker, 301, beneficiary, sender=controller)

    assert staked.totalSupply() == supply - 151
    assert staked.balanceOf(staking) == STAKE - 151
    assert staking.credit_of(staked, treasury) == 0


@pytest.mark.parametrize("token", ["payment_token", "no_return_token"], indirect=True)
def test_slash__other_token__credits_the_treasury_with_the_larger_half(
    staking, staked, staker, controller, beneficiary, treasury
):
    staking.slash(staked, staker, 301, beneficiary, sender=controller)

    assert staked.balanceOf(staking) == STAKE
    assert staking.credit_of(staked, treasury) == 151


def test_slash__one_wei__leaves_nothing_for_the_beneficiary(
    staking, staked, staker, controller, beneficiary
):
    assert staking.slash(staked, staker, 1, beneficiary, sender=controller) == 1

    assert staking.credit_of(staked, beneficiary) == 0
    assert staking.totals_of(staked).slashed == 1


def test_slash__more_than_the_stake__goes_on_with_what_is_unbonding(
    staking, staked, staker, controller, beneficiary
):
    staking.unstake(staked, 600, sender=staker)
    ends_at = staking.unbonding_of(staked, staker).ends_at

    taken = staking.slash(staked, staker, 700, beneficiary, sender=controller)

    assert taken == 700
    assert staking.stake_of(staked, staker) == 0
    assert staking.unbonding_of(staked, staker) == (300, ends_at)


def test_slash__finished_but_not_withdrawn__is_still_taken(
    staking, staked, staker, controller, beneficiary
):
    staking.unstake(staked, STAKE, sender=staker)
    boa.env.timestamp += UNBONDING_SECONDS

    assert staking.slash(staked, staker, 10, beneficiary, sender=controller) == 10


def test_slash__more_than_there_is__takes_all_and_says_how_much(
    staking, staked, staker, controller, beneficiary
):
    staking.unstake(staked, 600, sender=staker)

    taken = staking.slash(staked, staker, 2**256 - 1, beneficiary, sender=controller)

    assert taken == STAKE
    assert staking.totals_of(staked) == (STAKE, 0, STAKE)


def test_slash__free_stake_covers_it__leaves_the_lock(
    staking, staked, staker, controller, beneficiary
):
    staking.lock(staked, staker, 300, False, sender=controller)

    staking.slash(staked, staker, STAKE - 300, beneficiary, sender=controller)

    assert staking.lock_of(staked, staker) == staking.stake_of(staked, staker) == 300


def test_slash__locked_stake__lowers_the_lock_with_the_stake(
    staking, staked, staker, controller, beneficiary
):
    staking.lock(staked, staker, 300, False, sender=controller)

    staking.slash(staked, staker, STAKE - 200, beneficiary, sender=controller)

    assert staking.lock_of(staked, staker) == staking.stake_of(staked, staker) == 200


def test_slash__stake_is_locked__takes_what_is_unbonding_before_it(
    staking, staked, staker, controller, beneficiary
):
    staking.unstake(staked, 600, sender=staker)
    staking.lock(staked, staker, 300, False, sender=controller)

    assert staking.slash(staked, staker, 650, beneficiary, sender=controller) == 650

    assert staking.lock_of(staked, staker) == staking.stake_of(staked, staker) == 300
    assert staking.unbonding_of(staked, staker).amount == 50


def test_slash__nobody_home__takes_nothing_and_logs_nothing(
    staking, staked, other_staker, controller, beneficiary, books
):
    before = books()

    assert staking.slash(staked, other_staker, 5, beneficiary, sender=controller) == 0

    assert stake_events(staking) == []
    assert books() == before


def test_slash__by_the_beneficiary__is_refused(staking, staked, staker, beneficiary, books):
    with refused("staking: not the controller", books):
        staking.slash(staked, staker, 1, beneficiary, sender=beneficiary)


def test_slash__by_the_treasury__is_refused(staking, staked, staker, treasury, books):
    with refused("staking: not the controller", books):
        staking.slash(staked, staker, 1, treasury, sender=treasury)


def test_slash__for_nobody__is_refused(staking, staked, staker, controller, books):
    with refused("staking: beneficiary is zero", books):
        staking.slash(staked, staker, 1, "0x" + "00" * 20, sender=controller)
