"""register_operator, retire_operator, release_operator."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import DAY
from tests.contracts.verdict_oracle.verdicts import STAKE
from tests.system import PARAMETER_IDS, TES

pytestmark = pytest.mark.chain

WAIT = (7 + 21 + 3) * DAY  # the hard bounds: no vote makes a slash come later


@pytest.fixture
def operator(operators):
    return operators[0].address


@pytest.fixture
def retired(oracle, operator):
    oracle.retire_operator(sender=operator)
    return operator


def test_register_operator__staked_tes__is_locked_and_counts(oracle, staking, tes, operator):
    assert oracle.operator_of(operator) == (STAKE, 0)
    assert oracle.total_operator_stake() == 3 * STAKE
    assert staking.lock_of(tes, operator) == STAKE


def test_register_operator__again__adds_and_is_logged(oracle, operator):
    oracle.register_operator(5, sender=operator)

    fields = {"operator": operator, "old_stake": STAKE, "new_stake": STAKE + 5}
    assert last_events(oracle) == [("OperatorRegistered", fields)]
    assert oracle.operator_of(operator).stake == STAKE + 5
    assert oracle.total_operator_stake() == 3 * STAKE + 5


def test_register_operator__below_the_minimum__is_refused(oracle, challenger, books):
    with refused("operators: too little stake", books):
        oracle.register_operator(STAKE - 1, sender=challenger)


def test_register_operator__after_the_minimum_rose__needs_the_new_one(
    oracle, system, timelock, fund_stake, stranger, books
):
    place = PARAMETER_IDS["min_operator_stake_tes"]
    system.parameters.set_parameter(place, 1_250, sender=timelock)
    fund_stake(stranger, 1_250 * TES)

    with refused("operators: too little stake", books):
        oracle.register_operator(1_250 * TES - 1, sender=stranger)

    oracle.register_operator(1_250 * TES, sender=stranger)

    assert oracle.operator_of(stranger).stake == 1_250 * TES


def test_register_operator__without_stake__is_refused(oracle, stranger, books):
    with refused("staking: amount exceeds free", books):
        oracle.register_operator(STAKE, sender=stranger)


def test_register_operator__more_than_is_free__is_refused(oracle, operator, books):
    with refused("staking: amount exceeds free", books):
        oracle.register_operator(STAKE + 1, sender=operator)


def test_register_operator__more_than_fits__is_refused(oracle, operator, books):
    with refused("operators: too much stake", books):
        oracle.register_operator(2**128, sender=operator)


def test_register_operator__while_retired__is_refused(oracle, retired, books):
    with refused("operators: retired", books):
        oracle.register_operator(STAKE, sender=retired)


def test_retire_operator__active__stops_counting_but_stays_locked(oracle, staking, tes, operator):
    oracle.retire_operator(sender=operator)

    assert last_events(oracle) == [("OperatorRetired", {"operator": operator, "stake": STAKE})]
    assert oracle.operator_of(operator) == (STAKE, boa.env.timestamp)
    assert oracle.total_operator_stake() == 2 * STAKE
    assert staking.lock_of(tes, operator) == STAKE


def test_retire_operator__twice__is_refused(oracle, retired, books):
    with refused("operators: retired", books):
        oracle.retire_operator(sender=retired)


def test_retire_operator__somebody_else__is_refused(oracle, stranger, books):
    with refused("operators: unknown operator", books):
        oracle.retire_operator(sender=stranger)


def test_release_operator__after_the_wait__unlocks(oracle, staking, tes, retired):
    boa.env.time_travel(seconds=WAIT)

    oracle.release_operator(sender=retired)

    assert last_events(oracle) == [("OperatorReleased", {"operator": retired, "stake": STAKE})]
    assert oracle.operator_of(retired) == (0, 0)
    assert oracle.total_operator_stake() == 2 * STAKE
    assert staking.lock_of(tes, retired) == 0


def test_release_operator__too_early__is_refused(oracle, retired, books):
    boa.env.time_travel(seconds=WAIT - 1)

    with refused("operators: too early to release", books):
        oracle.release_operator(sender=retired)


def test_release_operator__active__is_refused(oracle, operator, books):
    with refused("operators: not retired", books):
        oracle.release_operator(sender=operator)


def test_release_operator__twice__is_refused(oracle, retired, books):
    boa.env.time_travel(seconds=WAIT)
    oracle.release_operator(sender=retired)

    with refused("operators: not retired", books):
        oracle.release_operator(sender=retired)


def test_register_operator__after_release__counts_again(oracle, retired):
    boa.env.time_travel(seconds=WAIT)
    oracle.release_operator(sender=retired)

    oracle.register_operator(STAKE, sender=retired)

    assert oracle.operator_of(retired) == (STAKE, 0)
