"""What the settlement comes to in wei: payouts, slashes, and what is known of workers after it.

Workers are paid by the settlement, jurors the price for each audit that equals the ruling on an
item that was drawn: gold is public by then, and nobody is paid for copying it. If the escrow
cannot pay it all, everybody gets the same share of it, rounded down.
"""

from collections import Counter

from dao_client.documents import History, PayoutRow, ReputationRow
from dao_client.types import Address, Wei

from .history import LIMIT_ANSWERS, STRANGER, fold
from .judging import Judged, lessons_of
from .settlement import pay_audited_only
from .types import CountedAnswer, Evidence


def pay_everybody(
    evidence: Evidence, judged: Judged, audits: tuple[CountedAnswer, ...]
) -> tuple[PayoutRow, ...]:
    """List what each worker and juror gets, one row for each who gets something, by address."""
    rules = evidence.rules
    earned: Counter[Address] = Counter()
    for worker, amount in zip(judged.workers, pay_of_workers(judged), strict=True):
        earned[worker] += amount
    for audit in audits:
        if judged.rulings.get(audit.item) == audit.label:
            earned[audit.worker] += rules.task.price
    total = earned.total()
    if total > rules.payable:
        earned = Counter({who: wei * rules.payable // total for who, wei in earned.items()})
    return _rows({who: (wei, _entry_seat(evidence, who)) for who, wei in earned.items()})


def pay_of_workers(judged: Judged) -> tuple[int, ...]:
    """Return each worker's pay before the escrow's limit, in the order of `judged.workers`."""
    if judged.is_paid_by_audits:
        return pay_audited_only(judged.settlement, judged.terms)
    return tuple(account.pay for account in judged.settlement.accounts)


def slash_workers(judged: Judged) -> tuple[PayoutRow, ...]:
    """List what workers lose, by address."""
    accounts = zip(judged.workers, judged.settlement.accounts, strict=True)
    return _rows({worker: (account.slash, None) for worker, account in accounts})


def change_reputation(evidence: Evidence, judged: Judged) -> tuple[ReputationRow, ...]:
    """List what juries changed about workers: nothing else ever does."""
    lessons = lessons_of(judged)
    counts, hits = lessons.counts.tolist(), lessons.hits.tolist()
    rows = []
    for worker, audited, right, earned in zip(
        judged.workers, counts, hits, lessons.earned, strict=True
    ):
        if not audited:
            continue
        old = evidence.histories.get(worker, STRANGER)
        change = History(earned.points, earned.possible)
        limit = LIMIT_ANSWERS * lessons.chances.spread
        rows.append(ReputationRow(worker, audited, right, change, old, fold(old, change, 0, limit)))
    return tuple(rows)


def _entry_seat(evidence: Evidence, worker: Address) -> Wei | None:
    """Return the seat that a newcomer's pay has to fill first, none for everybody else."""
    rules = evidence.rules
    is_newcomer = rules.has_entry and evidence.stakes.get(worker, rules.seat_size) < rules.seat_size
    return rules.seat_size if is_newcomer else None


def _rows(amounts: dict[Address, tuple[int, Wei | None]]) -> tuple[PayoutRow, ...]:
    owed = sorted((_key(who), who, wei, seat) for who, (wei, seat) in amounts.items() if wei)
    return tuple(
        PayoutRow(index, who, Wei(wei), seat) for index, (_, who, wei, seat) in enumerate(owed)
    )


def _key(account: Address) -> bytes:
    return bytes.fromhex(account[2:])
