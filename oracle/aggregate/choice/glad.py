"""GLAD, generative model of labels, abilities and difficulties (Whitehill, Ruvolo, Wu, Bergsma and
Movellan, "Whose Vote Should Count More", NIPS 2009), on integers.

Worker w, of ability a[w], is right on item i, of ease exp(b[i]), with chance
sigmoid(a[w] * exp(b[i])); a wrong answer is any other label. a and b are normal around 1, as in
crowd-kit, whose model this is.

    start   a = b = 1
    E step  gain[w, i] = a[w] * exp(b[i]) * log2(e) + log2(K - 1)
            t[i, k]    ~ 2 ** (sum of the gains of the answers k)
    M step  a[w]  += (sum of (t - sigmoid) * exp(b) - (a - 1)) / (1 + sum of v * exp(2 b))
            b[i]  += (sum of (t - sigmoid) * a exp(b) - (b - 1)) / (1 + sum of v * (a exp(b))**2)
            with t of the answer's label and v = sigmoid * (1 - sigmoid)
    `iterations` times

The M step is Newton's, with Fisher's information for the second derivative and no step above
`_STRIDE`. Abilities and difficulties move in turn and each move has fresh beliefs (Meng and Rubin,
"Maximum Likelihood Estimation via the ECM Algorithm", Biometrika 80(2), 1993, section 5), so one
round is two passes over the answers and nothing is kept per answer. There is no random start.

Two things differ from crowd-kit 1.4 on purpose. Its M step is up to 25 conjugate gradients with the
same beliefs. And it stops when the expected log-likelihood falls, which fresh beliefs may bring
about at any time: after 2 rounds on five crowds of nineteen, after 19 on another. Six rounds give
its accuracy at a cost known before; the optimum itself is worse (s_rel: 54.8 after 6, 49.7 after
100), as a difficulty per item has too few answers to learn from.

Scales: a, b and everything of their size `ONE`; beliefs and sigmoids `SURE`; exp(b) 2**22. As
|a| <= 2**4 and -8 <= b <= 11/2, exp(b) < 2**8 and |a exp(b)| < 2**12.
"""

import numpy as np

from oracle.aggregate.types import Parameters
from oracle.integers import ONE, Ints, Ints32, exp2, kernel, log2

from .aggregate import Aggregate, Scores, ScoresOf, break_ties
from .answers import Answers
from .crowd import Crowd, Results, Shard
from .digamma import LOG2_E
from .gains import (
    Board,
    Prior,
    believe,
    board_of,
    gains_as_scores,
    in_bps,
    longest,
    prior_of,
    share_in_bps,
    wipe,
)
from .logistic import SURE, SURE_BITS, sigmoid
from .method import choice_method

_ABLEST = 16 * ONE
_HARDEST = -8 * ONE
_EASIEST = 11 * ONE // 2
_STRIDE = ONE
_BITS = 24
_EASE_BITS = 22
_BEND_BITS = 16
"""Bends, which are second derivatives less their sign, are scaled by 2**16."""


def aggregate_glad(crowd: Crowd, parameters: Parameters) -> Aggregate:
    """Estimate every worker's ability and every item's difficulty and label together."""
    answers = crowd.answers
    prior = prior_of(np.ones(answers.label_count, dtype=np.int64))
    abilities = np.full(answers.worker_count, ONE, dtype=np.int64)
    difficulties = np.full(answers.item_count, ONE, dtype=np.int64)
    for _ in range(parameters["iterations"]):
        slopes, bends, _right = crowd.total(_slope_abilities, (abilities, prior), (difficulties,))
        abilities = _climb(abilities, slopes, bends)
        (difficulties,) = crowd.rows(_climb_difficulties, (abilities, prior), (difficulties,))
    return _aggregate_of(crowd, abilities, difficulties, prior, parameters["iterations"])


def _aggregate_of(
    crowd: Crowd, abilities: Ints, difficulties: Ints, prior: Prior, iterations: int
) -> Aggregate:
    """Label every item by its belief."""
    answers = crowd.answers
    labels, confidence, is_tied = crowd.rows(_choose, (abilities, prior), (difficulties,))
    _, _, right = crowd.total(_slope_abilities, (abilities, prior), (difficulties,))
    scores_of = _explain(answers, abilities, difficulties, prior)
    return Aggregate(
        labels=break_ties(answers, labels, is_tied, scores_of),
        confidence_bps=confidence,
        skill_bps=share_in_bps(right, answers.answers_of_worker),
        iterations=iterations,
        scores_of=scores_of,
    )


def _explain(answers: Answers, abilities: Ints, difficulties: Ints, prior: Prior) -> ScoresOf:
    def scores_of(item: int) -> Scores:
        workers, labels = answers.of_item(item)
        gains = np.zeros(workers.size, dtype=np.int64)
        if workers.size:
            _weigh(workers, abilities, exp(int(difficulties[item])), prior.logs.size, gains)
        return gains_as_scores(labels, gains, prior)

    return scores_of


