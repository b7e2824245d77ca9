"""Say how a worker's pay and slash in a task came about, figure by figure."""

from dataclasses import dataclass

from dao_client.types import Address, ItemIndex, TaskId, Wei
from ipfs_store import Store

from .aggregate import UNIT
from .aggregate.choice import UNKNOWN
from .chain import OperatorChain
from .errors import NothingToExplain
from .explain import Recount, recount
from .pay import pay_everybody
from .settlement import Account, Chances
from .types import Refusal


@dataclass(frozen=True)
class JudgedAnswer:
    """One counted answer: what it was compared with, and the points it earned, by 10**9.

    `truth` is the label that an audit or gold gives the item, `reference` what the others on the
    item say; each none where there is nothing to compare with.
    """

    item: ItemIndex
    item_id: str
    answer: str
    truth: str | None
    reference: str | None
    points: int


@dataclass(frozen=True)
class Payslip:
    """All figures behind one worker's row of a verdict; scales as in `Account`.

    `payout` is `account.pay`, or the pay of audited answers alone when `is_paid_by_audits`, or the
    same share of it as everybody's when the escrow holds less.
    """

    worker: Address
    task_id: TaskId
    price: Wei
    health: int
    by_audits: Chances
    by_labels: Chances
    account: Account
    is_paid_by_audits: bool
    payout: Wei
    answers: tuple[JudgedAnswer, ...]
    refusals: tuple[Refusal, ...]


def payslip(chain: OperatorChain, store: Store, worker: Address, task_id: TaskId) -> Payslip:
    """Compute a task again and return one worker's figures.

    Raises `NothingToExplain` for an account that handed in nothing that counts.
    """
    found = recount(chain, store, task_id)
    judged = found.judged
    refusals = tuple(each for each in found.verified.refusals if each.worker == worker)
    if worker not in judged.workers:
        raise NothingToExplain(
            f"{worker} has no counted answer in task {task_id}: "
            + ("; ".join(sorted({each.reason for each in refusals})) or "it handed in nothing")
        )
    place = judged.workers.index(worker)
    payouts = pay_everybody(found.evidence, judged, found.verified.audits)
    paid = {row.worker: row.amount for row in payouts}
    return Payslip(
        worker=worker,
        task_id=task_id,
        price=judged.terms.price,
        health=judged.settlement.health,
        by_audits=judged.settlement.by_audits,
        by_labels=judged.settlement.by_labels,
        account=judged.settlement.accounts[place],
        is_paid_by_audits=judged.is_paid_by_audits,
        payout=paid.get(worker, Wei(0)),
        answers=tuple(_judged_answers(found, place)),
        refusals=refusals,
    )


def _judged_answers(found: Recount, worker: int) -> list[JudgedAnswer]:
    answers, settlement = found.judged.answers, found.judged.settlement
    names = found.evidence.rules.labels
    rows = []
    for item in range(answers.item_count):
        for row in range(int(answers.starts[item]), int(answers.starts[item + 1])):
            if answers.workers[row] != worker:
                continue
            label, truth = int(answers.labels[row]), int(answers.known[item])
            reference = int(settlement.references[row])
            judge = reference if truth == UNKNOWN else truth
            rows.append(
                JudgedAnswer(
                    item=ItemIndex(item),
                    item_id=found.item_ids[item],
                    answer=names[label],
                    truth=None if truth == UNKNOWN else names[truth],
                    reference=None if reference < 0 else names[reference],
                    points=_points(label, judge, settlement.by_labels),
                )
            )
    return rows


def _points(label: int, judge: int, chances: Chances) -> int:
    """Score one answer as rule 7 does: nothing where nobody can tell."""
    if judge < 0:
        return 0
    return (label == judge) * UNIT - int(chances.shares[label])
