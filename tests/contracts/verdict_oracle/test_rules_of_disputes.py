"""A dispute follows the parameters that its task was created under."""

import boa
import pytest

from tests.contracts.refusals import refused
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    EVIDENCE,
    NEW_BOND,
    NEW_CHALLENGE,
    NEW_RULING,
    RULING,
    STAKE,
    rule,
    sign_all,
)

pytestmark = pytest.mark.chain


def test_open_dispute__bond_changed__each_task_asks_its_own(
    oracle, staking, tes, old, new, post, challenger, fund_stake
):
    fund_stake(challenger, NEW_BOND)
    for verdict, bond, window in ((old, BOND, CHALLENGE), (new, NEW_BOND, NEW_CHALLENGE)):
        with boa.env.anchor():
            assert oracle.challenge_bond(verdict.task_id) == bond
            post(verdict)
            boa.env.time_travel(seconds=window - 1)
            oracle.open_dispute(verdict.task_id, EVIDENCE, sender=challenger)

            assert oracle.dispute_of(verdict.task_id).bond == bond
            assert staking.lock_of(tes, challenger) == bond


def test_open_dispute__window_shortened__each_task_keeps_its_own(
    oracle, old, new, post, challenger, books
):
    for verdict, window in ((old, CHALLENGE), (new, NEW_CHALLENGE)):
        with boa.env.anchor():
            post(verdict)
            boa.env.time_travel(seconds=window)
            with refused("verdict: challenge window over", books):
                oracle.open_dispute(verdict.task_id, EVIDENCE, sender=challenger)


def test_rule_dispute__ruling_time_changed__each_task_waits_its_own(
    oracle, old, new, post, challenger, fund_stake, arbitrator, books
):
    fund_stake(challenger, NEW_BOND)
    for verdict, seconds in ((old, RULING), (new, NEW_RULING)):
        with boa.env.anchor():
            post(verdict)
            oracle.open_dispute(verdict.task_id, EVIDENCE, sender=challenger)
            boa.env.time_travel(seconds=seconds - 1)
            with refused("verdict: dispute is open", books):
                oracle.finalise(verdict.as_tuple())
            boa.env.time_travel(seconds=1)
            with refused("verdict: ruling is too late", books):
                rule(oracle, verdict, True, sender=arbitrator)
            oracle.finalise(verdict.as_tuple())

            assert oracle.phase_of(verdict.task_id) == 6


def test_slash_operator__slash_changed__each_task_costs_its_own(
    oracle, old, new, post, operators, challenger, fund_stake, arbitrator
):
    fund_stake(challenger, NEW_BOND)
    for verdict, loss in ((old, STAKE // 5), (new, STAKE // 4)):
        with boa.env.anchor():
            post(verdict)
            oracle.open_dispute(verdict.task_id, EVIDENCE, sender=challenger)
            rule(oracle, verdict, True, sender=arbitrator)
            signature = sign_all(verdict, oracle, operators)[0]
            oracle.slash_operator(verdict.as_tuple(), signature)

            assert oracle.operator_of(operators[0].address).stake == STAKE - loss
