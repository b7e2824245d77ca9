"""set_parameter: the Timelock alone, in bounds, in small steps, for tasks created afterwards."""

from dataclasses import astuple, replace

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.parameters.changes import PAUSE, set_value, value_of
from tests.contracts.refusals import refused
from tests.system import DAY, PARAMETER_IDS, ParameterValues

pytestmark = pytest.mark.chain

FEE = PARAMETER_IDS["protocol_fee_bps"]


def test_set_parameter__by_the_timelock__changes_it_and_nothing_else(parameters, timelock):
    parameters.set_parameter(FEE, 250, sender=timelock)

    values = [parameters.value_of(place) for place in PARAMETER_IDS.values()]
    assert values == list(astuple(replace(ParameterValues(), protocol_fee_bps=250)))
    assert parameters.parameter(FEE).changed_at == boa.env.timestamp


def test_set_parameter__success__is_logged_once(parameters, tasks, timelock):
    tasks.create(7)

    parameters.set_parameter(FEE, 150, sender=timelock)

    fields = {"id": FEE, "old_value": 200, "new_value": 150, "first_task": 8}
    assert last_events(parameters) == [("ParameterSet", fields)]


def test_set_parameter__by_anybody_else__is_refused(parameters, genesis_holder, books):
    with refused("parameters: not the timelock", books):
        parameters.set_parameter(FEE, 201, sender=genesis_holder)


@pytest.mark.parametrize("place", [21, 2**256 - 1])
def test_set_parameter__unknown_id__is_refused(parameters, timelock, books, place):
    with refused("parameters: unknown parameter", books):
        parameters.set_parameter(place, 1, sender=timelock)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("protocol_fee_bps", 250),  # exactly a quarter
        ("protocol_fee_bps", 150),
        ("protocol_fee_bps", 201),
        ("operator_quorum_bps", 8_332),  # a quarter of 6,666 rounded down
        ("operator_quorum_bps", 5_000),
        ("overlap_step", 3),  # one unit, though a quarter is less than one
        ("overlap_step", 1),
        ("overlap_first", 6),
        ("price_floor_per_hour", 1),  # of nothing there is no share
        ("price_floor_per_hour", 2**32 - 1),
    ],
)
def test_set_parameter__largest_step__is_taken(parameters, name, value):
    set_value(parameters, name, value)

    assert value_of(parameters, name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("protocol_fee_bps", 251),
        ("protocol_fee_bps", 149),
        ("protocol_fee_bps", 0),
        ("operator_quorum_bps", 8_333),
        ("operator_quorum_bps", 9_000),
        ("overlap_step", 4),
        ("overlap_first", 7),
        ("overlap_first", 3),
    ],
)
def test_set_parameter__larger_step__is_refused(parameters, books, name, value):
    with refused("parameters: change too large", books):
        set_value(parameters, name, value)


def test_set_parameter__same_value__is_refused(parameters, books):
    with refused("parameters: same value", books):
        set_value(parameters, "price_floor_per_hour", 0)


def test_set_parameter__one_unit_down_to_zero__is_taken(parameters):
    set_value(parameters, "price_floor_per_hour", 1)
    boa.env.time_travel(seconds=PAUSE)

    set_value(parameters, "price_floor_per_hour", 0)

    assert value_of(parameters, "price_floor_per_hour") == 0


def test_set_parameter__two_weeks_after_the_last_change__is_taken(parameters):
    set_value(parameters, "protocol_fee_bps", 250)
    boa.env.time_travel(seconds=PAUSE)

    set_value(parameters, "protocol_fee_bps", 312)

    assert value_of(parameters, "protocol_fee_bps") == 312


def test_set_parameter__a_second_too_early__is_refused(parameters, books):
    set_value(parameters, "protocol_fee_bps", 250)
    boa.env.time_travel(seconds=PAUSE - 1)

    with refused("parameters: changed too recently", books):
        set_value(parameters, "protocol_fee_bps", 251)


def test_set_parameter__another_one_meanwhile__is_taken(parameters):
    set_value(parameters, "protocol_fee_bps", 250)

    set_value(parameters, "challenge_seconds", DAY + 1)

    assert value_of(parameters, "protocol_fee_bps") == 250
    assert value_of(parameters, "challenge_seconds") == DAY + 1


@pytest.fixture
def tight(timelock, tasks):
    """Stake leaves exactly when a verdict can be challenged no more."""
    values = replace(ParameterValues(), challenge_seconds=6 * DAY, unbonding_seconds=6 * DAY)
    return deploy("Parameters", timelock, tasks, list(astuple(values)), [])


@pytest.mark.parametrize(
    ("name", "value"), [("challenge_seconds", 6 * DAY + 1), ("unbonding_seconds", 6 * DAY - 1)]
)
def test_set_parameter__unbonding_shorter_than_the_challenge__is_refused(tight, name, value):
    def read() -> list:
        return [tight.parameter(place) for place in PARAMETER_IDS.values()]

    with refused("parameters: unbonding too short", read):
        set_value(tight, name, value)


@pytest.mark.parametrize(
    ("name", "value"), [("challenge_seconds", 6 * DAY - 1), ("unbonding_seconds", 6 * DAY + 1)]
)
def test_set_parameter__unbonding_longer_than_the_challenge__is_taken(tight, name, value):
    set_value(tight, name, value)

    assert value_of(tight, name) == value


def test_set_parameter__after_as_many_tasks_as_fit__is_refused(parameters, tasks, books):
    tasks.create(2**32 - 1)

    with refused("parameters: too many tasks", books):
        set_value(parameters, "protocol_fee_bps", 201)
