"""What is written can be read, is canonical, and does not depend on the order it was given in."""

import random
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from dao_client.canonical import from_canonical, to_canonical
from dao_client.documents import (
    Acceptance,
    Kind,
    SubmissionRequest,
    build_answers,
    build_batch,
    build_forced,
    build_items,
    build_labels,
    build_missing,
    build_payouts,
    build_refusals,
    build_request,
    build_snapshot,
    build_stakes,
    build_submissions,
    build_task,
    build_verdict,
    join_forced,
    join_items,
    join_labels,
    join_missing,
    join_payouts,
    join_stakes,
    join_submissions,
    kind_of,
    parse_acceptance,
    parse_answers,
    parse_batch,
    parse_forced,
    parse_items,
    parse_labels,
    parse_missing,
    parse_payouts,
    parse_refusals,
    parse_snapshot,
    parse_stakes,
    parse_submissions,
    parse_task,
    parse_verdict,
)
from dao_client.documents.submissions import read_submission, write_receipt
from dao_client.documents.values import from_hex, to_hex
from ipfs_store import MAX_BLOCK_BYTES
from tests.dao_client import strategies

pytestmark = pytest.mark.unit

SINGLE = {
    Kind.TASK: (strategies.tasks, build_task, parse_task),
    Kind.ANSWERS: (strategies.answers_documents, build_answers, parse_answers),
    Kind.BATCH: (strategies.batches, build_batch, parse_batch),
    Kind.SNAPSHOT: (strategies.snapshots, build_snapshot, parse_snapshot),
    Kind.VERDICT: (strategies.verdict_documents, build_verdict, parse_verdict),
}
SORTED = {
    Kind.FORCED: (
        strategies.forced,
        build_forced,
        parse_forced,
        lambda entry: (entry.block_number, entry.log_index),
    ),
    Kind.LABELS: (strategies.label_rows, build_labels, parse_labels, lambda row: row.item),
    Kind.PAYOUTS: (strategies.payout_rows, build_payouts, parse_payouts, lambda row: row.index),
}


def assert_canonical(kind: Kind, block: bytes) -> None:
    assert to_canonical(from_canonical(block)) == block
    assert kind_of(block) is kind
    assert len(block) <= MAX_BLOCK_BYTES


@pytest.mark.parametrize("kind", SINGLE)
@given(chance=st.data())
@settings(max_examples=30, deadline=None)
def test_parse__what_build_wrote__gives_the_document_back(kind: Kind, chance: Any) -> None:
    values, build, parse = SINGLE[kind]
    document = chance.draw(values)

    block = build(document)

    assert parse(block) == document
    assert_canonical(kind, block)


@pytest.mark.parametrize("kind", SORTED)
@given(chance=st.data())
@settings(max_examples=30, deadline=None)
def test_build__rows_in_any_order__writes_the_same_pages(kind: Kind, chance: Any) -> None:
    values, build, parse, key = SORTED[kind]
    rows = chance.draw(values)
    shuffled = list(rows)
    chance.draw(st.randoms()).shuffle(shuffled)

    (block,) = build(shuffled)

    assert build(rows) == (block,)
    assert parse(block) == tuple(sorted(rows, key=key))
    assert_canonical(kind, block)


@given(strategies.answers_documents, st.randoms())
@settings(max_examples=30, deadline=None)
def test_build_answers__answers_in_any_order__writes_the_same_block(
    document: Any, chance: random.Random
) -> None:
    shuffled = list(document.answers)
    chance.shuffle(shuffled)
    other = type(document)(
        document.task_id, document.assignment_id, document.worker, tuple(shuffled)
    )

    assert build_answers(other) == build_answers(document)


@given(strategies.items)
@settings(max_examples=30, deadline=None)
def test_join_items__pages_of_items__gives_the_items_back(items: Any) -> None:
    blocks = build_items(items)

    assert join_items(map(parse_items, blocks), len(items)) == tuple(items)
    assert_canonical(Kind.ITEMS, blocks[0])


@given(strategies.entries)
@settings(max_examples=30, deadline=None)
def test_join_submissions__pages_of_submissions__gives_them_back(entries: Any) -> None:
    blocks = build_submissions(entries)

    answers = sum(entry.answer_count for entry in entries)
    assert join_submissions(map(parse_submissions, blocks), answers) == tuple(entries)
    assert_canonical(Kind.SUBMISSIONS, blocks[0])


@given(strategies.stakes)
@settings(max_examples=30, deadline=None)
def test_join_stakes__pages_of_stakes__gives_them_back(stakes: Any) -> None:
    blocks = build_stakes(stakes)

    assert join_stakes(map(parse_stakes, blocks)) == stakes
    assert build_stakes(dict(reversed(stakes.items()))) == blocks
    assert_canonical(Kind.STAKES, blocks[0])


@given(st.lists(strategies.cids, min_size=1, max_size=5), st.randoms())
@settings(max_examples=30, deadline=None)
def test_build_missing__cids_in_any_order_or_twice__writes_the_same_page(
    missing: Any, chance: random.Random
) -> None:
    blocks = build_missing(missing)

    chance.shuffle(missing)
    assert build_missing([*missing, *missing]) == blocks
    assert join_missing(map(parse_missing, blocks)) == tuple(sorted(set(missing)))
    assert_canonical(Kind.MISSING, blocks[0])


@given(strategies.refusal_rows)
@settings(max_examples=30, deadline=None)
def test_parse_refusals__what_build_wrote__gives_them_back_in_order(rows: Any) -> None:
    (block,) = build_refusals(rows)

    assert parse_refusals(block) == tuple(rows)
    assert_canonical(Kind.REFUSALS, block)


@given(strategies.submissions, strategies.signatures, strategies.answers_documents)
@settings(max_examples=30, deadline=None)
def test_build_request__any_submission__holds_what_was_signed_and_the_sealed_document(
    submission: Any, signature: bytes, document: Any
) -> None:
    block = build_answers(document)

    body = build_request(SubmissionRequest(submission, signature, block))

    assert read_submission(body["submission"]) == submission
    assert from_hex(body["signature"]) == signature
    assert to_canonical(body["sealed"]) == block


@given(strategies.receipts, strategies.signatures)
@settings(max_examples=30, deadline=None)
def test_parse_acceptance__a_signed_receipt__is_read(receipt: Any, signature: bytes) -> None:
    body = {
        "submission_hash": to_hex(receipt.submission_hash),
        "receipt": write_receipt(receipt),
        "receipt_signature": to_hex(signature),
    }

    assert parse_acceptance(body) == Acceptance(receipt, signature)


@pytest.mark.parametrize(
    "build", [build_items, build_submissions, build_forced, build_labels, build_refusals]
)
def test_build__nothing__writes_no_page(build: Any) -> None:
    assert build([]) == ()
    assert build_stakes({}) == ()
    assert join_labels([]) == join_payouts([]) == join_forced([]) == ()
