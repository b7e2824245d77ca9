"""From the pooled beliefs to a label and a confidence that means what it says."""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.choice.answers import UNKNOWN
from oracle.aggregate.choice.crowd import Crowd, Shard
from oracle.integers import LOG_UNIT, UNIT, Ints, Ints32, exp2, kernel, log2, ratio

from .evidence import fill_beliefs

_PRIOR_ITEMS = 30
_REBALANCING_ROUNDS = 10
_EVEN = 1 << 20
_LEAST_FACTOR = 1 << 10
_MOST_FACTOR = 1 << 30
_CALIBRATING_ITEMS = 10
_MOST_STRETCH = 6 * UNIT // 5
_MOST_CONFIDENCE = 995 * UNIT // 1_000
_TWO_NATS = 48_408_813
"""2 log2(e), scaled by `ONE`: what a vote of weight one is worth once audits have weighed it."""

_MOST_VOTES = 1_000 * UNIT


@dataclass(frozen=True)
class Decision:
    """Hold per item the label, the confidence (by `UNIT`), and whether another is as likely."""

    labels: Ints
    confidence: Ints
    is_tied: Ints


def sharpen(crowd: Crowd, shares: Ints32, totals: Ints, trust: int) -> Ints32:
    """Turn an audited vote into beliefs: two nats for each vote of weight one.

    As far as the audits are not to be trusted (few), shares stay shares.
    """
    beliefs: Ints32
    (beliefs,) = crowd.rows(_sharpen, (trust,), by_item=(shares, totals))
    return beliefs


def pool(crowd: Crowd, predicted: list[Ints32], weights: Ints) -> Ints32:
    """Return the weighted mean of the models' beliefs."""
    pooled: Ints32
    (pooled,) = crowd.rows(_pool, (weights,), by_item=predicted)
    return pooled


def rebalance(crowd: Crowd, pooled: Ints32) -> Ints32:
    """Multiply each label's belief so that the pool expects as many of each as the audits found.

    One number per label, fitted to the audited items as they look without their own audit, with
    thirty items of prior on what the pool says (iterative proportional fitting, Deming and Stephan
    1940).
    """
    answers = crowd.answers
    known = answers.known[answers.known != UNKNOWN]
    if not known.size:
        return pooled
    prior = _PRIOR_ITEMS * UNIT // answers.label_count
    found = np.bincount(known, minlength=answers.label_count) * UNIT + prior
    factors = np.full(answers.label_count, _EVEN, dtype=np.int64)
    for _ in range(_REBALANCING_ROUNDS):
        (expected,) = crowd.total(_expect_labels, (factors,), by_item=(pooled,))
        shares = [
            factor * goal // (count + prior)
            for factor, goal, count in zip(
                factors.tolist(), found.tolist(), expected.tolist(), strict=True
            )
        ]
        factors = np.clip(np.array(shares, dtype=np.int64), _LEAST_FACTOR, _MOST_FACTOR)
    rebalanced: Ints32
    (rebalanced,) = crowd.rows(_rebalance, (factors,), by_item=(pooled,))
    return rebalanced


def decide(crowd: Crowd, beliefs: Ints32, factors: Ints) -> Decision:
    """Take the most believed label; confidence is its belief, flattened and then calibrated.

    Answers on an item share its difficulty, so they say less than independent ones: beliefs are
    raised to the power of .8. Audits then stretch or shrink what is above chance until it is as
    often right as it says, starting from ten items on which it is.
    """
    labels, raw, winners = crowd.rows(_choose, (factors,), by_item=(beliefs,))
    known = crowd.answers.known
    chance = UNIT // crowd.answers.label_count
    audited = (known != UNKNOWN) & (labels >= 0)
    hits = _count_hits(beliefs[audited], known[audited], winners[audited])
    above = int((raw[audited] - chance).sum())
    earned = max(0, hits - int(audited.sum()) * chance + _CALIBRATING_ITEMS * UNIT)
    stretch = min(_MOST_STRETCH, ratio(earned, max(above + _CALIBRATING_ITEMS * UNIT, 1)))
    stretched = chance + (raw - chance) * stretch // UNIT
    confidence = np.clip(stretched, chance, _MOST_CONFIDENCE)
    return Decision(labels, np.where(labels < 0, 0, confidence), winners > 1)


