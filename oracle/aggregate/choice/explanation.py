"""Why an item got its label: each answer with what it added, for people who want to check."""

from dataclasses import dataclass
from fractions import Fraction

from oracle.integers import Ints

from .aggregate import Aggregate
from .answers import UNKNOWN, Answers


@dataclass(frozen=True)
class Reason:
    """One worker's answer: `weight` is what it added for the label and against the runner-up."""

    worker: int
    label: int
    skill_bps: int
    weight: Fraction


@dataclass(frozen=True)
class Explanation:
    """The label of an item, the label that came second, and what decided between them.

    `prior` is what stood between the two before any answer; `prior` and all weights add up to
    `lead`, in `unit`. An exact tie has a lead of 0 and is decided by a hash. `is_known` says that
    an audit or the requester's gold overrules all of it. Without another label `runner_up` is -1.
    """

    item: int
    label: int
    runner_up: int
    confidence_bps: int
    is_known: bool
    unit: str
    prior: Fraction
    lead: Fraction
    reasons: tuple[Reason, ...]


def explain(answers: Answers, result: Aggregate, item: int) -> Explanation:
    """Set the label against the best of the others; the heaviest answers come first."""
    scores = result.scores_of(item)
    total = scores.total
    label = int(result.labels[item])
    others = [place for place in range(answers.label_count) if place != label]
    runner_up = max(others, key=lambda place: (int(total[place]), -place), default=-1)

    def lead_of(row: Ints) -> Fraction:
        ours, theirs = (int(row[place]) if place >= 0 else 0 for place in (label, runner_up))
        return Fraction(ours - theirs, scores.scale)

    workers, labels = answers.of_item(item)
    reasons = [
        Reason(worker, given, int(result.skill_bps[worker]), lead_of(row))
        for worker, given, row in zip(workers.tolist(), labels.tolist(), scores.added, strict=True)
    ]
    return Explanation(
        item=item,
        label=label,
        runner_up=runner_up,
        confidence_bps=int(result.confidence_bps[item]),
        is_known=bool(answers.known[item] != UNKNOWN),
        unit=scores.unit,
        prior=lead_of(scores.before),
        lead=lead_of(total),
        reasons=tuple(sorted(reasons, key=lambda each: (-each.weight, each.worker))),
    )
