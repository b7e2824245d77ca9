"""Boxes of several workers into one set per item.

    1  cluster each item's boxes by overlap, at most one of each worker (`clusters`)
    2  learn how likely each cluster is real, and its workers' rates (`existence`)
    3  learn which label it has (`naming`), and fuse its corners (`fusing`)
    4  give the clusters with which the expected F1 over the task is greatest (`selecting`)

A box's confidence is its chance to be real times its label's share. An item's confidence is the
mean over the boxes that it is given, rounded down; an item without any has what its likeliest box
lacks to certainty. A worker's skill is the mean chance of their boxes to be right in both respects;
of a worker without boxes it is 0.

Integers only, the same bytes for any order of rows: clusters are sorted, sums are of integers, and
equal boxes go by corners, label and then the worker's place among the workers' names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oracle.aggregate.types import BPS, Aggregation, AnswerKind, Outcome, Parameters
from oracle.frames import Frame
from oracle.integers import Ints

from .answers import BoxAnswers, Corners
from .clusters import Cluster, cluster_boxes
from .existence import weigh_clusters
from .fusing import fuse, weigh_workers
from .naming import SURE, Shares, best_label, name_clusters
from .parsing import parse, write_boxes
from .rates import COUNT
from .selecting import least_chance


@dataclass(frozen=True)
class Proposal:
    """One cluster, and why it is given or not.

    `votes` are its workers' own boxes, `shares` the chances of the labels that they say, scaled by
    `SURE`; `is_given` says whether `confidence_bps` was enough.
    """

    corners: Corners
    label: int
    confidence_bps: int
    is_given: bool
    real_bps: int
    votes: Cluster
    shares: Shares


@dataclass(frozen=True)
class BoxAggregate:
    """Hold each item's proposals, sorted by corners, and what is thought of each worker.

    `weights` are the workers' weights in a fused box (1,024 is the crowd's), `least_bps` is the
    confidence from which on a box is given.
    """

    proposals: tuple[tuple[Proposal, ...], ...]
    confidence_bps: Ints
    skill_bps: Ints
    weights: tuple[int, ...]
    least_bps: int
    iterations: int

    def given(self, item: int) -> list[Proposal]:
        """Return the boxes that an item is given."""
        return [each for each in self.proposals[item] if each.is_given]


def aggregate_boxes(answers: BoxAnswers, parameters: Parameters) -> BoxAggregate:
    """Decide which boxes each item has, where they lie and what they are called."""
    clusters = [cluster_boxes(own, parameters["link_bps"]) for own in answers.boxes]
    flat = [cluster for own in clusters for cluster in own]
    existence = weigh_clusters(answers, clusters, parameters)
    shares = name_clusters(flat, answers.worker_count, parameters["iterations"])
    weights = weigh_workers(flat, answers.worker_count)
    real = existence.chances.tolist()
    chances = [
        chance * own[best_label(own)] // SURE for chance, own in zip(real, shares, strict=True)
    ]
    least = least_chance(chances, sum(real) + existence.missed, COUNT)
    made = [
        Proposal(
            corners=fuse(cluster, weights),
            label=best_label(own),
            confidence_bps=chance * BPS // COUNT,
            is_given=chance >= least,
            real_bps=exists * BPS // COUNT,
            votes=cluster,
            shares=own,
        )
        for cluster, own, exists, chance in zip(flat, shares, real, chances, strict=True)
    ]
    proposals = _by_item(clusters, made)
    return BoxAggregate(
        proposals=proposals,
        confidence_bps=np.array([_confidence(own) for own in proposals], dtype=np.int64),
        skill_bps=_skills(made, answers.worker_count),
        weights=tuple(weights),
        least_bps=least * BPS // COUNT,
        iterations=existence.iterations,
    )


def _by_item(
    clusters: Sequence[Sequence[Cluster]], made: Sequence[Proposal]
) -> tuple[tuple[Proposal, ...], ...]:
    left = iter(made)
    return tuple(
        tuple(sorted((next(left) for _ in own), key=lambda each: (each.corners, each.votes)))
        for own in clusters
    )


def _confidence(proposals: Sequence[Proposal]) -> int:
    given = [each.confidence_bps for each in proposals if each.is_given]
    if given:
        return sum(given) // len(given)
    return BPS - max((each.confidence_bps for each in proposals), default=0)


def _skills(proposals: Sequence[Proposal], worker_count: int) -> Ints:
    right, drawn = [0] * worker_count, [0] * worker_count
    for proposal in proposals:
        for box in proposal.votes:
            right[box.worker] += proposal.real_bps * proposal.shares[box.label]
            drawn[box.worker] += 1
    skills = [own // (max(count, 1) * SURE) for own, count in zip(right, drawn, strict=True)]
    return np.array(skills, dtype=np.int64)


def outcome_of_boxes(frame: Frame, parameters: Parameters) -> Outcome:
    """Parse, aggregate, and write each item's boxes as canonical JSON."""
    answers = parse(frame)
    result = aggregate_boxes(answers, parameters)
    return Outcome(
        names=frame.items,
        answers=[
            write_boxes([(each.corners, answers.labels[each.label]) for each in result.given(item)])
            for item in range(len(answers.boxes))
        ],
        confidence_bps=result.confidence_bps,
        skill_bps=result.skill_bps,
        iterations=result.iterations,
    )


BOXES = Aggregation(
    kind=AnswerKind.BOXES,
    name="boxes",
    version="1",
    parameters={
        "link_bps": 3_000,
        "level_odds": 4,
        "alike_bps": 1_000,
        "false_bps": 200,
        "false_prior_bps": 2_500,
        "iterations": 50,
    },
    aggregate=aggregate_boxes,
    outcome=outcome_of_boxes,
)