def _count_hits(beliefs: Ints32, known: Ints32, winners: Ints) -> int:
    """Return how many audited labels are the most believed, by `UNIT`; n that tie hit 1/n each."""
    is_best = beliefs[np.arange(known.size), known] == beliefs.max(axis=1, initial=0)
    return int((is_best * (UNIT // np.maximum(winners, 1))).sum())


@kernel
def _sharpen(shard: Shard, shares: Ints32, totals: Ints, trust: int) -> tuple[Ints32]:
    """Stay within int64: 2**20 * 2**40 votes, then 2**30 * 2**26 bits."""
    beliefs = np.zeros(shares.shape, dtype=np.int32)
    evidence = np.zeros(shares.shape[1], dtype=np.int64)
    for item in range(shares.shape[0]):
        total = min(totals[item], _MOST_VOTES)
        for label in range(evidence.size):
            votes = (shares[item, label] >> 10) * total // (UNIT >> 10)
            evidence[label] = (votes >> 10) * _TWO_NATS // (UNIT >> 10)
        fill_beliefs(evidence, beliefs[item])
        for label in range(evidence.size):
            own = np.int64(beliefs[item, label]) * trust
            mixed = own + np.int64(shares[item, label]) * (UNIT - trust)
            beliefs[item, label] = mixed // UNIT
    return (beliefs,)


@kernel
def _pool(
    shard: Shard, vote: Ints32, coin: Ints32, rows: Ints32, twin: Ints32, weights: Ints
) -> tuple[Ints32]:
    pooled = np.zeros(vote.shape, dtype=np.int32)
    for item in range(vote.shape[0]):
        for label in range(vote.shape[1]):
            pooled[item, label] = (
                weights[0] * vote[item, label]
                + weights[1] * coin[item, label]
                + weights[2] * rows[item, label]
                + weights[3] * twin[item, label]
            ) // UNIT
    return (pooled,)


@kernel
def _expect_labels(shard: Shard, pooled: Ints32, factors: Ints) -> tuple[Ints]:
    """Add up what the pool, so rebalanced, believes of the audited items."""
    expected = np.zeros(factors.size, dtype=np.int64)
    for item in range(pooled.shape[0]):
        if shard.known[item] != UNKNOWN:
            total = _weigh_labels(pooled[item], factors)
            for label in range(factors.size):
                expected[label] += ratio(pooled[item, label] * factors[label], total)
    return (expected,)


@kernel
def _rebalance(shard: Shard, pooled: Ints32, factors: Ints) -> tuple[Ints32]:
    rebalanced = np.zeros(pooled.shape, dtype=np.int32)
    for item in range(pooled.shape[0]):
        total = _weigh_labels(pooled[item], factors)
        for label in range(factors.size):
            rebalanced[item, label] = ratio(pooled[item, label] * factors[label], total)
    return (rebalanced,)


@kernel
def _weigh_labels(beliefs: Ints32, factors: Ints) -> int:
    """Return the sum of beliefs times factors: below 2**30 * 2**30, as beliefs add up to one."""
    total = 0
    for label in range(factors.size):
        total += beliefs[label] * factors[label]
    return max(total, 1)


@kernel
def _choose(shard: Shard, beliefs: Ints32, factors: Ints) -> tuple[Ints, Ints, Ints]:
    labels = np.full(beliefs.shape[0], UNKNOWN, dtype=np.int64)
    confidence = np.zeros(beliefs.shape[0], dtype=np.int64)
    winners = np.zeros(beliefs.shape[0], dtype=np.int64)
    for item in range(beliefs.shape[0]):
        if not _is_answered(shard, item, factors):
            continue
        best = beliefs[item].max()
        flattened = 0
        for label in range(beliefs.shape[1]):
            winners[item] += beliefs[item, label] == best
            flattened += _flatten(beliefs[item, label])
        labels[item] = beliefs[item].argmax()
        confidence[item] = ratio(_flatten(best), max(flattened, 1))
    return labels, confidence, winners


@kernel
def _is_answered(shard: Shard, item: int, factors: Ints) -> bool:
    for row in range(shard.starts[item], shard.starts[item + 1]):
        if factors[shard.workers[row]] > 0:
            return True
    return False


@kernel
def _flatten(belief: int) -> int:
    """Return the belief to the power of .8."""
    return exp2((log2(belief) - LOG_UNIT) * 4 // 5) if belief > 0 else 0
