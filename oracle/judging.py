"""Let audits judge a task: at the first rate, then at higher ones until they are enough.

    jurors' votes ─▶ label of each audited item ─▶ known items ─▶ settlement ─▶ healthy? delivered?

The sets of audited items are nested, so a higher rate keeps every audit of the lower ones. The
requester's gold counts as audited; where a jury ruled, the jury counts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from dao_client.least_answers import least_answers
from dao_client.types import Address, ItemIndex, Wei

from .aggregate import UNIT
from .aggregate.choice import MAX_WEIGHT, UNKNOWN, Aggregate, Answers, let_known_stand
from .audits import is_audited, levels_from
from .integers import Ints, Ints32
from .jury import judge
from .label import aggregate_answers
from .settlement import (
    Gate,
    Lessons,
    Settlement,
    Terms,
    Withheld,
    errors_of,
    gate,
    learn,
    settle,
)
from .types import CountedAnswer, Evidence, Rules, Verified

ENOUGH_AUDITS = 20
"""Fewer audited items do not prove that a crowd is unhealthy: kappa of a handful says little."""


@dataclass(frozen=True)
class Judged:
    """The counted answers as columns, what audits know, and the settlement that follows.

    `rulings` are the juries' alone, on the items that the rate drew; `known` has the gold too.
    `workers` are all who answered or withheld, by address.
    """

    rules: Rules
    answers: Answers
    withheld: Withheld
    workers: tuple[Address, ...]
    rulings: Mapping[ItemIndex, int]
    known: Mapping[ItemIndex, int]
    settlement: Settlement
    terms: Terms

    @cached_property
    def own_labels(self) -> Aggregate:
        """Return what the task's method says, before what is known overrules it."""
        return aggregate_answers(self.rules, self.answers)

    @property
    def labels(self) -> Aggregate:
        """Return what is delivered."""
        return let_known_stand(self.answers, self.own_labels)

    @property
    def errors(self) -> tuple[int, int]:
        """Return how many known items the method had wrong, and how many of them it labelled."""
        return errors_of(self.answers.known, self.own_labels.labels)

    @property
    def gate(self) -> Gate | None:
        """Return what the audits say about the requester's limit, none where there is no limit."""
        limit = self.rules.error_limit
        return None if limit is None else gate(*self.errors, limit)

    @property
    def is_paid_by_audits(self) -> bool:
        """Tell whether audits say that the crowd is unhealthy, or wrong beyond the limit."""
        return is_lost(self.settlement) or (self.gate is not None and self.gate.is_missed)

    @property
    def is_delivered(self) -> bool:
        """Tell whether the requester's limit is met; where nothing was audited nobody knows."""
        return self.gate is None or self.gate.is_delivered

    @property
    def suffices(self) -> bool:
        """Tell whether more audits would change nothing."""
        return self.settlement.is_healthy and self.is_delivered


def judge_task(evidence: Evidence, verified: Verified) -> Judged:
    """Settle by the audits of the lowest rate that suffices, at last by all there are."""
    ruled = audit_labels(evidence, verified.audits)
    for rate in levels_from(evidence.draw.rate):
        judged = judge_at(evidence, verified, ruled, rate)
        if judged.suffices:
            break
    return judged


def audit_labels(evidence: Evidence, audits: tuple[CountedAnswer, ...]) -> Mapping[ItemIndex, int]:
    """Return the label of each item on which enough of its jury agree."""
    votes: dict[ItemIndex, dict[Address, int]] = defaultdict(dict)
    for audit in audits:
        votes[audit.item][audit.worker] = audit.label
    ruled = {
        item: judge(given, evidence.draw.jury.seats(item)) for item, given in sorted(votes.items())
    }
    return {item: label for item, label in ruled.items() if label is not None}


def known_items(
    evidence: Evidence, ruled: Mapping[ItemIndex, int], rate_bps: int
) -> Mapping[ItemIndex, int]:
    """Return what is known of items at a rate: gold, and over it the audits that are drawn."""
    return {**evidence.gold, **_drawn(evidence, ruled, rate_bps)}


