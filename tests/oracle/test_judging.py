"""Audits decide at the lowest rate that suffices; gold counts, a jury's ruling counts over it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from dao_client.types import Address, Bps
from oracle.aggregate import TASK_METHODS, UNIT
from oracle.audits import audited_items
from oracle.judging import ENOUGH_AUDITS, audit_labels, judge_task, known_items
from oracle.pay import pay_of_workers
from oracle.types import CountedAnswer, Verified
from tests.oracle.judged_crowds import (
    CROWD,
    ITEMS,
    TRUTHS,
    answers_by,
    audits_of,
    crowd_evidence,
)
from tests.oracle.tasks import JURY, SEED

pytestmark = pytest.mark.unit


def verified(
    right: Mapping[Address, float], rate: int = 3_000, **withheld: tuple[int, ...]
) -> Verified:
    return Verified(answers_by(right), audits_of(rate), withheld, ())


def test_judge_task__healthy_crowd__is_judged_by_the_first_rate():
    found = crowd_evidence()

    judged = judge_task(found, verified(dict.fromkeys(CROWD, 0.85)))

    assert set(judged.known) == set(audited_items(SEED, ITEMS, 500))
    assert judged.settlement.is_healthy
    assert not judged.is_paid_by_audits


def test_judge_task__crowd_that_guesses__goes_up_to_thirty_percent_and_pays_audited_answers():
    found = crowd_evidence()

    judged = judge_task(found, verified(dict.fromkeys(CROWD, 0.5)))

    assert set(judged.known) == set(audited_items(SEED, ITEMS, 3_000))
    assert not judged.settlement.is_healthy
    assert judged.is_paid_by_audits


def test_judge_task__crowd_that_guesses_but_few_audits__proves_nothing():
    found = crowd_evidence(rate=200)

    judged = judge_task(found, verified(dict.fromkeys(CROWD, 0.5), rate=200))

    assert judged.settlement.audited < ENOUGH_AUDITS
    assert not judged.is_paid_by_audits


@pytest.mark.parametrize(("limit", "is_delivered"), [(9_000, True), (100, False)])
def test_judge_task__limit_of_errors__decides_whether_the_task_is_delivered(limit, is_delivered):
    found = crowd_evidence(error_limit=Bps(limit))
    right = dict.fromkeys(CROWD, 0.62)

    judged = judge_task(found, verified(right))

    assert judged.gate.is_delivered is is_delivered
    assert judged.is_paid_by_audits is not is_delivered
    assert (judged.gate.errors, judged.gate.audited) == judged.errors
    assert judged.gate.errors > 0


def test_judge_task__limit_out_of_reach__asks_for_all_audits_first():
    found = crowd_evidence(error_limit=Bps(1))

    judged = judge_task(found, verified(dict.fromkeys(CROWD, 0.62)))

    assert set(judged.known) == set(audited_items(SEED, ITEMS, 3_000))


def test_judge_task__limit_but_no_audits__delivers_nothing_and_pays_all_the_same():
    found = crowd_evidence(error_limit=Bps(100))
    unaudited = replace(verified(dict.fromkeys(CROWD, 0.9)), audits=())

    judged = judge_task(found, unaudited)

    assert judged.gate.audited == 0
    assert not judged.is_delivered
    assert not judged.is_paid_by_audits
    assert sum(pay_of_workers(judged)) > 0


def test_judge_task__worker_who_only_withheld__has_an_account():
    found = crowd_evidence()
    silent, *others = CROWD

    judged = judge_task(found, verified(dict.fromkeys(others, 0.85), **{silent: tuple(range(7))}))

    account = judged.settlement.accounts[judged.workers.index(silent)]
    assert (account.withheld, account.pay) == (7, 0)
    assert account.slash == 7 * 3


def test_audit_labels__two_jurors_only__are_not_enough():
    found = crowd_evidence()
    item = audited_items(SEED, ITEMS, 500)[0]
    votes = tuple(CountedAnswer(item, juror, 1) for juror in JURY.seats(item)[:2])

    assert audit_labels(found, votes) == {}


def test_known_items__gold_and_a_ruling_on_one_item__the_ruling_counts():
    item, *_ = audited_items(SEED, ITEMS, 500)
    found = crowd_evidence(gold={item: 0, 399: 1})

    known = known_items(found, {item: 1}, 500)

    assert known == {item: 1, 399: 1}


def test_known_items__ruling_on_an_item_that_was_not_drawn__does_not_count():
    drawn = set(audited_items(SEED, ITEMS, 500))
    outside = next(item for item in range(ITEMS) if item not in drawn)

    assert known_items(crowd_evidence(), {outside: 1}, 500) == {}


@pytest.mark.parametrize("method", ["majority", "dawid_skene", "anchored"])
def test_judge_task__limit_of_errors__is_about_the_labels_that_are_delivered(method):
    """Six bad of ten outvote four good ones unless the method listens to the audits."""
    good, bad = CROWD[:4], CROWD[4:]
    found = crowd_evidence(error_limit=Bps(1_000), method=TASK_METHODS[method].method)
    right = {**dict.fromkeys(good, 0.95), **dict.fromkeys(bad, 0.1)}

    judged = judge_task(found, verified(right))

    unaudited = [item for item in range(ITEMS) if item not in judged.known]
    wrong = np.mean([judged.labels.labels[item] != TRUTHS[item] for item in unaudited])
    assert judged.is_delivered is bool(wrong < 0.1)
    assert judged.is_delivered is (method == "anchored")


def test_judge_task__ring_that_hides_what_audits_would_find_wrong__gains_nothing():
    """Each committed every answer; four opened only those that the drawn audits find right."""
    ring = CROWD[:4]
    right = {worker: 0.9 if worker not in ring else 0.3 for worker in CROWD}
    given = answers_by(right)
    drawn = set(audited_items(SEED, ITEMS, 500))
    bad = [
        each
        for each in given
        if each.worker in ring and each.item in drawn and each.label != TRUTHS[each.item]
    ]
    hidden = {who: tuple(each.item for each in bad if each.worker == who) for who in ring}
    shown = tuple(each for each in given if each not in bad)

    honest = judge_task(crowd_evidence(), Verified(given, audits_of(3_000), {}, ()))
    hiding = judge_task(crowd_evidence(), Verified(shown, audits_of(3_000), hidden, ()))

    for judged in (honest, hiding):
        pay = dict(zip(judged.workers, pay_of_workers(judged), strict=True))
        assert max(pay[who] for who in ring) == 0
        assert min(pay[who] for who in CROWD[4:]) > 0
    skill = [
        [judged.settlement.accounts[judged.workers.index(who)].skill for who in ring]
        for judged in (honest, hiding)
    ]
    assert max(skill[1]) < 0.5 * UNIT
