"""From votes to strengths, and from strengths to a result: what both methods share."""

from collections.abc import Callable

import numpy as np

from oracle.aggregate.types import Aggregation, AnswerKind, Outcome, Parameters
from oracle.frames import Frame
from oracle.integers import Ints

from .certainty import neighbour_confidence
from .comparisons import VOTE, Comparisons
from .parsing import parse
from .result import PairwiseAggregate, agreement, score_text
from .strengths import fit_strengths

PairwiseMethod = Callable[[Comparisons, Parameters], PairwiseAggregate]


def fit_votes(
    comparisons: Comparisons, votes: tuple[Ints, Ints], start: Ints, parameters: Parameters
) -> tuple[Ints, int]:
    """Fit strengths to the votes for `low` and for `high` of each entry."""
    wins, losses = (np.zeros(comparisons.low.size, dtype=np.int64) for _ in votes)
    np.add.at(wins, comparisons.pairs, votes[0])
    np.add.at(losses, comparisons.pairs, votes[1])
    return fit_strengths(
        comparisons.low,
        comparisons.high,
        wins,
        losses,
        start,
        prior_votes(parameters),
        parameters["iterations"],
        parameters["tolerance"],
    )


def summarise(
    comparisons: Comparisons,
    votes: tuple[Ints, Ints],
    scores: Ints,
    weights_bps: Ints,
    iterations: int,
    parameters: Parameters,
) -> PairwiseAggregate:
    """Add to the scores how sure they are, and how the workers did."""
    prior = prior_votes(parameters)
    return PairwiseAggregate(
        scores=scores,
        confidence_bps=neighbour_confidence(comparisons, *votes, scores, prior),
        skill_bps=agreement(comparisons, scores),
        weights_bps=weights_bps,
        iterations=iterations,
    )


def prior_votes(parameters: Parameters) -> int:
    """Turn thousandths of an answer into votes."""
    return parameters["prior_milli"] * VOTE // 1_000


def pairwise_method(
    name: str, version: str, parameters: Parameters, aggregate: PairwiseMethod
) -> Aggregation:
    """Register a method whose outcome has one row per object, its score as the answer."""

    def outcome(frame: Frame, given: Parameters) -> Outcome:
        comparisons = parse(frame)
        result = aggregate(comparisons, given)
        return Outcome(
            names=comparisons.objects,
            answers=[score_text(score) for score in result.scores.tolist()],
            confidence_bps=result.confidence_bps,
            skill_bps=result.skill_bps,
            iterations=result.iterations,
        )

    return Aggregation(AnswerKind.PAIRWISE, name, version, parameters, aggregate, outcome)
