"""phase_of and the parameters."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.task_escrow.tasks import DAY, HOUR, NOBODY
from tests.contracts.verdict_oracle.verdicts import BOND, CHALLENGE, GRACE, RULING, STAKE

pytestmark = pytest.mark.chain

SETTINGS = (STAKE, BOND, CHALLENGE, RULING, GRACE, 5_000)
SOMEBODY = "0x" + "11" * 20


def test_phase_of__task_without_a_verdict__follows_the_clock(oracle, task):
    phases = [oracle.phase_of(task)]
    for seconds in (DAY - 1, 1, HOUR - 1, 1):
        boa.env.time_travel(seconds=seconds)
        phases.append(oracle.phase_of(task))

    assert phases == [1, 1, 2, 2, 3]


def test_phase_of__posted_verdict__is_challenge_until_final(oracle, posted):
    before = oracle.phase_of(posted.task_id)
    boa.env.time_travel(seconds=CHALLENGE)

    assert (before, oracle.phase_of(posted.task_id)) == (4, 4)


def test_phase_of__cancelled_task__is_7(oracle, escrow, payment_token, task, requester, gateway):
    terms = (payment_token.address, gateway, 1, 1, b"\1" * 32, boa.env.timestamp + 1, HOUR, HOUR)
    other = escrow.create_task(terms, sender=requester)
    escrow.cancel_task(other, sender=requester)

    assert oracle.phase_of(other) == 7


def test_phase_of__unknown_task__is_0(oracle, task):
    assert oracle.phase_of(task + 1) == 0


def test_settings__as_deployed__are_readable(oracle):
    assert oracle.settings() == SETTINGS


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        (0, "verdict: zero staking"),
        (1, "verdict: zero escrow"),
        (2, "verdict: zero token"),
        (3, "verdict: zero arbitrator"),
        (4, "verdict: zero treasury"),
    ],
)
def test_deployment__zero_address__is_refused(position, reason):
    addresses = [SOMEBODY] * 5
    addresses[position] = NOBODY

    with boa.reverts(reason):
        deploy("VerdictOracle", *addresses, SETTINGS)


@pytest.mark.parametrize(
    ("position", "value", "reason"),
    [
        (0, 0, "verdict: zero operator stake"),
        (1, 0, "verdict: zero bond"),
        (2, 0, "verdict: bad challenge time"),
        (2, 30 * DAY + 1, "verdict: bad challenge time"),
        (3, 0, "verdict: bad ruling time"),
        (4, 30 * DAY + 1, "verdict: bad grace time"),
        (5, 10_001, "verdict: slash too high"),
    ],
)
def test_deployment__bad_setting__is_refused(position, value, reason):
    settings = list(SETTINGS)
    settings[position] = value

    with boa.reverts(reason):
        deploy("VerdictOracle", *[SOMEBODY] * 5, tuple(settings))
