"""Why an item got its boxes: who drew what, and what that counted."""

from dataclasses import dataclass

from oracle.aggregate.types import BPS

from .answers import BoxAnswers
from .method import BoxAggregate, Proposal
from .naming import SURE
from .parsing import write_boxes


@dataclass(frozen=True)
class BoxVote:
    """One worker's own box; `weight_bps` is its part in the fused corners."""

    worker: int
    box: str
    weight_bps: int
    skill_bps: int


@dataclass(frozen=True)
class BoxExplanation:
    """One proposed box, given if `confidence_bps` is at least `least_bps`.

    Its confidence is `real_bps` times the share of its label. `against` are the workers who looked
    and drew nothing there.
    """

    box: str
    is_given: bool
    confidence_bps: int
    least_bps: int
    real_bps: int
    label_bps: dict[str, int]
    votes: tuple[BoxVote, ...]
    against: tuple[int, ...]


def explain_item(
    answers: BoxAnswers, aggregate: BoxAggregate, item: int
) -> tuple[BoxExplanation, ...]:
    """Explain each proposal for an item, given or not, sorted by corners."""
    return tuple(
        _explain(answers, aggregate, item, proposal) for proposal in aggregate.proposals[item]
    )


def _explain(
    answers: BoxAnswers, aggregate: BoxAggregate, item: int, proposal: Proposal
) -> BoxExplanation:
    voters = {box.worker for box in proposal.votes}
    total = sum(aggregate.weights[worker] for worker in voters)
    return BoxExplanation(
        box=write_boxes([(proposal.corners, answers.labels[proposal.label])]),
        is_given=proposal.is_given,
        confidence_bps=proposal.confidence_bps,
        least_bps=aggregate.least_bps,
        real_bps=proposal.real_bps,
        label_bps={
            answers.labels[label]: share * BPS // SURE for label, share in proposal.shares.items()
        },
        votes=tuple(
            BoxVote(
                worker=box.worker,
                box=write_boxes([(box.corners, answers.labels[box.label])]),
                weight_bps=aggregate.weights[box.worker] * BPS // total,
                skill_bps=int(aggregate.skill_bps[box.worker]),
            )
            for box in proposal.votes
        ),
        against=tuple(worker for worker in answers.viewers[item] if worker not in voters),
    )
