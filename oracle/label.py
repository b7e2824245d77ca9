"""Turn counted answers into labels by the method that the task names."""

from dataclasses import dataclass

import numpy as np

from dao_client.types import Address, Bps, ItemIndex, Wei

from .aggregate import TASK_METHODS, UNIT, Aggregation
from .aggregate.choice import MAX_WEIGHT, UNKNOWN, Aggregate, Answers, LocalCrowd
from .errors import VerdictRefused
from .types import CountedAnswer, Evidence, Label, Rules


@dataclass(frozen=True)
class Labelled:
    """The counted answers as columns, whose they are, and what the method made of them."""

    answers: Answers
    workers: tuple[Address, ...]
    aggregate: Aggregate


def label_items(evidence: Evidence, counted: tuple[CountedAnswer, ...]) -> tuple[Label, ...]:
    """Give every item that has an answer its label, in the order of the items."""
    rules = evidence.rules
    aggregate = aggregate_answers(evidence, counted).aggregate
    return tuple(
        Label(
            item=ItemIndex(item),
            label=label,
            answer=rules.labels[label],
            confidence=Bps(confidence),
        )
        for item, (label, confidence) in enumerate(
            zip(aggregate.labels.tolist(), aggregate.confidence_bps.tolist(), strict=True)
        )
        if label >= 0
    )


def aggregate_answers(evidence: Evidence, counted: tuple[CountedAnswer, ...]) -> Labelled:
    """Run the task's method on the answers that count."""
    method = aggregation_of(evidence.rules)
    workers = tuple(sorted({answer.worker for answer in counted}))
    answers = _columns(evidence, counted, workers)
    return Labelled(answers, workers, method.aggregate(LocalCrowd(answers), method.parameters))


def aggregation_of(rules: Rules) -> Aggregation:
    """Find the task's method; refuse one that this program does not know to the last parameter."""
    known = TASK_METHODS.get(rules.method.name)
    if known is None or known.method != rules.method:
        raise VerdictRefused(
            f"task {rules.task.task_id} asks for method {rules.method.name!r} version "
            f"{rules.method.version!r} with {dict(rules.method.parameters)}: known are "
            f"{sorted(TASK_METHODS)}; without a verdict the task expires and pays the flat price"
        )
    return known


def weight_of(stake: Wei, seat_size: Wei) -> int:
    """Return min(stake / seat size, 2) scaled by `UNIT`; one where a seat costs nothing."""
    return min(stake * UNIT // seat_size, MAX_WEIGHT) if seat_size else UNIT


def _columns(
    evidence: Evidence, counted: tuple[CountedAnswer, ...], workers: tuple[Address, ...]
) -> Answers:
    rules = evidence.rules
    index = {worker: position for position, worker in enumerate(workers)}
    rows = sorted((answer.item, index[answer.worker], answer.label) for answer in counted)
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    stakes = [evidence.stakes.get(worker, Wei(0)) for worker in workers]
    return Answers(
        starts=np.searchsorted(table[:, 0], np.arange(rules.item_count + 1)),
        workers=table[:, 1].astype(np.int32),
        labels=table[:, 2].astype(np.int32),
        worker_count=len(workers),
        label_count=len(rules.labels),
        weights=np.array([weight_of(stake, rules.seat_size) for stake in stakes], dtype=np.int64),
        known=np.full(rules.item_count, UNKNOWN, dtype=np.int32),
        seed=rules.task.task_id.to_bytes(32, "big"),
    )
