"""The past: of votes and of stakes, for every second that is over."""

import boa
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import STAKE
from tests.contracts.staking.voting import refused_with

pytestmark = pytest.mark.chain

READERS = ["getPastVotes", "past_stake"]
TOTAL_READERS = ["getPastTotalSupply", "past_total_stake"]


def test_clock__always__is_the_time(staking):
    assert staking.clock() == boa.env.timestamp
    assert staking.CLOCK_MODE() == "mode=timestamp"


@pytest.mark.parametrize("ahead", [0, 1, 2**200])
@pytest.mark.parametrize("reader", READERS + TOTAL_READERS)
def test_past__second_that_is_not_over__is_refused(staking, voting, staker, reader, ahead):
    now = staking.clock()
    account = [staker] if reader in READERS else []

    with refused_with("ERC5805FutureLookup(uint256,uint48)", now + ahead, now):
        getattr(staking, reader)(*account, now + ahead)


def test_past__before_the_first_stake__is_nothing(staking, voting, staker, stranger):
    first = staking.clock() - 1

    assert staking.getPastVotes(staker, first - 1) == 0
    assert staking.getPastVotes(staker, 0) == 0
    assert staking.getPastTotalSupply(first - 1) == 0
    assert staking.past_stake(stranger, first) == 0
    assert staking.past_stake(staker, first) == staking.past_total_stake(first) == STAKE


def test_checkpoints__several_changes_in_a_second__are_one(staking, voting, staker):
    for _ in range(3):
        staking.deposit(voting, 100, sender=staker)

    assert staking.numCheckpoints(staker) == staking.stake_checkpoint_count(staker) == 2
    assert staking.checkpoints(staker, 0) == (staking.clock() - 1, STAKE // 4)
    assert staking.checkpoints(staker, 1) == (staking.clock(), (STAKE + 300) // 4)
    assert staking.stake_checkpoint(staker, 0) == (staking.clock() - 1, STAKE)
    assert staking.stake_checkpoint(staker, 1) == (staking.clock(), STAKE + 300)


def test_checkpoints__index_past_the_last__is_refused(staking, voting, staker, stranger, votes):
    for account, index in ((staker, 1), (stranger, 0)):
        with refused("votes: no such checkpoint", votes):
            staking.checkpoints(account, index)
        with refused("votes: no such checkpoint", votes):
            staking.stake_checkpoint(account, index)
    with refused("votes: no such checkpoint", votes):
        staking.stake_checkpoint(staker, 2**256 - 1)


@given(steps=st.lists(st.integers(1, 5), min_size=1, max_size=40))
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_past__any_history__is_found_at_every_second(staking, voting, staker, steps):
    with boa.env.anchor():
        start, stakes = boa.env.timestamp, [STAKE]
        for seconds in steps:
            staking.deposit(voting, 4, sender=staker)
            stakes += [staking.stake_of(voting, staker)] * seconds
            boa.env.timestamp += seconds

        for place, stake in enumerate(stakes):
            at = start - 1 + place
            assert staking.past_stake(staker, at) == staking.past_total_stake(at) == stake
            assert staking.getPastVotes(staker, at) == stake // 4
