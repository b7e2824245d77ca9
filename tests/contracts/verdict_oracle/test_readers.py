"""phase_of, challenge_bond and the constructor."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.task_escrow.tasks import DAY, HOUR, NOBODY
from tests.contracts.verdict_oracle.verdicts import BOND, CHALLENGE

pytestmark = pytest.mark.chain

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


def test_challenge_bond__default_parameters__is_twenty_prices_in_tes(oracle, task):
    assert oracle.challenge_bond(task) == BOND == 20 * 10**18


@pytest.mark.parametrize(
    ("position", "reason"),
    [
        (0, "verdict: zero staking"),
        (1, "verdict: zero escrow"),
        (2, "verdict: zero token"),
        (3, "verdict: zero parameters"),
        (4, "verdict: zero arbitrator"),
        (5, "verdict: zero treasury"),
        (6, "verdict: zero insurance"),
    ],
)
def test_deployment__zero_address__is_refused(position, reason):
    addresses = [SOMEBODY] * 7
    addresses[position] = NOBODY

    with boa.reverts(reason):
        deploy("VerdictOracle", *addresses)
