"""Let the jury answer what the beacon drew, through the gateway, sealed like everybody's answers.

In a DAO without histories nobody has shown any skill yet, so the operators' owners sit as the jury.
The demo lets each of them say what it knows to be true, with a few honest mistakes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from dao_client.keys import LocalSigner
from ipfs_store import Cid, Store
from oracle.audit_desk import DrawnItem, drawn_items, read_drawn
from oracle.chain import SystemChain
from scripts.demo.crowd import Crowd
from scripts.demo.errors import StageFailed
from scripts.demo.journal import Step
from scripts.demo.stages.answering import ANSWERS_AT_ONCE, Assignment, Desk, hand_in

MISTAKES_PERCENT = 3
"""Of a juror's answers."""


@dataclass(frozen=True)
class Juror:
    """Somebody who may sit in a jury, and what it believes about every item."""

    signer: LocalSigner
    opinions: tuple[str, ...]


def believe(crowd: Crowd, signers: Sequence[LocalSigner], seed: int) -> list[Juror]:
    """Give everybody an opinion: the truth but for a few mistakes; without it, what most say."""
    truths = [_truth(crowd, place) for place in range(len(crowd.items))]
    return [
        Juror(signer, tuple(_opinion(crowd.labels, truth, dice) for truth in truths))
        for number, signer in enumerate(signers)
        if (dice := Random(f"{seed} {number}"))
    ]


def audit(
    desk: Desk, store: Store, jurors: Sequence[Juror], step: Step, *, all_rates: bool = False
) -> tuple[int, tuple[Cid, ...]]:
    """Let every juror answer the items it was drawn for, at the first rate or at all of them.

    Returns how many answers that were, and the documents that are to be opened.
    """
    task = desk.system.task_escrow.task(desk.task_id)
    drawn = read_drawn(SystemChain(desk.system), store, task, desk.task.seat_size)
    if drawn is None:
        raise StageFailed(f"the beacon block of task {desk.task_id} is not final yet")
    found = drawn_items(drawn.draw, desk.task.item_count)
    wanted = [each for each in found if all_rates or each.rate == drawn.draw.rate]
    work = [part for juror in jurors for part in _assignments(juror, wanted)]
    return sum(len(answers) for _, answers in work), hand_in(desk, work, step)


def _assignments(juror: Juror, wanted: Sequence[DrawnItem]) -> list[Assignment]:
    own = [each.item for each in wanted if juror.signer.address in each.seats]
    return [
        (juror.signer, {item: juror.opinions[item] for item in own[at : at + ANSWERS_AT_ONCE]})
        for at in range(0, len(own), ANSWERS_AT_ONCE)
    ]


def _truth(crowd: Crowd, place: int) -> str:
    known = crowd.items[place].truth
    if known is not None:
        return known
    said = Counter(
        label for worker in crowd.workers for item, label in worker.answers if item == place
    )
    return max(crowd.labels, key=lambda label: said[label])


def _opinion(labels: tuple[str, ...], truth: str, dice: Random) -> str:
    if len(labels) > 1 and dice.random() * 100 < MISTAKES_PERCENT:
        return dice.choice([label for label in labels if label != truth])
    return truth
