"""slash_operator: signing a struck-down verdict costs a share of the stake, once."""

from dataclasses import replace

import pytest
from eth_account import Account
from eth_utils import keccak

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.verdict_oracle.verdicts import STAKE, malleate, sign

pytestmark = pytest.mark.chain

LOSS = STAKE // 5


def test_slash_operator__signed_a_struck_down_verdict__loses_a_fifth(
    oracle, struck, signatures, operators, staking, tes, challenger
):
    operator = operators[0].address

    oracle.slash_operator(struck.as_tuple(), signatures[0])

    fields = {"operator": operator, "task_id": struck.task_id, "amount": LOSS}
    assert last_events(oracle) == [("OperatorSlashed", fields)]
    assert oracle.operator_of(operator) == (STAKE - LOSS, 0)
    assert oracle.total_operator_stake() == 3 * STAKE - LOSS
    assert staking.stake_of(tes, operator) == 2 * STAKE - LOSS
    assert staking.lock_of(tes, operator) == STAKE - LOSS
    assert staking.credit_of(tes, challenger) == LOSS // 2


def test_slash_operator__all_signers__lose_the_same(oracle, struck, signatures):
    for signature in signatures:
        oracle.slash_operator(struck.as_tuple(), signature)

    assert oracle.total_operator_stake() == 3 * (STAKE - LOSS)


def test_slash_operator__retired_meanwhile__loses_too(
    oracle, struck, signatures, operators, staking, tes
):
    operator = operators[0].address
    oracle.retire_operator(sender=operator)

    oracle.slash_operator(struck.as_tuple(), signatures[0])

    assert oracle.operator_of(operator).stake == STAKE - LOSS
    assert oracle.total_operator_stake() == 2 * STAKE
    assert staking.lock_of(tes, operator) == STAKE - LOSS


def test_slash_operator__twice__is_refused(oracle, struck, signatures, books):
    oracle.slash_operator(struck.as_tuple(), signatures[0])

    with refused("verdict: already slashed", books):
        oracle.slash_operator(struck.as_tuple(), signatures[0])


def test_slash_operator__malleable_copy__is_refused(oracle, struck, signatures, books):
    with refused("ecdsa: invalid signature `s` value", books):
        oracle.slash_operator(struck.as_tuple(), malleate(signatures[0]))


def test_slash_operator__live_verdict__is_refused(oracle, disputed, signatures, books):
    with refused("verdict: not rejected", books):
        oracle.slash_operator(disputed.as_tuple(), signatures[0])


def test_slash_operator__other_verdict__is_refused(oracle, struck, operators, books):
    other = replace(struck, total_payout=1)

    with refused("verdict: not rejected", books):
        oracle.slash_operator(other.as_tuple(), sign(other, oracle, operators[0]))


def test_slash_operator__no_operator_signed__is_refused(oracle, struck, books):
    non_operator = Account.from_key(keccak(text="non_operator"))

    with refused("operators: unknown operator", books):
        oracle.slash_operator(struck.as_tuple(), sign(struck, oracle, non_operator))
