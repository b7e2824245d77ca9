"""The draw of a worker's next items: open ones only, the same for everybody who asks."""

import httpx
import pytest
from hypothesis import given, strategies as st

from dao_client.assigning import Counts, draw_items, open_items, read_counts
from dao_client.errors import GatewayRefused
from dao_client.gateway import GatewayClient
from dao_client.types import Address, TaskId

pytestmark = pytest.mark.unit

WORKER, OTHER = Address("0x" + "ab" * 20), Address("0x" + "cd" * 20)
TASK = TaskId(3)
SEED = b"\x07" * 32
REPLY = {
    "task_id": 3,
    "item_count": 5,
    "overlap": 2,
    "overlap_most": 4,
    "counts": [
        {"item": 0, "answers": 2, "anchored": 2},
        {"item": 1, "answers": 1, "anchored": 0},
        {"item": 2, "answers": 3, "anchored": 2},
        {"item": 4, "answers": 4, "anchored": 3},
    ],
    "answered": [3],
}


def gateway(reply) -> GatewayClient:
    return GatewayClient(
        "http://gateway.example",
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json=reply)),
    )


@pytest.fixture
def counts() -> Counts:
    return read_counts(gateway(REPLY), TASK, WORKER)


def test_read_counts__older_gateway__is_refused():
    with pytest.raises(GatewayRefused, match="is it of an older release"):
        read_counts(gateway({"rows": []}), TASK, WORKER)


def test_open_items__without_an_operator__are_below_the_first_overlap(counts):
    assert open_items(counts, None) == [1]


def test_open_items__operator__opens_contested_items_and_keeps_settled_ones_shut(counts):
    assert open_items(counts, {0: 2, 1: 2, 2: 2}) == [0, 1, 2]
    assert open_items(counts, {}) == []


def test_open_items__answers_on_their_way__count_for_what_the_operator_wants(counts):
    assert open_items(counts, {1: 1, 2: 1}) == []


def test_open_items__operator_that_wants_too_much__stops_at_the_most(counts):
    assert open_items(counts, {4: 100}) == []


def test_open_items__own_items__are_never_given_again(counts):
    assert open_items(counts, {3: 2}) == []


def test_draw_items__fixed_vector__stays_the_same_for_ever():
    assert draw_items(SEED, range(10), WORKER, TASK, 4) == [0, 7, 5, 6]


items = st.sets(st.integers(0, 10_000), max_size=40)


@given(items, st.integers(1, 10), st.integers(1, 10))
def test_draw_items__one_after_the_other__are_the_same_as_at_once(found, first, second):
    at_once = draw_items(SEED, found, WORKER, TASK, first + second)

    before = draw_items(SEED, found, WORKER, TASK, first)
    after = draw_items(SEED, found - set(before), WORKER, TASK, second)

    assert before + after == at_once


@given(items, st.integers(0, 10_000))
def test_draw_items__item_that_fills_up__moves_no_other(found, full):
    whole = draw_items(SEED, found, WORKER, TASK, len(found) or 1)

    left = draw_items(SEED, found - {full}, WORKER, TASK, len(found) or 1)

    assert left == [item for item in whole if item != full]


def test_draw_items__other_worker_task_or_block__is_another_order():
    mine = draw_items(SEED, range(30), WORKER, TASK, 30)

    assert sorted(mine) == list(range(30))
    assert mine != draw_items(SEED, range(30), OTHER, TASK, 30)
    assert mine != draw_items(SEED, range(30), WORKER, TaskId(4), 30)
    assert mine != draw_items(bytes(32), range(30), WORKER, TASK, 30)
