"""delay_withdrawal: what is on its way out waits for a slash; amounts stay what they are."""

import boa
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE, UNBONDING_SECONDS, stake_events

pytestmark = pytest.mark.chain


@pytest.fixture
def leaving(staking, staked, staker):
    """The token, of which 400 of the stake are unbonding."""
    staking.unstake(staked, 400, sender=staker)
    return staked


def test_delay_withdrawal__by_the_controller__restarts_the_clock_and_moves_nothing(
    staking, leaving, staker, controller
):
    boa.env.time_travel(seconds=UNBONDING_SECONDS - 1)
    balance, totals = leaving.balanceOf(staking), staking.totals_of(leaving)

    staking.delay_withdrawal(leaving, staker, sender=controller)

    ends_at = boa.env.timestamp + UNBONDING_SECONDS
    fields = {"token": leaving.address, "account": staker, "ends_at": ends_at}
    assert stake_events(staking) == [("WithdrawalDelayed", fields)]
    assert staking.unbonding_of(leaving, staker) == (400, ends_at)
    assert (leaving.balanceOf(staking), staking.totals_of(leaving)) == (balance, totals)
    assert staking.stake_of(leaving, staker) == STAKE - 400


def test_delay_withdrawal__finished_but_not_withdrawn__waits_again(
    staking, leaving, staker, controller, books
):
    boa.env.time_travel(seconds=2 * UNBONDING_SECONDS)

    staking.delay_withdrawal(leaving, staker, sender=controller)

    with refused("staking: still unbonding", books):
        staking.withdraw(leaving, sender=staker)


def test_delay_withdrawal__not_called_again__lets_everything_out(
    staking, leaving, staker, controller
):
    staking.delay_withdrawal(leaving, staker, sender=controller)
    before = leaving.balanceOf(staker)
    boa.env.time_travel(seconds=UNBONDING_SECONDS)

    staking.withdraw(leaving, sender=staker)

    assert leaving.balanceOf(staker) == before + 400


def test_delay_withdrawal__before_a_slash__it_takes_all(
    staking, leaving, staker, controller, beneficiary
):
    boa.env.time_travel(seconds=UNBONDING_SECONDS)
    staking.delay_withdrawal(leaving, staker, sender=controller)

    taken = staking.slash(leaving, staker, STAKE, beneficiary, sender=controller)

    assert taken == STAKE
    assert staking.unbonding_of(leaving, staker).amount == 0


def test_delay_withdrawal__unbonding_time_became_shorter__never_comes_sooner(
    staking, leaving, staker, controller
):
    ends_at = staking.unbonding_of(leaving, staker).ends_at
    boa.env.timestamp -= 100  # as if the unbonding time were 100 seconds shorter now

    staking.delay_withdrawal(leaving, staker, sender=controller)

    assert staking.unbonding_of(leaving, staker) == (400, ends_at)


def test_delay_withdrawal__nothing_unbonding__is_refused(
    staking, staked, staker, controller, books
):
    with refused("staking: nothing to delay", books):
        staking.delay_withdrawal(staked, staker, sender=controller)


def test_delay_withdrawal__withdrawn__is_refused(staking, leaving, staker, controller, books):
    boa.env.time_travel(seconds=UNBONDING_SECONDS)
    staking.withdraw(leaving, sender=staker)

    with refused("staking: nothing to delay", books):
        staking.delay_withdrawal(leaving, staker, sender=controller)


def test_delay_withdrawal__of_another_account_or_token__touches_nobody_else(
    staking, leaving, staker, other_staker, controller
):
    staking.deposit(leaving, STAKE, sender=other_staker)
    staking.unstake(leaving, STAKE, sender=other_staker)
    before = staking.unbonding_of(leaving, staker)
    boa.env.time_travel(seconds=60)

    staking.delay_withdrawal(leaving, other_staker, sender=controller)

    assert staking.unbonding_of(leaving, staker) == before


@pytest.mark.parametrize("intruder", ["staker", "other_staker", "treasury", "entry_stake"])
def test_delay_withdrawal__by_anybody_else__is_refused(
    staking, leaving, staker, books, intruder, request
):
    with refused("staking: not the controller", books):
        staking.delay_withdrawal(leaving, staker, sender=request.getfixturevalue(intruder))


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(waits=st.lists(st.integers(0, UNBONDING_SECONDS - 1), min_size=1, max_size=6))
def test_delay_withdrawal__any_times_in_time__ends_one_unbonding_time_after_the_last(
    staking, leaving, staker, controller, waits
):
    with boa.env.anchor():
        for seconds in waits:
            boa.env.time_travel(seconds=seconds)
            staking.delay_withdrawal(leaving, staker, sender=controller)
        assert staking.unbonding_of(leaving, staker).amount == 400
        boa.env.time_travel(seconds=UNBONDING_SECONDS - 1)
        with refused("staking: still unbonding", lambda: staking.totals_of(leaving)):
            staking.withdraw(leaving, sender=staker)
        boa.env.time_travel(seconds=1)
        staking.withdraw(leaving, sender=staker)
