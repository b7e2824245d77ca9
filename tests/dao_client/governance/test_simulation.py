"""Trials of calls: what would change, what would fail, and what only comes too early."""

import pytest
import yaml

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import TransactionRefused
from dao_client.governance.effects import CHANGE_SECONDS, step_refusal
from dao_client.governance.proposal_file import read_proposal
from dao_client.governance.simulation import Trial, check_trials, earliest_execution, try_actions
from tests.dao_client.governance.books import CONTRACTS, STRANGER, book
from tests.dao_client.governance.fake_system import NOW, Answers, fake_system, refusal

pytestmark = pytest.mark.unit

DAY = 86_400
TOO_RECENT = refusal("parameters: changed too recently")
ANSWERS: Answers = {
    "Parameters.parameter": [(DAY, 6 * 3_600, 7 * DAY, False, NOW - DAY)],
    "Parameters.set_parameter": [],
    "Parameters.is_method_allowed": False,
    "Parameters.allow_method": [],
    "TaskEscrow.task_count": 3,
    "Governor.proposalGuardian": STRANGER,
    "Governor.votingDelay": 2 * DAY,
    "Governor.votingPeriod": 5 * DAY,
    "Timelock.getMinDelay": 2 * DAY,
}


def trials(change: str, **answers: object) -> list[Trial]:
    given = {name.replace("__", "."): answer for name, answer in answers.items()}
    draft = read_proposal({"title": "x", "changes": [yaml.safe_load(change)]}, book())
    return try_actions(fake_system({**ANSWERS, **given}), book(), draft.actions)


def test_try_actions__parameter__old_new_bounds_and_when_free() -> None:
    (trial,) = trials("{set: challenge_seconds, to: 20h}")

    effect = trial.effect
    assert effect is not None
    assert (effect.old, effect.new, effect.bounds) == ("24 h", "20 h", "6 h to 7 d")
    assert (trial.refusal, effect.free_at) == (None, NOW - DAY + CHANGE_SECONDS)


def test_try_actions__changed_lately__runs_later() -> None:
    (trial,) = trials("{set: challenge_seconds, to: 20h}", Parameters__set_parameter=TOO_RECENT)

    free_at = NOW - DAY + CHANGE_SECONDS
    assert (trial.refusal, trial.runs_from) == ("parameters: changed too recently", free_at)
    assert trial.is_fit(free_at)
    assert not trial.is_fit(free_at - 1)


def test_try_actions__changed_lately_and_too_far__never_runs() -> None:
    (trial,) = trials("{set: challenge_seconds, to: 10h}", Parameters__set_parameter=TOO_RECENT)

    assert (trial.refusal, trial.runs_from) == ("parameters: change too large", None)
    assert not trial.is_fit(NOW + 99 * DAY)


def test_try_actions__method_and_guardian__say_what_they_were() -> None:
    (method,) = trials(f'{{allow_method: "0x{"ab" * 32}"}}')
    (guardian,) = trials("{set_guardian: Timelock}")

    assert method.effect is not None
    assert (method.effect.old, method.effect.new) == ("not allowed", "allowed")
    assert guardian.effect is not None
    assert (guardian.effect.old, guardian.refusal) == (STRANGER, None)


def test_try_actions__call_of_nothing__is_no_success() -> None:
    (trial,) = trials(f'{{call: {{contract: "{STRANGER}", function: "pay()"}}}}')

    assert trial.refusal == "there is no contract at this address: nothing would happen"
    assert trial.call.shown(book()) == f"call {STRANGER} with 0x1b9265b8"


def test_try_actions__plain_coin__needs_no_contract() -> None:
    (trial,) = trials(f'{{call: {{contract: "{STRANGER}", function: "pay()", value: 1}}}}')

    assert "and send 0.000000000000000001 coin" in trial.call.shown(book())


def test_check_trials__one_unfit__is_named_by_its_place() -> None:
    found = trials("{set: challenge_seconds, to: 20h}") + trials(
        "{set: challenge_seconds, to: 1h}", Parameters__set_parameter=refusal("parameters: x")
    )

    with pytest.raises(TransactionRefused, match=r"changes\[1\] would fail: parameters: x"):
        check_trials(found, NOW)


def test_earliest_execution__number_and_spending__wait_for_their_delays() -> None:
    system = fake_system(ANSWERS)
    number = [trial.call for trial in trials("{set: challenge_seconds, to: 20h}")]
    critical = [trial.call for trial in trials("{set_guardian: Timelock}")]

    assert earliest_execution(system, number) == NOW + 9 * DAY
    assert earliest_execution(system, critical) == NOW + 14 * DAY


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (100, 125, None),
        (100, 126, "parameters: change too large"),
        (100, 74, "parameters: change too large"),
        (2, 3, None),
        (0, 900, None),
        (5, 5, "parameters: same value"),
        (5, 1_001, "parameters: out of bounds"),
    ],
)
def test_step_refusal__quarter_unit_or_from_zero__as_the_contract(old, new, reason) -> None:
    assert step_refusal(old, new, 0, 1_000) == reason


def test_decoded_call__unknown_parameter__is_shown_as_numbers() -> None:
    call = (
        "{call: {contract: Parameters, function: set_parameter, arguments: {id: 99, new_value: 1}}}"
    )

    (trial,) = trials(call)

    assert (trial.call.parameter, trial.effect) == (None, None)
    assert trial.call.shown(book()) == "Parameters.set_parameter(id = 99, new_value = 1)"
    assert len(ParameterId) == 21
    assert CONTRACTS["Parameters"] == trial.call.action.target
