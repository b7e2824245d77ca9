"""A document that is not exactly what its kind says is refused, with kind, place and value."""

from typing import Any

import pytest

from dao_client.canonical import to_canonical
from dao_client.documents import (
    Kind,
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
from dao_client.errors import MalformedDocument
from ipfs_store import MAX_BLOCK_BYTES
from tests.dao_client.documents.examples import BLOCKS, PAGE, WORKER, changed

pytestmark = pytest.mark.unit

PARSERS = {
    Kind.TASK: parse_task,
    Kind.ITEMS: parse_items,
    Kind.ANSWERS: parse_answers,
    Kind.BATCH: parse_batch,
    Kind.SUBMISSIONS: parse_submissions,
    Kind.SNAPSHOT: parse_snapshot,
    Kind.FORCED: parse_forced,
    Kind.STAKES: parse_stakes,
    Kind.MISSING: parse_missing,
    Kind.VERDICT: parse_verdict,
    Kind.LABELS: parse_labels,
    Kind.PAYOUTS: parse_payouts,
    Kind.REFUSALS: parse_refusals,
}
EVERY_KIND = pytest.mark.parametrize("kind", PARSERS)


def refusal_of(kind: Kind, block: bytes) -> str:
    with pytest.raises(MalformedDocument) as refusal:
        PARSERS[kind](block)
    return str(refusal.value)


@EVERY_KIND
def test_parse__the_example__is_read(kind: Kind) -> None:
    assert PARSERS[kind](BLOCKS[kind])


@EVERY_KIND
def test_parse__unknown_version__is_refused(kind: Kind) -> None:
    block = changed(BLOCKS[kind], "schema", f"tessera/{kind}/2")

    text = f"{kind} document, $.schema = 'tessera/{kind}/2': this release reads 'tessera/{kind}/1'"
    assert refusal_of(kind, block) == text


@EVERY_KIND
def test_parse__unknown_member__is_refused(kind: Kind) -> None:
    block = changed(BLOCKS[kind], "extra", 1)

    assert "$ = " in refusal_of(kind, block)
    assert "'extra' was unexpected" in refusal_of(kind, block)


@EVERY_KIND
def test_parse__not_canonical__is_refused(kind: Kind) -> None:
    text = refusal_of(kind, BLOCKS[kind] + b"\n")

    assert text.startswith(f"{kind} document: JSON b'")
    assert "is not canonical" in text


@EVERY_KIND
def test_parse__member_twice__is_refused(kind: Kind) -> None:
    block = BLOCKS[kind][:-1] + b',"schema":"x"}'

    assert refusal_of(kind, block) == (
        f"{kind} document: JSON object has the member 'schema' twice"
    )


@EVERY_KIND
def test_parse__no_object__is_refused(kind: Kind) -> None:
    assert refusal_of(kind, b"[]") == f"{kind} document, $ = []: must be an object"


@EVERY_KIND
def test_parse__more_than_a_block__is_refused(kind: Kind) -> None:
    block = to_canonical("x" * MAX_BLOCK_BYTES)

    assert refusal_of(kind, block) == (
        f"{kind} document, $ = '1048578 bytes': a block holds 1048576 bytes: split it"
    )


NUMBER = str(2**256)
FALSE_WORKER = WORKER.lower()


@pytest.mark.parametrize(
    ("kind", "path", "value", "text"),
    [
        (Kind.TASK, "title", ..., "'title' is a required property"),
        (Kind.TASK, "title", 5, "$.title = 5: 5 is not of type 'string'"),
        (Kind.TASK, "title", "x" * 201, "maxLength must be 200"),
        (Kind.TASK, "overlap", 0, "$.overlap = 0: 0 is less than the minimum of 1"),
        (Kind.TASK, "overlap", True, "$.overlap = True: True is not of type 'integer'"),
        (Kind.TASK, "answer.type", "free", "'choice' was expected"),
        (Kind.TASK, "answer.labels", ["a"], "$.answer.labels = ['a']: ['a'] is too short"),
        (Kind.TASK, "answer.labels", ["a", "a"], "has non-unique elements"),
        (Kind.TASK, "seat_size", "01", "$.seat_size = '01'"),
        (Kind.TASK, "seat_size", "1\n", "$.seat_size = '1\\n'"),
        (Kind.TASK, "seat_size", NUMBER, "is not a 'uint256'"),
        (Kind.TASK, "seat_size", 1, "1 is not of type 'string'"),
        (Kind.TASK, "pages", [], "$.pages = []"),
        (Kind.TASK, "pages.0", PAGE.upper(), "does not match"),
        (Kind.TASK, "pages.0", PAGE + "\n", "$.pages[0] = "),
        (Kind.TASK, "method.version", ..., "'version' is a required property"),
        (Kind.ITEMS, "items.1.id", "a", "$.items[1].id = 'a': another item has this id"),
        (Kind.ITEMS, "items.0.content.image", PAGE, "has too many properties"),
        (Kind.ITEMS, "items.0.content", {}, "$.items[0].content = {}"),
        (Kind.ITEMS, "first", -1, "-1 is less than the minimum of 0"),
        (Kind.ANSWERS, "worker", FALSE_WORKER, "is not a 'address'"),
        (Kind.ANSWERS, "answers", [], "$.answers = []"),
        (Kind.ANSWERS, "answers.1.item", 0, "$.answers[1].item = 0: is answered twice"),
        (Kind.ANSWERS, "answers.0.item", 5, "$.answers[1].item = 1: must come before 5"),
        (Kind.ANSWERS, "answers.0.salt", "0x01", "$.answers[0].salt = '0x01'"),
        (Kind.BATCH, "answers", "2", "'2' is not of type 'integer'"),
        (Kind.SUBMISSIONS, "submissions.0.signature", "0x0", "does not match"),
        (Kind.SUBMISSIONS, "submissions.0.signature", "0x00\n", "is not a 'line'"),
        (Kind.SUBMISSIONS, "submissions.0.answer_count", 0, "less than the minimum of 1"),
        (Kind.SUBMISSIONS, "submissions.0.submission.deadline", 2**53 - 1, None),
        (Kind.SNAPSHOT, "block.hash", "0x" + "AB" * 32, "$.block.hash = "),
        (Kind.SNAPSHOT, "batches.0.root", "0x" + "0" * 64 + "\n", "$.batches[0].root = "),
        (Kind.STAKES, "stakes", {}, "$.stakes = {}"),
        (Kind.STAKES, "stakes", {FALSE_WORKER: "1"}, "is not a 'address'"),
        (Kind.MISSING, "missing", [PAGE, PAGE], f"must come before {PAGE}, and once"),
        (Kind.VERDICT, "labels", [1], "$.labels[0] = 1"),
        (Kind.LABELS, "rows.1.0", 0, "labels document, $.rows[1][0] = 0: must be greater than 0"),
        (Kind.LABELS, "rows.0.2", 10_001, "greater than the maximum of 10000"),
        (Kind.LABELS, "rows.0", [0, "1"], "$.rows[0] = [0, '1']"),
        (Kind.PAYOUTS, "rows.0.2", "-1", "$.rows[0][2] = '-1'"),
        (Kind.PAYOUTS, "rows.0.1", FALSE_WORKER, "is not a 'address'"),
        (Kind.REFUSALS, "rows.0.2", "all", "$.rows[0][2] = 'all'"),
        (Kind.REFUSALS, "rows.0.3", "", "$.rows[0][3] = ''"),
    ],
)
def test_parse__one_wrong_value__is_refused_with_its_place(
    kind: Kind, path: str, value: Any, text: str | None
) -> None:
    block = changed(BLOCKS[kind], path, value)

    if text is None:
        assert PARSERS[kind](block)
    else:
        assert text in refusal_of(kind, block)


def test_parse__a_huge_wrong_value__is_refused_in_few_words() -> None:
    block = changed(BLOCKS[Kind.TASK], "title", ["x" * 100_000])

    assert len(refusal_of(Kind.TASK, block)) < 250
