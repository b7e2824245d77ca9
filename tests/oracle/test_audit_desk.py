"""What jurors see of a draw."""

from dataclasses import replace

import pytest

from dao_client.types import Address, Timestamp, Wei
from oracle.audit_desk import AuditState, drawn_items, items_by_rate, read_drawn, state_of
from oracle.audits import audited_items
from oracle.beacon import beacon_of
from oracle.errors import EvidenceMissing
from oracle.jury import Jury
from oracle.types import Draw
from tests.oracle.fake_chain import OPERATORS
from tests.oracle.tasks import SEAT, WORKERS, rules
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit

ACCOUNTS = tuple(Address(f"0x{number:040x}") for number in range(1, 9))
DRAW = Draw(
    seed=b"\x03" * 32,
    rate=1_000,
    jury=Jury.of(b"\x03" * 32, ACCOUNTS, (), set()),
    answers_by=50,
    audits_by=60,
)
ITEMS = 400


def test_read_drawn__a_crowd_without_history__doubles_the_rate_and_seats_operators(
    tmp_path,
) -> None:
    chain, store = settled_world(tmp_path)

    drawn = read_drawn(chain, store, chain.found_task, SEAT)

    assert drawn is not None
    assert drawn.beacon == beacon_of(chain, chain.found_task)
    assert drawn.draw.rate == 1_000
    assert drawn.draw.jury.candidates == ()
    assert set(drawn.draw.jury.fillers) == {operator.address for operator in OPERATORS}


def test_read_drawn__an_operator_who_worked__has_no_seat(tmp_path) -> None:
    chain, store = settled_world(tmp_path)
    chain.registered = {worker.address: Wei(1) for worker in WORKERS}

    drawn = read_drawn(chain, store, chain.found_task, SEAT)

    assert drawn is not None
    assert drawn.draw.jury.members == ()


def test_read_drawn__a_beacon_that_is_not_final__is_none(tmp_path) -> None:
    chain, store = settled_world(tmp_path)

    assert read_drawn(replace(chain, is_final=False), store, chain.found_task, SEAT) is None


def test_read_drawn__a_batch_in_no_store__is_named(tmp_path) -> None:
    chain, store = settled_world(tmp_path)
    chain.anchored = [replace(each, evidence=b"\x09" * 32) for each in chain.anchored]

    with pytest.raises(EvidenceMissing, match="document of batch 0"):
        read_drawn(chain, store, chain.found_task, SEAT)


def test_drawn_items__of_all__are_every_level_with_its_jury_lowest_rate_first() -> None:
    found = drawn_items(DRAW, ITEMS)

    assert {each.item for each in found} == set(audited_items(DRAW.seed, ITEMS, 3_000))
    assert [each.rate for each in found] == sorted(each.rate for each in found)
    for rate in (1_000, 1_500, 3_000):
        upto = {each.item for each in found if each.rate <= rate}
        assert upto == set(audited_items(DRAW.seed, ITEMS, rate))
    assert all(each.seats == DRAW.jury.seats(each.item) for each in found)


def test_drawn_items__of_a_juror__are_those_with_its_seat() -> None:
    mine = drawn_items(DRAW, ITEMS, ACCOUNTS[0])

    assert mine == [each for each in drawn_items(DRAW, ITEMS) if ACCOUNTS[0] in each.seats]
    assert 0 < len(mine) < len(drawn_items(DRAW, ITEMS))


def test_items_by_rate__no_item_at_a_rate__still_names_it() -> None:
    assert items_by_rate(DRAW, []) == {1_000: 0, 1_500: 0, 3_000: 0}
    assert sum(items_by_rate(DRAW, drawn_items(DRAW, ITEMS)).values()) == len(
        drawn_items(DRAW, ITEMS)
    )


@pytest.mark.parametrize(
    ("clock", "is_drawn", "state"),
    [
        (999, False, AuditState.ANSWERING),
        (1_000, False, AuditState.OPENING),
        (1_332, False, AuditState.OPENING),
        (1_333, False, AuditState.WAITING),
        (1_333, True, AuditState.AUDITING),
        (1_582, True, AuditState.AUDITING),
        (1_583, True, AuditState.CLOSING),
        (1_665, True, AuditState.CLOSING),
        (1_666, True, AuditState.OVER),
        (1_666, False, AuditState.OVER),
    ],
)
def test_state_of__each_window__has_its_words(clock, is_drawn, state) -> None:
    assert state_of(rules().task, Timestamp(clock), is_drawn=is_drawn) is state
