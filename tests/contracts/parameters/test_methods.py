"""allow_method, forbid_method, verdict_rules: a task keeps the list of its creation."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.parameters.changes import set_value
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import ZERO
from tests.system import METHOD, OTHER_METHOD

pytestmark = pytest.mark.chain


def test_allow_method__new_one__is_for_tasks_created_afterwards(parameters, tasks, timelock):
    tasks.create(2)

    parameters.allow_method(OTHER_METHOD, sender=timelock)

    fields = {"method_hash": OTHER_METHOD, "first_task": 3}
    assert last_events(parameters) == [("MethodAllowed", fields)]
    allowed = [parameters.is_method_allowed(OTHER_METHOD, task) for task in (0, 1, 2, 3, 4)]
    assert allowed == [False, False, False, True, True]


def test_forbid_method__known_one__stays_for_tasks_created_before(parameters, tasks, timelock):
    tasks.create(2)

    parameters.forbid_method(METHOD, sender=timelock)

    fields = {"method_hash": METHOD, "first_task": 3}
    assert last_events(parameters) == [("MethodForbidden", fields)]
    allowed = [parameters.is_method_allowed(METHOD, task) for task in (0, 1, 2, 3, 4)]
    assert allowed == [True, True, True, False, False]


def test_allow_method__forbidden_before__leaves_a_gap(parameters, tasks, timelock):
    tasks.create(1)
    parameters.forbid_method(METHOD, sender=timelock)
    tasks.create(1)
    parameters.allow_method(METHOD, sender=timelock)

    allowed = [parameters.is_method_allowed(METHOD, task) for task in (1, 2, 3)]

    assert allowed == [True, False, True]


def test_forbid_method__allowed_in_the_same_block__was_never_there(parameters, timelock):
    parameters.allow_method(OTHER_METHOD, sender=timelock)

    parameters.forbid_method(OTHER_METHOD, sender=timelock)

    assert not any(parameters.is_method_allowed(OTHER_METHOD, task) for task in range(3))


@pytest.mark.parametrize("function", ["allow_method", "forbid_method"])
def test_methods__by_anybody_else__are_refused(parameters, genesis_holder, books, function):
    with refused("parameters: not the timelock", books):
        getattr(parameters, function)(METHOD, sender=genesis_holder)


@pytest.mark.parametrize("function", ["allow_method", "forbid_method"])
def test_methods__zero_hash__are_refused(parameters, timelock, books, function):
    with refused("parameters: zero method", books):
        getattr(parameters, function)(ZERO, sender=timelock)


def test_allow_method__twice__is_refused(parameters, timelock, books):
    with refused("parameters: method is allowed", books):
        parameters.allow_method(METHOD, sender=timelock)


def test_forbid_method__unknown__is_refused(parameters, timelock, books):
    with refused("parameters: method not allowed", books):
        parameters.forbid_method(OTHER_METHOD, sender=timelock)


@pytest.mark.parametrize("word", [1, 2])
def test_allow_method__hash_like_the_key_of_a_word__leaves_the_word(
    parameters, timelock, books, word
):
    before = books()

    parameters.allow_method(word.to_bytes(32, "big"), sender=timelock)

    assert books() == before


def test_verdict_rules__allowed_method__are_those_of_the_task(parameters, tasks):
    tasks.create(1)
    old = parameters.rules(0)
    set_value(parameters, "protocol_fee_bps", 250)

    assert parameters.verdict_rules(1, METHOD) == old
    assert parameters.verdict_rules(2, METHOD) == parameters.rules(0) == old + 50


def test_verdict_rules__method_not_on_the_list__are_refused(parameters, books):
    with refused("parameters: method not allowed", books):
        parameters.verdict_rules(1, OTHER_METHOD)


def test_verdict_rules__method_forbidden_before_the_task__are_refused(
    parameters, tasks, timelock, books
):
    tasks.create(1)
    parameters.forbid_method(METHOD, sender=timelock)

    with refused("parameters: method not allowed", books):
        parameters.verdict_rules(2, METHOD)

    assert parameters.verdict_rules(1, METHOD) == parameters.rules(0)


def test_deployment__same_method_twice__is_refused(parameters, timelock, tasks):
    values = [parameters.value_of(place) for place in range(21)]

    with boa.reverts("parameters: method is allowed"):
        deploy("Parameters", timelock, tasks, values, [METHOD, METHOD])
    with boa.reverts("parameters: zero method"):
        deploy("Parameters", timelock, tasks, values, [ZERO])
