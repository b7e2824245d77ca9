"""The whole pure path: the same evidence in any order gives the same seven values."""

import random
from dataclasses import replace

import pytest

from dao_client.documents import PayoutRow
from dao_client.merkle import EMPTY_ROOT
from dao_client.messages import no_contract
from dao_client.types import EVERYTHING_BPS, Digest, ItemIndex, Method, Wei
from oracle.aggregate import TASK_METHODS, UNIT
from oracle.decision import decide
from oracle.errors import VerdictRefused
from oracle.judging import weight_of
from oracle.verdict import check_sanity, verdict_of
from tests.oracle.tasks import (
    PRICE,
    WORKERS,
    candidate,
    evidence,
    forced,
    rules,
    three_workers,
)

pytestmark = pytest.mark.unit

INPUT = Digest(b"\x09" * 32)
LABELS_ROOT = "234218e049ac66fa0579acc690341edd37ce0a48991c32a3a900c3254a568be7"
PAYOUTS_ROOT = "3bfe97611f25b0bed895d9b13436d323c7c70029d0dbc067937259fcf93462f9"
UNKNOWN = [
    Method("wise", "1", {}),
    Method("majority", "999", {}),
    Method("majority", "1", {"x": 1}),
]


def verdict(found):
    return verdict_of(found.rules, INPUT, decide(found, no_contract))


def shuffled(found, seed):
    chance = random.Random(seed)

    def mixed(values):
        values = list(values)
        chance.shuffle(values)
        return tuple(values)

    batches = [replace(each, candidates=mixed(each.candidates)) for each in found.batches]
    stakes = dict(mixed(found.stakes.items()))
    return replace(found, batches=mixed(batches), forced=mixed(found.forced), stakes=stakes)


@pytest.mark.parametrize("name", sorted(TASK_METHODS))
def test_decide__shuffled_evidence__gives_the_same_verdict(name):
    found = three_workers()
    outside = [
        forced(candidate(worker, {0: "cat", 1: "cat"}, assignment=2), log)
        for log, worker in enumerate(WORKERS)
    ]
    found = replace(found, forced=tuple(outside))
    found = replace(found, rules=replace(found.rules, method=TASK_METHODS[name].method))

    verdicts = {verdict(shuffled(found, seed)) for seed in range(8)}

    assert verdicts == {verdict(found)}


def test_decide__two_of_three_agree__labels_and_pays_as_they_say():
    decision = decide(three_workers(), no_contract)

    assert [label.answer for label in decision.labels] == ["cat", "dog", "cat"]
    amounts = {leaf.worker: leaf.amount for leaf in decision.payouts}
    honest, careful, lazy = (amounts.get(worker.address, 0) for worker in WORKERS)
    assert honest == careful > lazy == 0
    assert honest <= 3 * PRICE
    assert verdict(three_workers()).total_payout == sum(amounts.values())


@pytest.mark.parametrize("name", sorted(TASK_METHODS))
def test_decide__known_item__has_the_known_label_whatever_the_crowd_says(name):
    found = three_workers()
    given = {label.item: label.label for label in decide(found, no_contract).labels}
    gold = {ItemIndex(1): 1 - given[1]}
    method = TASK_METHODS[name].method

    decision = decide(
        replace(found, gold=gold, rules=replace(found.rules, method=method)), no_contract
    )

    known = decision.labels[1]
    assert (known.item, known.label, known.confidence) == (1, gold[1], EVERYTHING_BPS)
    assert known.answer == found.rules.labels[gold[1]]


def test_decide__known_item_without_answers__has_a_label_all_the_same():
    decision = decide(replace(evidence(), gold={ItemIndex(2): 1}), no_contract)

    assert [(each.item, each.label) for each in decision.labels] == [(2, 1)]


def test_decide__nothing_came__has_empty_roots():
    result = verdict(evidence())

    assert (result.labels_root, result.payouts_root, result.total_payout) == (
        EMPTY_ROOT,
        EMPTY_ROOT,
        0,
    )


def test_decide__known_case__has_the_roots_that_were_written_down():
    result = verdict(three_workers())

    assert result.labels_root.hex() == LABELS_ROOT
    assert result.payouts_root.hex() == PAYOUTS_ROOT


@pytest.mark.parametrize("method", UNKNOWN)
def test_decide__method_not_known_to_the_last_parameter__is_refused(method):
    with pytest.raises(VerdictRefused, match="expires and pays the flat price"):
        decide(evidence(method=method), no_contract)


@pytest.mark.parametrize(
    ("stake", "weight"),
    [(0, 0), (100, UNIT), (150, 3 * UNIT // 2), (200, 2 * UNIT), (10**30, 2 * UNIT)],
)
def test_weight_of__stake__is_capped_at_two(stake, weight):
    worker = WORKERS[0].address

    assert weight_of(evidence(stakes={worker: Wei(stake)}), worker) == weight


@pytest.mark.parametrize(("cap", "weight"), [(1, UNIT), (2, 2 * UNIT), (4, 2 * UNIT)])
def test_weight_of__cap_that_the_dao_votes__holds_up_to_what_the_engine_is_proven_for(cap, weight):
    worker = WORKERS[0].address

    assert weight_of(evidence(stakes={worker: Wei(10**30)}, weight_cap=cap), worker) == weight


def test_weight_of__seat_that_costs_nothing__is_one():
    assert weight_of(evidence(stakes={}, seat_size=Wei(0)), WORKERS[0].address) == UNIT


def broken_decisions():
    good = decide(three_workers(), no_contract)
    twice = (*good.payouts, good.payouts[0])
    dear = (PayoutRow(0, WORKERS[0].address, Wei(1_001)),)
    nothing = (PayoutRow(0, WORKERS[0].address, Wei(0)),)
    return [
        ("pays more than the escrow holds", replace(good, payouts=dear)),
        ("pays a worker twice", replace(good, payouts=twice)),
        ("pays nothing to a listed worker", replace(good, payouts=nothing)),
        ("slashes a worker twice", replace(good, slashes=dear * 2)),
        ("slashes nothing of a listed worker", replace(good, slashes=nothing)),
        ("labels an item twice", replace(good, labels=good.labels * 2)),
        ("labels an unknown item", replace(good, labels=(replace(good.labels[0], item=3),))),
    ]


@pytest.mark.parametrize(("fault", "decision"), broken_decisions())
def test_check_sanity__impossible_decision__is_held_back(fault, decision):
    with pytest.raises(VerdictRefused, match=fault):
        check_sanity(rules(), decision, verdict_of(rules(), INPUT, decision))


def test_check_sanity__honest_decision__passes():
    decision = decide(three_workers(), no_contract)

    check_sanity(rules(), decision, verdict_of(rules(), INPUT, decision))
