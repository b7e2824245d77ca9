"""post_verdict: who signed what, for which task, on which chain."""

from dataclasses import replace

import boa
import pytest
from eth_account import Account
from eth_utils import keccak

from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import ZERO
from tests.contracts.verdict_oracle.verdicts import (
    DOCUMENT,
    STAKE,
    VALUES,
    malleate,
    sign,
)
from tests.system import OTHER_METHOD

pytestmark = pytest.mark.chain

LARGEST_REST = 2 * STAKE * 10_000 // VALUES.operator_quorum_bps - 2 * STAKE
"""The largest stake of a third operator beside which two are a quorum."""


def test_post_verdict__two_of_three__is_enough(oracle, closed_task, verdict, signatures):
    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures[1:])

    assert oracle.verdict_of(closed_task).digest != ZERO


def test_post_verdict__one_of_three__is_refused(oracle, closed_task, verdict, signatures, books):
    with refused("verdict: too little stake", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures[:1])


def test_post_verdict__exactly_the_quorum__is_enough(
    oracle, closed_task, verdict, operators, signatures
):
    oracle.register_operator(LARGEST_REST - STAKE, sender=operators[2].address)

    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures[:2])

    assert oracle.verdict_of(closed_task).digest != ZERO


def test_post_verdict__one_wei_short_of_two_thirds__is_refused(
    oracle, closed_task, verdict, operators, signatures, books
):
    oracle.register_operator(LARGEST_REST - STAKE + 1, sender=operators[2].address)

    with refused("verdict: too little stake", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures[:2])


def test_post_verdict__no_signatures__is_refused(oracle, closed_task, verdict, books):
    with refused("verdict: too little stake", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, [])


def test_post_verdict__no_operators_left__is_refused(
    oracle, closed_task, verdict, operators, books
):
    for operator in operators:
        oracle.retire_operator(sender=operator.address)

    with refused("verdict: too little stake", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, [])


def test_post_verdict__same_signer_twice__is_refused(
    oracle, closed_task, verdict, signatures, books
):
    with refused("verdict: signers not ascending", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, [signatures[0], signatures[0]])


def test_post_verdict__unsorted_signers__are_refused(
    oracle, closed_task, verdict, signatures, books
):
    with refused("verdict: signers not ascending", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures[::-1])


def test_post_verdict__unknown_signer__is_refused(oracle, closed_task, verdict, books):
    non_operator = Account.from_key(keccak(text="non_operator"))

    with refused("operators: unknown operator", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, [sign(verdict, oracle, non_operator)])


def test_post_verdict__retired_signer__is_refused(
    oracle, closed_task, verdict, operators, signatures, books
):
    oracle.retire_operator(sender=operators[0].address)

    with refused("operators: retired", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)


def test_post_verdict__malleable_signature__is_refused(
    oracle, closed_task, verdict, signatures, books
):
    with refused("ecdsa: invalid signature `s` value", books):
        oracle.post_verdict(
            verdict.as_tuple(), DOCUMENT, [malleate(signatures[0]), *signatures[1:]]
        )


@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        (b"", "verdict: bad signature length"),
        (b"\1" * 64, "verdict: bad signature length"),
        (b"\1" * 64 + b"\x1d", "ecdsa: invalid signature"),
    ],
)
def test_post_verdict__broken_signature__is_refused(
    oracle, closed_task, verdict, books, signature, reason
):
    with refused(reason, books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, [signature])


@pytest.mark.parametrize(
    "domain",
    [
        {"chainId": 1337_1337},
        {"verifyingContract": "0x" + "11" * 20},
        {"name": "Tesserae"},
        {"version": "2"},
    ],
    ids=["chain", "contract", "name", "version"],
)
def test_post_verdict__signed_for_another_domain__is_refused(
    oracle, closed_task, verdict, operators, books, domain
):
    foreign = sign(verdict, oracle, operators[0], **domain)

    with refused("operators: unknown operator", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, [foreign])


@pytest.mark.parametrize(
    "change",
    [
        {"input_digest": DOCUMENT},
        {"labels_root": DOCUMENT},
        {"payouts_root": DOCUMENT},
        {"slashes_root": DOCUMENT},
        {"total_payout": 80_001},
        {"method_hash": OTHER_METHOD},
    ],
)
def test_post_verdict__anything_changed_after_signing__is_refused(
    oracle, closed_task, verdict, signatures, books, change
):
    with refused("operators: unknown operator", books):
        oracle.post_verdict(replace(verdict, **change).as_tuple(), DOCUMENT, signatures[:1])


def test_post_verdict__signed_for_another_task__is_refused(
    oracle, escrow, payment_token, gateway, requester, closed_task, verdict, signatures, books
):
    state = escrow.task_of(closed_task)
    terms = (payment_token.address, gateway, 1, 10**5, DOCUMENT, boa.env.timestamp + 1, 3600, 3600)
    other = escrow.create_task(terms, sender=requester)
    boa.env.time_travel(seconds=3_601)

    with refused("operators: unknown operator", books):
        oracle.post_verdict(replace(verdict, task_id=other).as_tuple(), DOCUMENT, signatures[:1])

    assert escrow.task_of(closed_task) == state


def test_total_operator_stake__nobody_moved__is_three_stakes(oracle):
    assert oracle.total_operator_stake() == 3 * STAKE
