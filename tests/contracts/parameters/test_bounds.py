"""The hard bounds of every parameter, from both sides, at deployment and afterwards."""

from dataclasses import astuple, replace

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.parameters.changes import SOMEBODY, set_value, value_of
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import NOBODY
from tests.system import DAY, HOUR, METHOD, PARAMETER_IDS, ParameterValues

pytestmark = pytest.mark.chain

BOUNDS = {
    "protocol_fee_bps": (0, 500),
    "challenge_seconds": (6 * HOUR, 7 * DAY),
    "ruling_seconds": (12 * DAY, 21 * DAY),
    "grace_seconds": (HOUR, 3 * DAY),
    "operator_slash_bps": (500, 10_000),
    "operator_quorum_bps": (5_000, 9_000),
    "challenge_bond_prices": (5, 100),
    "seat_size_prices": (20, 500),
    "seat_size_tes": (1, 10_000),
    "weight_cap": (1, 4),
    "min_operator_stake_tes": (100, 100_000),
    "unbonding_seconds": (3 * DAY, 30 * DAY),
    "jury_slash_bps": (500, 3_000),
    "jury_silent_slash_bps": (500, 3_000),
    "audit_rate_bps": (200, 3_000),
    "overlap_first": (3, 7),
    "overlap_step": (1, 4),
    "overlap_most": (3, 21),
    "slash_per_answer_bps": (500, 5_000),
    "price_floor_per_hour": (0, 2**32 - 1),
    "reveal_seconds": (HOUR, 3 * DAY),
}
PROTECTED = {
    "protocol_fee_bps",
    "operator_slash_bps",
    "jury_slash_bps",
    "jury_silent_slash_bps",
    "audit_rate_bps",
    "slash_per_answer_bps",
    "price_floor_per_hour",
    "reveal_seconds",
}
LONG = replace(ParameterValues(), unbonding_seconds=30 * DAY)


def start(tasks, timelock, values):
    """Deploy with these first values."""
    return deploy("Parameters", timelock, tasks, list(astuple(values)), [METHOD])


def test_parameter__each__has_its_name_bounds_and_protection(parameters):
    seen = {
        parameters.name_of(place): parameters.parameter(place)
        for place in range(parameters.parameter_count())
    }

    assert {name: (each.least, each.most) for name, each in seen.items()} == BOUNDS
    assert {name for name, each in seen.items() if each.is_protected} == PROTECTED
    assert [each.value for each in seen.values()] == list(astuple(ParameterValues()))
    assert all(each.changed_at == 0 for each in seen.values())


@pytest.mark.parametrize("name", BOUNDS)
def test_deployment__at_both_bounds__is_taken(tasks, timelock, name):
    for value in BOUNDS[name]:
        parameters = start(tasks, timelock, replace(LONG, **{name: value}))

        assert value_of(parameters, name) == value


@pytest.mark.parametrize("name", BOUNDS)
def test_deployment__past_a_bound__is_refused(tasks, timelock, name):
    least, most = BOUNDS[name]
    for value in {most + 1, 2**256 - 1} | ({least - 1} if least else set()):
        with boa.reverts("parameters: out of bounds"):
            start(tasks, timelock, replace(LONG, **{name: value}))


@pytest.mark.parametrize("name", BOUNDS)
def test_set_parameter__past_a_bound__is_refused(tasks, timelock, name):
    least, most = BOUNDS[name]
    for value, beyond in ((most, most + 1), *([(least, least - 1)] if least else [])):
        parameters = start(tasks, timelock, replace(LONG, **{name: value}))

        with refused(
            "parameters: out of bounds",
            lambda parameters=parameters: parameters.parameter(PARAMETER_IDS[name]),
        ):
            set_value(parameters, name, beyond)


def test_deployment__unbonding_shorter_than_the_challenge__is_refused(tasks, timelock):
    values = replace(ParameterValues(), challenge_seconds=4 * DAY + 1, unbonding_seconds=4 * DAY)

    with boa.reverts("parameters: unbonding too short"):
        start(tasks, timelock, values)


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        ((NOBODY, SOMEBODY), "parameters: zero timelock"),
        ((SOMEBODY, NOBODY), "parameters: zero escrow"),
    ],
)
def test_deployment__zero_address__is_refused(addresses, reason):
    with boa.reverts(reason):
        deploy("Parameters", *addresses, list(astuple(ParameterValues())), [])


@pytest.mark.parametrize("function", ["value_of", "parameter", "name_of"])
def test_readers__unknown_parameter__are_refused(parameters, books, function):
    with refused("parameters: unknown parameter", books):
        getattr(parameters, function)(21)


def test_value_for_task__unknown_parameter__is_refused(parameters, books):
    with refused("parameters: unknown parameter", books):
        parameters.value_for_task(21, 1)


def test_rules__unknown_word__are_refused(parameters, books):
    with refused("parameters: unknown word", books):
        parameters.rules(3)
    with refused("parameters: unknown word", books):
        parameters.rules_for_task(3, 1)


def test_rules__each_word__packs_seven_values(parameters):
    values = astuple(ParameterValues())
    words = [
        sum(value << 32 * place for place, value in enumerate(values[first : first + 7]))
        for first in (0, 7, 14)
    ]

    assert [parameters.rules(word) for word in range(3)] == words
    assert [parameters.rules_for_task(word, 5) for word in range(3)] == words
