"""How likely each cluster of boxes is a real object.

Workers miss objects and draw what is none, at rates of their own, as in Branson, Van Horn and
Perona, "Lean Crowdsourcing: Combining Humans and Machines in an Online System", CVPR 2017; what all
workers missed is estimated as in capture and recapture with unequal catchability (Otis, Burnham,
White and Anderson, Wildlife Monographs 62, 1978, model M_th).

    a real object   of difficulty h in (hard, usual, easy), 1 : 2 : 1, is drawn by worker w with
                    odds 2 ** (t[w] + s[h]), s = (-step, 0, step); there are n per item
    a look-alike    starts with one worker w, f[w] per item, and each other viewer falls for it
                    with chance `alike_bps`
    E step          p[c] = the real objects' part in the weight of the pattern of c's votes
    M step          t[w] solves expected = observed detections, with one hit and one miss added;
                    f[w] = look-alikes of w per item, drawn to `false_bps` of w's boxes with the
                    weight of `false_prior_bps` of them; n = real ones, seen or missed, per item

The prior on look-alikes is what decides where votes cannot: to draw a box takes effort, so misses
are commoner than inventions. The more viewers, the more the votes themselves say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oracle.aggregate.types import BPS, Parameters
from oracle.integers import Ints, log2

from .answers import BoxAnswers
from .clusters import Cluster
from .rates import (
    COUNT,
    COUNT_BITS,
    MOST_PER_ITEM,
    Constants,
    Expected,
    Rates,
    Votes,
    expect,
    solve_odds,
)

_DIFFICULTIES = (1, 2, 1)
_EXPOSURE_BITS = 40


@dataclass(frozen=True)
class Existence:
    """Hold the chance of each cluster to be real and the objects nobody drew, scaled by `COUNT`."""

    chances: Ints
    missed: int
    iterations: int


def weigh_clusters(
    answers: BoxAnswers, clusters: Sequence[Sequence[Cluster]], parameters: Parameters
) -> Existence:
    """Learn the workers' rates over the task; `clusters` holds those of each item."""
    votes = _votes_of(answers, clusters)
    rates = _start(votes)
    constants = _constants(parameters)
    done = 0
    while done < parameters["iterations"]:
        done += 1
        refined = _maximise(votes, expect(votes, rates, constants), parameters)
        is_still = all(map(np.array_equal, rates, refined))
        rates = refined
        if is_still:
            break
    expected = expect(votes, rates, constants)
    return Existence(expected.chances, int(expected.missed), done)


def _votes_of(answers: BoxAnswers, clusters: Sequence[Sequence[Cluster]]) -> Votes:
    flat = [cluster for own in clusters for cluster in own]
    voters = np.array([box.worker for cluster in flat for box in cluster], dtype=np.int64)
    viewers = np.array([each for own in answers.viewers for each in own], dtype=np.int64)
    return Votes(
        item_starts=_starts(clusters),
        vote_starts=_starts(flat),
        voters=voters,
        view_starts=_starts(answers.viewers),
        viewers=viewers,
        boxes_of=np.bincount(voters, minlength=answers.worker_count),
        looks_of=np.bincount(viewers, minlength=answers.worker_count),
    )


def _starts(groups: Sequence[Sequence[object]]) -> Ints:
    return np.cumsum([0, *map(len, groups)], dtype=np.int64)


def _start(votes: Votes) -> Rates:
    """Begin with even odds and with half of all boxes look-alikes."""
    halves = votes.boxes_of * (COUNT // 2) // np.maximum(votes.looks_of, 1)
    return Rates(
        odds=np.zeros(votes.looks_of.size, dtype=np.int64),
        false_rates=np.maximum(halves, 1),
        real_rates=_spread(int(votes.vote_starts.size - 1) * COUNT, votes),
    )


def _spread(objects: int, votes: Votes) -> Ints:
    """Share out `objects` over difficulties and items."""
    parts = sum(_DIFFICULTIES) * max(votes.item_starts.size - 1, 1)
    rates = [objects * part // parts for part in _DIFFICULTIES]
    return np.array([min(max(rate, 1), MOST_PER_ITEM) for rate in rates], dtype=np.int64)


def _constants(parameters: Parameters) -> Constants:
    falls = parameters["alike_bps"]
    return Constants(
        step=log2(parameters["level_odds"]),
        log_falls=log2(falls) - log2(BPS),
        log_resists=log2(BPS - falls) - log2(BPS),
    )


def _maximise(votes: Votes, expected: Expected, parameters: Parameters) -> Rates:
    """Do the M step."""
    most = int(expected.exposed.sum(axis=1).max(initial=0))
    spare = min(max(most.bit_length() - _EXPOSURE_BITS, 0), COUNT_BITS)
    return Rates(
        odds=solve_odds(
            expected.exposed >> spare,
            expected.hits >> spare,
            COUNT >> spare,
            log2(parameters["level_odds"]),
        ),
        false_rates=_false_rates(votes, expected.false, parameters),
        real_rates=_spread(int(expected.drawn + expected.missed), votes),
    )


def _false_rates(votes: Votes, false: Ints, parameters: Parameters) -> Ints:
    """Return look-alikes per item; at least the smallest rate there is, whose logarithm exists."""
    strength = parameters["false_prior_bps"]
    prior = parameters["false_bps"] * strength * COUNT
    rates = [
        (own * BPS * BPS + boxes * prior) // (BPS * (BPS + strength) * max(looks, 1))
        for own, boxes, looks in zip(
            false.tolist(), votes.boxes_of.tolist(), votes.looks_of.tolist(), strict=True
        )
    ]
    return np.array([max(rate, 1) for rate in rates], dtype=np.int64)
