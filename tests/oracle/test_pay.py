"""Who is paid what, to the wei."""

import pytest

from dao_client.types import Bps, Wei
from oracle.pay import pay_workers
from oracle.types import CountedAnswer, Label
from tests.oracle.tasks import PRICE, WORKERS, rules

pytestmark = pytest.mark.unit

BY_ADDRESS = sorted((worker.address for worker in WORKERS), key=str.lower)


def label(item, value):
    return Label(item, value, "x", Bps(10_000))


def paid(found, **changes):
    return [(leaf.index, leaf.worker, leaf.amount) for leaf in pay_workers(*found, **changes)]


def crowd(**changes):
    """Of three answers to one item the first two equal the label."""
    answers = tuple(
        CountedAnswer(0, worker, int(place == 2)) for place, worker in enumerate(BY_ADDRESS)
    )
    return rules(**changes), answers, (label(0, 0),)


def test_pay__answers_equal_to_the_label__get_the_price():
    assert paid(crowd()) == [(0, BY_ADDRESS[0], PRICE), (1, BY_ADDRESS[1], PRICE)]


def test_pay__escrow_holds_less__lowers_the_price_for_all():
    assert [amount for _, _, amount in paid(crowd(payable=Wei(19)))] == [9, 9]


def test_pay__escrow_holds_exactly_enough__pays_the_full_price():
    assert [amount for _, _, amount in paid(crowd(payable=Wei(20)))] == [10, 10]


def test_pay__escrow_holds_less_than_a_wei_each__pays_nobody():
    assert paid(crowd(payable=Wei(1))) == []


def test_pay__no_answers__pays_nobody():
    assert pay_workers(rules(), (), ()) == ()
