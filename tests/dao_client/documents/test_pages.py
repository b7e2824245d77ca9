import pytest

from dao_client.canonical import from_canonical, to_canonical
from dao_client.documents import (
    ChoiceAnswer,
    Item,
    ItemsPage,
    LabelRow,
    PayoutRow,
    Text,
    build_forced,
    build_items,
    build_labels,
    build_payouts,
    build_task,
    check_answers,
    join_forced,
    join_items,
    join_labels,
    join_payouts,
    join_stakes,
    join_submissions,
    kind_of,
    parse_acceptance,
    parse_items,
    parse_labels,
    parse_payouts,
)
from dao_client.documents.pages import ENVELOPE_BYTES, paginate
from dao_client.errors import MalformedDocument
from dao_client.types import Answer
from ipfs_store import MAX_BLOCK_BYTES
from tests.dao_client.documents.examples import (
    ANSWERS,
    ENTRY,
    FORCED,
    ITEMS,
    PAGE,
    SUBMISSION,
    TASK,
    WORKER,
)

pytestmark = pytest.mark.unit

HALF = "x" * (MAX_BLOCK_BYTES // 2 - 200)


def test_paginate__entries_of_half_a_block__puts_two_on_each_page() -> None:
    pages = paginate([HALF] * 5)

    assert [len(page) for page in pages] == [2, 2, 1]


def test_paginate__many_small_entries__fills_a_page_to_the_brim() -> None:
    first, _ = paginate([""] * 400_000)

    assert len(to_canonical(first)) == MAX_BLOCK_BYTES - ENVELOPE_BYTES + 1


def test_paginate__entry_larger_than_a_block__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="fit a page, shorten it or link it by CID"):
        paginate(["x" * MAX_BLOCK_BYTES])


def test_build_items__more_than_a_block__counts_on_over_the_pages() -> None:
    items = [Item(str(number), Text(HALF)) for number in range(5)]

    blocks = build_items(items)

    assert [parse_items(block).first for block in blocks] == [0, 2, 4]
    assert all(len(block) <= MAX_BLOCK_BYTES for block in blocks)
    assert join_items(map(parse_items, blocks), 5) == tuple(items)


def test_build_labels__more_than_a_block__joins_again() -> None:
    rows = tuple(LabelRow(item, HALF, 1) for item in range(3))

    blocks = build_labels(rows)

    assert len(blocks) == 2
    assert join_labels(map(parse_labels, blocks)) == rows
    with pytest.raises(MalformedDocument, match=r"\$\.rows\[1\]\[0\] = 0: must be greater than 2"):
        join_labels(map(parse_labels, reversed(blocks)))


def test_join_items__a_page_left_out__is_refused() -> None:
    with pytest.raises(MalformedDocument, match=r"page 0 \$\.first = 2: must be 0"):
        join_items([ItemsPage(2, ITEMS)], 4)


def test_join_items__fewer_than_the_task_says__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="all pages = 2: the task document says 3 items"):
        join_items([ItemsPage(0, ITEMS)], 3)


def test_join_items__one_id_on_two_pages__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="'a': another item has this id"):
        join_items([ItemsPage(0, ITEMS), ItemsPage(2, ITEMS)], 4)


def test_build_items__one_id_twice__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="'a': another item has this id"):
        build_items([ITEMS[0], ITEMS[0]])


def test_build_payouts__pay_held_as_stake__has_a_fourth_column_and_reads_back() -> None:
    rows = (PayoutRow(0, WORKER, 7), PayoutRow(1, WORKER, 5, 1_000))

    (block,) = build_payouts(rows)

    columns = from_canonical(block)["rows"]
    assert columns == [[0, WORKER, "7"], [1, WORKER, "5", "1000"]]
    assert parse_payouts(block) == rows


def test_build_payouts__seat_of_nothing__is_refused() -> None:
    with pytest.raises(MalformedDocument, match=r"\$\.rows\[0\]\[3\] = '0'"):
        build_payouts([PayoutRow(0, WORKER, 5, 0)])


def test_join_payouts__an_index_left_out__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="row 0 of all pages = 1: is not its place"):
        join_payouts([(PayoutRow(1, WORKER, 1),)])


def test_join_stakes__an_account_on_two_pages__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="an earlier page has this account"):
        join_stakes([{WORKER: 1}, {WORKER: 2}])


def test_join_submissions__another_number_of_answers__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="all pages = 2: the batch document says 3 answers"):
        join_submissions([(ENTRY,)], 3)


def test_join_forced__an_event_twice__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="each event stands once, ascending"):
        join_forced([(FORCED,), (FORCED,)])
    with pytest.raises(MalformedDocument, match="each event stands once, ascending"):
        build_forced([FORCED, FORCED])


def test_check_answers__all_within_the_task__are_accepted() -> None:
    check_answers(ANSWERS, TASK)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Answer(2, "1", bytes(32)), "answers document, $.answers[0].item = 2: the task has 2"),
        (Answer(1, "7", bytes(32)), "$.answers[0].answer = '7': answer one of 0, 1"),
        (Answer(1, 1, bytes(32)), "$.answers[0].answer = 1: answer one of 0, 1"),
    ],
)
def test_check_answers__outside_the_task__is_refused(answer: Answer, text: str) -> None:
    document = type(ANSWERS)(7, 0, WORKER, (answer,))

    with pytest.raises(MalformedDocument) as refusal:
        check_answers(document, TASK)

    assert text in str(refusal.value)


def test_accepts__a_value_of_another_type__is_false() -> None:
    spec = ChoiceAnswer(("1", "true"))

    assert spec.accepts("1")
    assert not any(spec.accepts(value) for value in (1, True, None, ["1"], {"1": 1}, "0"))


@pytest.mark.parametrize("block", [b"\x89PNG", b"[]", b"{}", b'{"schema":"tessera/task/9"}'])
def test_kind_of__no_document_of_ours__is_none(block: bytes) -> None:
    assert kind_of(block) is None


def test_build_task__a_value_that_parse_would_refuse__is_refused() -> None:
    task = type(TASK)("", "", TASK.answer, 1, 1, (PAGE,), TASK.method, 0)

    with pytest.raises(MalformedDocument, match=r"task document, \$\.title = ''"):
        build_task(task)


@pytest.mark.parametrize("body", [None, {}, [], {"submission_hash": "0x", "receipt": {}}])
def test_parse_acceptance__anything_else__is_refused(body: object) -> None:
    with pytest.raises(MalformedDocument, match="acceptance document"):
        parse_acceptance(body)


def test_parse_acceptance__receipt_of_another_submission__is_refused() -> None:
    word = "0x" + "01" * 32
    receipt = {"submissionHash": word, "receivedAt": 1, "anchorBy": SUBMISSION.deadline}
    body = {"submission_hash": "0x" + "02" * 32, "receipt": receipt, "receipt_signature": "0x"}

    with pytest.raises(MalformedDocument, match=f"the receipt is for {word}"):
        parse_acceptance(body)
