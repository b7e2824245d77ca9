"""Who is paid and slashed what, to the wei, once a task is judged."""

from dataclasses import replace

import pytest

from dao_client.documents import History
from dao_client.messages import no_contract
from dao_client.types import Bps, Wei
from oracle.audits import audited_items
from oracle.decision import decide
from oracle.judging import judge_task
from oracle.pay import change_reputation, pay_everybody, pay_of_workers, slash_workers
from oracle.types import Verified
from tests.oracle.judged_crowds import CROWD, ITEMS, TRUTHS, answers_by, audits_of, crowd_evidence
from tests.oracle.tasks import JURY, PRICE, SEAT, SEED, three_workers

pytestmark = pytest.mark.unit

SPAMMER, *HONEST = CROWD
RIGHT = {SPAMMER: 0.5, **dict.fromkeys(HONEST, 0.85)}
PLENTY = Wei(10**9)
BY_ADDRESS = bytes.fromhex


def judged(right=RIGHT, **changes):
    found = crowd_evidence(**{"payable": PLENTY, **changes})
    verified = Verified(answers_by(right), audits_of(3_000), {}, ())
    return found, judge_task(found, verified), verified.audits


def test_pay_everybody__rich_escrow__pays_workers_by_the_rule_and_jurors_the_price():
    found, result, audits = judged()

    paid = {row.worker: row.amount for row in pay_everybody(found, result, audits)}

    for worker, account in zip(result.workers, result.settlement.accounts, strict=True):
        assert paid.get(worker, 0) == account.pay
    drawn = audited_items(SEED, ITEMS, 500)
    assert sum(paid[juror] for juror in JURY.candidates) == 5 * len(drawn) * PRICE
    assert paid[HONEST[0]] > 0


def test_pay_everybody__rows__are_numbered_by_address():
    rows = pay_everybody(*judged())

    assert [row.index for row in rows] == list(range(len(rows)))
    keys = [BY_ADDRESS(row.worker[2:]) for row in rows]
    assert keys == sorted(set(keys))


def test_pay_everybody__escrow_holds_less__gives_everybody_the_same_share():
    rich = {row.worker: row.amount for row in pay_everybody(*judged())}
    poor = pay_everybody(*judged(payable=Wei(10_000)))

    total = sum(rich.values())
    assert {row.worker: row.amount for row in poor} == {
        worker: amount * 10_000 // total for worker, amount in rich.items()
    }
    assert 10_000 - len(poor) < sum(row.amount for row in poor) <= 10_000


def test_pay_everybody__escrow_holds_nothing__pays_nobody():
    assert pay_everybody(*judged(payable=Wei(0))) == ()


def test_pay_everybody__juror_against_the_others__is_not_paid_for_it():
    found, result, audits = judged()
    place = next(place for place, each in enumerate(audits) if each.item in result.known)
    lone = audits[place]
    audits = (*audits[:place], replace(lone, label=1 - lone.label), *audits[place + 1 :])

    before = {row.worker: row.amount for row in pay_everybody(*judged())}
    after = {row.worker: row.amount for row in pay_everybody(found, result, audits)}

    assert after[lone.worker] == before[lone.worker] - PRICE


def test_pay_everybody__juror_of_gold_that_was_not_drawn__is_not_paid_for_it():
    plain, gold = crowd_evidence(payable=PLENTY), dict(enumerate(map(int, TRUTHS)))
    everything = audits_of(10_000)
    verified = Verified(answers_by(RIGHT), everything, {}, ())
    found = replace(plain, gold=gold)

    rows = pay_everybody(found, judge_task(found, verified), everything)

    drawn = audited_items(SEED, ITEMS, 500)
    paid = {row.worker: row.amount for row in rows}
    assert sum(paid[juror] for juror in JURY.candidates) == 5 * len(drawn) * PRICE


def test_pay_everybody__newcomer_in_a_task_with_entry__fills_a_seat_first():
    newcomer = HONEST[0]
    stakes = {**dict.fromkeys(CROWD, SEAT), newcomer: Wei(1)}

    rows = pay_everybody(*judged(has_entry=True, stakes=stakes))

    assert {row.worker for row in rows if row.entry_seat == SEAT} == {newcomer}
    assert {row.entry_seat for row in rows if row.worker != newcomer} == {None}


def test_pay_of_workers__error_limit_missed__pays_audited_answers_alone():
    _, result, _ = judged(dict.fromkeys(CROWD, 0.62), error_limit=Bps(1))

    assert result.is_paid_by_audits
    for account, pay in zip(result.settlement.accounts, pay_of_workers(result), strict=True):
        assert pay <= account.audited * PRICE


def test_slash_workers__spammer_among_honest_workers__is_the_only_one():
    _, result, _ = judged()

    (row,) = slash_workers(result)

    assert (row.index, row.worker, row.entry_seat) == (0, SPAMMER, None)
    assert row.amount == ITEMS * (PRICE * 3_000 // 10_000)


def test_change_reputation__audited_workers__keep_what_was_and_what_is_new():
    old = History(4 * 10**9, 5 * 10**9)
    found, result, _ = judged(histories={HONEST[0]: old})

    rows = {row.worker: row for row in change_reputation(found, result)}

    assert set(rows) == set(CROWD)
    row = rows[HONEST[0]]
    assert row.old == old
    assert row.audited == result.settlement.audited
    assert rows[SPAMMER].change.score < row.change.score


def test_decide__no_audits_came__changes_no_reputation():
    found = replace(three_workers(), gold={})

    assert decide(found, no_contract).reputation == ()


def test_change_reputation__gold_of_the_requester__teaches_nothing():
    """Else five wallets with a task and gold of their own would be everybody's jury."""
    gold = {item: int(TRUTHS[item]) for item in range(ITEMS)}
    found = crowd_evidence(payable=PLENTY, gold=gold)
    result = judge_task(found, Verified(answers_by(RIGHT), (), {}, ()))

    assert result.settlement.audited == ITEMS
    assert change_reputation(found, result) == ()


def test_change_reputation__gold_beside_rulings__counts_the_rulings_alone():
    gold = {item: int(TRUTHS[item]) for item in range(ITEMS)}
    with_gold, without = (judged(gold=each) for each in (gold, {}))

    rows = [change_reputation(found, result) for found, result, _ in (with_gold, without)]

    assert rows[0] == rows[1] != ()