def columns_of(
    evidence: Evidence,
    counted: tuple[CountedAnswer, ...],
    workers: tuple[Address, ...],
    known: Mapping[ItemIndex, int],
) -> Answers:
    """Write answers as columns, with each worker's weight and what is known of the items."""
    rules = evidence.rules
    index = {worker: position for position, worker in enumerate(workers)}
    rows = sorted((answer.item, index[answer.worker], answer.label) for answer in counted)
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Answers(
        starts=np.searchsorted(table[:, 0], np.arange(rules.item_count + 1)),
        workers=table[:, 1].astype(np.int32),
        labels=table[:, 2].astype(np.int32),
        worker_count=len(workers),
        label_count=len(rules.labels),
        weights=np.array([weight_of(evidence, worker) for worker in workers], dtype=np.int64),
        known=_known_labels(rules, known),
        seed=evidence.draw.seed,
    )


def _known_labels(rules: Rules, known: Mapping[ItemIndex, int]) -> Ints32:
    labels = np.full(rules.item_count, UNKNOWN, dtype=np.int32)
    for item, label in known.items():
        labels[item] = label
    return labels


def weight_of(evidence: Evidence, worker: Address) -> int:
    """Return min(stake / seat size, cap) scaled by `UNIT`; one where a seat costs nothing.

    The engine is proven for a cap of two: a larger one that the DAO votes acts as two.
    """
    rules = evidence.rules
    stake = evidence.stakes.get(worker, Wei(0))
    if not rules.seat_size:
        return UNIT
    return min(stake * UNIT // rules.seat_size, rules.weight_cap * UNIT, MAX_WEIGHT)


def histories_of(evidence: Evidence, workers: tuple[Address, ...]) -> tuple[Ints, Ints]:
    """Return what earlier tasks say of workers: their scores, and how much was possible."""
    histories = [evidence.histories.get(worker) for worker in workers]
    return (
        np.array([each.score if each else 0 for each in histories], dtype=np.int64),
        np.array([each.possible if each else 0 for each in histories], dtype=np.int64),
    )


def judge_at(
    evidence: Evidence, verified: Verified, ruled: Mapping[ItemIndex, int], rate_bps: int
) -> Judged:
    """Settle by what is known at a rate; `ruled` is what juries said, of any items."""
    rules = evidence.rules
    known = known_items(evidence, ruled, rate_bps)
    workers = tuple(sorted({answer.worker for answer in verified.answers} | {*verified.withheld}))
    answers = columns_of(evidence, verified.answers, workers, known)
    terms = Terms(rules.task.price, rules.slash_bps, least_answers(rules.item_count))
    withheld = _withheld(verified, workers)
    return Judged(
        rules=rules,
        answers=answers,
        withheld=withheld,
        workers=workers,
        rulings=_drawn(evidence, ruled, rate_bps),
        known=known,
        settlement=settle(answers, *histories_of(evidence, workers), terms, withheld),
        terms=terms,
    )


def lessons_of(judged: Judged) -> Lessons:
    """Return what juries alone say of the workers: all that is ever remembered of them.

    Gold is the requester's own word. If it counted, a handful of wallets with a task and gold of
    their own would be the proven jurors of everybody's tasks.
    """
    known = _known_labels(judged.rules, judged.rulings)
    return learn(replace(judged.answers, known=known), judged.withheld)


def _withheld(verified: Verified, workers: tuple[Address, ...]) -> Withheld:
    rows = [
        (place, item)
        for place, worker in enumerate(workers)
        for item in verified.withheld.get(worker, ())
    ]
    table = np.array(rows, dtype=np.int32).reshape(-1, 2)
    return Withheld(table[:, 0], table[:, 1])


def is_lost(settlement: Settlement) -> bool:
    """Tell whether enough audits say that a crowd is unhealthy: they alone pay it (rule 6)."""
    return settlement.audited >= ENOUGH_AUDITS and not settlement.is_healthy


def _drawn(
    evidence: Evidence, ruled: Mapping[ItemIndex, int], rate_bps: int
) -> Mapping[ItemIndex, int]:
    seed = evidence.draw.seed
    return {item: label for item, label in ruled.items() if is_audited(seed, item, rate_bps)}