@kernel
def _slope_abilities(shard: Shard, difficulties: Ints, abilities: Ints, prior: Prior) -> Results:
    """Return each ability's slope and bend, scaled by `ONE` and 2**16, and right answers.

    One answer adds less than 2**(24 + 8) to a slope and 2**(16 - 2 + 16) to a bend; a worker has
    less than 2**29 answers, so the sums stay below 2**61.
    """
    slopes = np.zeros(abilities.size, dtype=np.int64)
    bends = np.zeros(abilities.size, dtype=np.int64)
    right = np.zeros(abilities.size, dtype=np.int64)
    board = board_of(prior.logs.size)
    gains = np.zeros(longest(shard.starts), dtype=np.int64)
    for item in range(shard.starts.size - 1):
        first, last = shard.starts[item], shard.starts[item + 1]
        if first == last:
            continue
        ease = exp(difficulties[item])
        labels = shard.labels[first:last]
        _weigh(shard.workers[first:last], abilities, ease, prior.logs.size, gains)
        believe(labels, gains, prior, board)
        for row in range(first, last):
            worker = shard.workers[row]
            belief = board.scores[shard.labels[row]]
            chance = sigmoid(_to_bits(abilities[worker] * ease >> _EASE_BITS))
            slopes[worker] += (belief - chance) * ease >> (SURE_BITS + _EASE_BITS - _BITS)
            bends[worker] += _bend(chance, ease >> (_EASE_BITS - _BEND_BITS))
            right[worker] += belief
        wipe(labels, board)
    return slopes, bends, right


@kernel
def _climb(abilities: Ints, slopes: Ints, bends: Ints) -> Ints:
    """Move each ability by one step."""
    moved = np.zeros_like(abilities)
    for worker in range(abilities.size):
        step = _step(abilities[worker], slopes[worker], bends[worker])
        moved[worker] = min(max(abilities[worker] + step, -_ABLEST), _ABLEST)
    return moved


@kernel
def _climb_difficulties(
    shard: Shard, difficulties: Ints, abilities: Ints, prior: Prior
) -> tuple[Ints]:
    """Move each item's difficulty by one step."""
    moved = np.full(difficulties.size, ONE)
    board = board_of(prior.logs.size)
    gains = np.zeros(longest(shard.starts), dtype=np.int64)
    for item in range(difficulties.size):
        first, last = shard.starts[item], shard.starts[item + 1]
        if first == last:
            continue
        ease = exp(difficulties[item])
        labels = shard.labels[first:last]
        _weigh(shard.workers[first:last], abilities, ease, prior.logs.size, gains)
        believe(labels, gains, prior, board)
        step = _step_of(shard, item, difficulties[item], abilities, board)
        moved[item] = min(max(difficulties[item] + step, _HARDEST), _EASIEST)
        wipe(labels, board)
    return (moved,)


@kernel
def _step_of(shard: Shard, item: int, difficulty: int, abilities: Ints, board: Board) -> int:
    """Return how far an item's difficulty should move.

    |a exp(b)| is below 2**28 where it is scaled by 2**16, so a product with a belief is below
    2**58. One answer adds less than 2**36 to the slope; and less than 2**16 to the bend, as a
    chance tends to 0 or 1 faster than its size grows.
    """
    ease = exp(difficulty)
    slope = 0
    bend = 0
    for row in range(shard.starts[item], shard.starts[item + 1]):
        size = abilities[shard.workers[row]] * ease >> _EASE_BITS
        chance = sigmoid(_to_bits(size))
        short = size >> (_BITS - _BEND_BITS)
        surprise = board.scores[shard.labels[row]] - chance
        slope += surprise * short >> (SURE_BITS + _BEND_BITS - _BITS)
        bend += _bend(chance, short)
    return _step(difficulty, slope, bend)


@kernel
def _step(place: int, slope: int, bend: int) -> int:
    """Return slope / bend, with those of the normal prior, but at most one stride.

    A slope of 2**46 or more gives more than a stride, unless the bend has 22 bits above its point:
    then those below do not matter.
    """
    steep = slope - (place - ONE)
    sharp = bend + (1 << _BEND_BITS)
    if abs(steep) < 1 << 46:
        step = (steep << _BEND_BITS) // sharp
    else:
        step = steep // (sharp >> _BEND_BITS)
    return min(max(step, -_STRIDE), _STRIDE)


@kernel
def _choose(shard: Shard, difficulties: Ints, abilities: Ints, prior: Prior) -> Results:
    """Take the label with the highest score."""
    chosen = np.full(difficulties.size, -1, dtype=np.int64)
    confidence = np.zeros(difficulties.size, dtype=np.int64)
    is_tied = np.zeros(difficulties.size, dtype=np.int64)
    board = board_of(prior.logs.size)
    gains = np.zeros(longest(shard.starts), dtype=np.int64)
    for item in range(difficulties.size):
        first, last = shard.starts[item], shard.starts[item + 1]
        if first == last:
            continue
        labels = shard.labels[first:last]
        ease = exp(difficulties[item])
        _weigh(shard.workers[first:last], abilities, ease, prior.logs.size, gains)
        chosen[item], belief, is_tied[item] = believe(labels, gains, prior, board)
        confidence[item] = in_bps(belief)
        wipe(labels, board)
    return chosen, confidence, is_tied


@kernel
def _weigh(workers: Ints32, abilities: Ints, ease: int, label_count: int, gains: Ints) -> None:
    """Write the gain of each of an item's answers."""
    others = log2(max(label_count - 1, 1))
    for row in range(workers.size):
        gains[row] = _to_bits(abilities[workers[row]] * ease >> _EASE_BITS) + others


@kernel
def exp(value: int) -> int:
    """Return e**x, scaled by 2**22, for x of at most 11/2 scaled by `ONE`."""
    return exp2((value * LOG2_E >> _BITS) - 8 * ONE)


@kernel
def _to_bits(value: int) -> int:
    """Return x * log2(e) for |x| < 2**12; the product is below 2**61."""
    return value * LOG2_E >> _BITS


@kernel
def _bend(chance: int, size: int) -> int:
    """Return chance * (1 - chance) * size**2, scaled as the size is by 2**16."""
    variance = chance * (SURE - chance) >> SURE_BITS
    return (variance * size >> SURE_BITS) * size >> _BEND_BITS


GLAD = choice_method("glad", "1", {"iterations": 6}, aggregate_glad)
