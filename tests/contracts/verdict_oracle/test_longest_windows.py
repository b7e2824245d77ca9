"""The longest windows that a vote can ever choose, and operators who leave as soon as they may."""

from collections.abc import Callable

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account.signers.local import LocalAccount

from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import Terms
from tests.contracts.verdict_oracle.verdicts import (
    DOCUMENT,
    EVIDENCE,
    REVEAL_ENDS,
    STAKE,
    Verdict,
    rule,
    sign_all,
)
from tests.system import DAY, PARAMETER_IDS, System

pytestmark = pytest.mark.chain

Books = Callable[[], object]


def raise_to_the_most(system: System, timelock: str) -> None:
    """Let challenges and rulings take as long as they ever may."""
    for name, most in (("unbonding", 30), ("challenge", 7), ("ruling", 21)):
        place = PARAMETER_IDS[f"{name}_seconds"]
        while (value := system.parameters.value_of(place)) != most * DAY:
            longer = min(value + value // 4, most * DAY)
            system.parameters.set_parameter(place, longer, sender=timelock)
            boa.env.time_travel(seconds=14 * DAY)


def test_release_operator__struck_down_in_the_last_second_of_the_longest_windows__is_slashed(
    oracle: VyperContract,
    system: System,
    escrow: VyperContract,
    payment_token: VyperContract,
    genesis_holder: str,
    requester: str,
    gateway: str,
    operators: list[LocalAccount],
    timelock: str,
    arbitrator: str,
    challenger: str,
    books: Books,
) -> None:
    raise_to_the_most(system, timelock)
    payment_token.transfer(requester, 10**9, sender=genesis_holder)
    payment_token.approve(escrow, 2**256 - 1, sender=requester)
    terms = Terms(payment_token.address, gateway).as_tuple()
    verdict = Verdict(escrow.create_task(terms, sender=requester))
    boa.env.time_travel(seconds=REVEAL_ENDS)
    signatures = sign_all(verdict, oracle, operators)
    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)
    operator = operators[0].address
    oracle.retire_operator(sender=operator)
    boa.env.time_travel(seconds=7 * DAY - 1)
    oracle.open_dispute(verdict.task_id, EVIDENCE, sender=challenger)
    boa.env.time_travel(seconds=21 * DAY - 1)
    rule(oracle, verdict, True, sender=arbitrator)

    boa.env.time_travel(seconds=3 * DAY + 1)  # one second before the release
    with refused("operators: too early to release", books):
        oracle.release_operator(sender=operator)
    oracle.slash_operator(verdict.as_tuple(), signatures[0])

    assert oracle.operator_of(operator).stake == STAKE * 4 // 5
