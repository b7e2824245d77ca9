"""post_verdict: what may be posted, and when; who must have signed is in test_quorum.py."""

from dataclasses import replace

import boa
import pytest
from eth_utils import keccak

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import ZERO
from tests.contracts.verdict_oracle.verdicts import (
    DOCUMENT,
    EVIDENCE,
    GRACE,
    REVEAL_ENDS,
    VALUES,
    VERDICT_ENDS,
    message_of,
    sign_all,
)

pytestmark = pytest.mark.chain


def test_hash_verdict__any__is_the_typed_data_hash(oracle, verdict):
    message = message_of(verdict, oracle)

    digest = keccak(b"\x19" + message.version + message.header + message.body)
    assert oracle.hash_verdict(verdict.as_tuple()) == digest


def test_post_verdict__all_signatures__is_stored(oracle, posted):
    record = oracle.verdict_of(posted.task_id)

    assert record.digest == oracle.hash_verdict(posted.as_tuple())
    assert (record.posted_at, record.reopened_at) == (boa.env.timestamp, 0)


def test_post_verdict__success__is_logged_once(oracle, closed_task, verdict, signatures):
    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)

    fields = dict(vars(verdict)) | {"document": DOCUMENT}
    assert last_events(oracle) == [("VerdictPosted", fields)]


def test_post_verdict__last_second__is_taken(oracle, task, verdict, signatures):
    boa.env.time_travel(seconds=VERDICT_ENDS + GRACE - 1)

    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)

    assert oracle.verdict_of(task).digest != ZERO


def test_post_verdict__largest_payout__is_taken(oracle, closed_task, verdict, operators, escrow):
    largest = replace(
        verdict, total_payout=escrow.settlement_terms(closed_task, VALUES.protocol_fee_bps)[2]
    )
    signatures = sign_all(largest, oracle, operators)

    oracle.post_verdict(largest.as_tuple(), DOCUMENT, signatures)

    assert oracle.verdict_of(closed_task).digest != ZERO


@pytest.mark.parametrize("name", ["labels_root", "payouts_root", "slashes_root"])
def test_post_verdict__zero_root__is_refused(oracle, closed_task, verdict, operators, books, name):
    empty = replace(verdict, **{name: ZERO})

    with refused("verdict: zero root", books):
        oracle.post_verdict(empty.as_tuple(), DOCUMENT, sign_all(empty, oracle, operators))


def test_post_verdict__root_that_the_escrow_could_not_keep__is_refused(
    oracle, closed_task, verdict, operators, books
):
    short = replace(verdict, payouts_root=bytes(20) + b"\xff" * 12)

    with refused("verdict: zero root", books):
        oracle.post_verdict(short.as_tuple(), DOCUMENT, sign_all(short, oracle, operators))


def test_post_verdict__by_a_stranger_with_another_document__is_refused(
    oracle, closed_task, verdict, signatures, stranger, books
):
    with refused("verdict: not an operator", books):
        oracle.post_verdict(verdict.as_tuple(), EVIDENCE, signatures, sender=stranger)


def test_post_verdict__by_a_retired_operator__is_refused(
    oracle, closed_task, verdict, operators, signatures, books
):
    oracle.retire_operator(sender=operators[2].address)

    with refused("verdict: not an operator", books):
        oracle.post_verdict(
            verdict.as_tuple(), DOCUMENT, signatures[:2], sender=operators[2].address
        )


def test_post_verdict__more_than_the_budget_pays__is_refused(
    oracle, closed_task, verdict, operators, escrow, books
):
    greedy = replace(
        verdict, total_payout=escrow.settlement_terms(closed_task, VALUES.protocol_fee_bps)[2] + 1
    )

    with refused("verdict: exceeds the budget", books):
        oracle.post_verdict(greedy.as_tuple(), DOCUMENT, sign_all(greedy, oracle, operators))


def test_post_verdict__before_the_reveal_ends__is_refused(oracle, task, verdict, signatures, books):
    boa.env.time_travel(seconds=REVEAL_ENDS - 1)

    with refused("verdict: answers still revealed", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)


def test_post_verdict__after_the_grace__is_refused(oracle, task, verdict, signatures, books):
    boa.env.time_travel(seconds=VERDICT_ENDS + GRACE)

    with refused("verdict: too late", books):
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)


def test_post_verdict__twice__is_refused(oracle, posted, signatures, books):
    with refused("verdict: a verdict is live", books):
        oracle.post_verdict(posted.as_tuple(), DOCUMENT, signatures)


def test_post_verdict__another_while_one_lives__is_refused(oracle, posted, operators, books):
    rival = replace(posted, total_payout=1)

    with refused("verdict: a verdict is live", books):
        oracle.post_verdict(rival.as_tuple(), DOCUMENT, sign_all(rival, oracle, operators))


def test_post_verdict__unknown_task__is_refused(oracle, verdict, operators, books):
    unknown = replace(verdict, task_id=9)

    with refused("escrow: unknown task", books):
        oracle.post_verdict(unknown.as_tuple(), DOCUMENT, sign_all(unknown, oracle, operators))


def test_post_verdict__struck_down_before__is_refused(oracle, struck, signatures, books):
    with refused("verdict: was rejected", books):
        oracle.post_verdict(struck.as_tuple(), DOCUMENT, signatures)


def test_post_verdict__better_one_after_a_ruling__is_taken(oracle, struck, operators):
    better = replace(struck, total_payout=1)

    oracle.post_verdict(better.as_tuple(), DOCUMENT, sign_all(better, oracle, operators))

    assert oracle.verdict_of(struck.task_id).digest == oracle.hash_verdict(better.as_tuple())


def test_post_verdict__better_one_after_the_new_grace__is_refused(oracle, struck, operators, books):
    better = replace(struck, total_payout=1)
    boa.env.time_travel(seconds=GRACE)

    with refused("verdict: too late", books):
        oracle.post_verdict(better.as_tuple(), DOCUMENT, sign_all(better, oracle, operators))
