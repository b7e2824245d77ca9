"""past_supply: what the supply was at the end of any past second, whatever was burned since."""

import boa
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.contracts.conftest import SUPPLY
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain


def test_past_supply__before_the_deployment__is_zero(work_token):
    born_at = boa.env.timestamp
    boa.env.timestamp += 10

    assert work_token.past_supply(born_at - 1) == 0
    assert work_token.past_supply(0) == 0
    assert work_token.past_supply(born_at) == work_token.past_supply(born_at + 9) == SUPPLY


def test_past_supply__second_that_is_not_over__is_refused(work_token):
    for timepoint in (boa.env.timestamp, boa.env.timestamp + 1, 2**256 - 1):
        with refused("tes: timepoint is not over", work_token.totalSupply):
            work_token.past_supply(timepoint)


def test_past_supply__burned_and_minted_in_a_second__is_its_last_word(
    work_token, genesis_holder, minter
):
    born_at = boa.env.timestamp
    boa.env.timestamp += 5
    work_token.burn(100, sender=genesis_holder)
    work_token.mint(genesis_holder, 30, sender=minter)
    boa.env.timestamp += 1

    assert work_token.past_supply(born_at + 4) == SUPPLY
    assert work_token.past_supply(born_at + 5) == SUPPLY - 70


def test_past_supply__tokens_moved__is_the_same(work_token, genesis_holder, honest_worker):
    boa.env.timestamp += 5
    work_token.transfer(honest_worker, 100, sender=genesis_holder)
    boa.env.timestamp += 1

    assert work_token.past_supply(boa.env.timestamp - 1) == SUPPLY


def test_past_supply__burn_refused__is_the_same(work_token, genesis_holder):
    boa.env.timestamp += 5
    with refused("erc20: burn amount exceeds balance", work_token.totalSupply):
        work_token.burn(SUPPLY + 1, sender=genesis_holder)
    boa.env.timestamp += 1

    assert work_token.past_supply(boa.env.timestamp - 1) == SUPPLY


@given(steps=st.lists(st.tuples(st.integers(0, 3), st.integers(-1000, 1000)), max_size=25))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_past_supply__any_history__agrees_with_a_twin(work_token, genesis_holder, minter, steps):
    start, supply, twin = boa.env.timestamp, SUPPLY, {}
    with boa.env.anchor():
        for seconds, change in steps:
            boa.env.timestamp += seconds
            if change > 0:
                work_token.mint(genesis_holder, change, sender=minter)
            else:
                work_token.burn(-change, sender=genesis_holder)
            supply += change
            twin[boa.env.timestamp] = supply
        boa.env.timestamp += 2

        expected = SUPPLY
        for timepoint in range(start, boa.env.timestamp):
            expected = twin.get(timepoint, expected)
            assert work_token.past_supply(timepoint) == expected
