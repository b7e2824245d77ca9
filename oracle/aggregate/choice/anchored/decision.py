"""From the pooled beliefs to a label and a confidence that means what it says."""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.choice.answers import UNKNOWN
from oracle.aggregate.choice.crowd import Crowd, Shard
from oracle.integers import LOG_UNIT, UNIT, Ints, Ints32, clipped_ratio, exp2, kernel, log2, ratio

from .evidence import fill_beliefs

_FAULTLESS_ITEMS = 8
"""The table of what the pool says and audits find starts from so many faultless items a label."""

_NEGLIGIBLE = UNIT // 1_000
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


def sharpen(crowd: Crowd, shares: Ints32, totals: Ints) -> Ints32:
    """Turn an audited vote into beliefs: two nats for each vote of weight one."""
    beliefs: Ints32
    (beliefs,) = crowd.rows(_sharpen, (), by_item=(shares, totals))
    return beliefs


def pool(crowd: Crowd, predicted: list[Ints32], weights: Ints) -> Ints32:
    """Return the weighted mean of the models' beliefs."""
    pooled: Ints32
    (pooled,) = crowd.rows(_pool, (weights,), by_item=predicted)
    return pooled


def correct(crowd: Crowd, pooled: Ints32) -> Ints32:
    """Move belief to the labels that audits found where the pool said another one.

    On an audited item the item itself is left out of the table.
    """
    answers = crowd.answers
    if not (answers.known != UNKNOWN).any():
        return pooled
    (table,) = crowd.total(_tabulate, (), by_item=(pooled,))
    table[np.diag_indices(answers.label_count)] += _FAULTLESS_ITEMS * UNIT
    corrected: Ints32
    (corrected,) = crowd.rows(_correct, (table, table.sum(axis=1)), by_item=(pooled,))
    return corrected


def decide(crowd: Crowd, beliefs: Ints32, factors: Ints) -> Decision:
    """Take the most believed label; confidence is its belief, flattened and then calibrated.

    Answers on an item share its difficulty, so they say less than independent ones: beliefs are
    raised to the power of .8. Audits then stretch or shrink what is above chance until it is as
    often right as it says, starting from ten items on which it is.
    """
    labels, raw, is_tied = crowd.rows(_choose, (factors,), by_item=(beliefs,))
    known = crowd.answers.known
    chance = UNIT // crowd.answers.label_count
    audited = (known != UNKNOWN) & (labels >= 0)
    hits = int((labels[audited] == known[audited]).sum())
    above = int((raw[audited] - chance).sum())
    earned = max(0, hits * UNIT - int(audited.sum()) * chance + _CALIBRATING_ITEMS * UNIT)
    stretch = min(_MOST_STRETCH, ratio(earned, max(above + _CALIBRATING_ITEMS * UNIT, 1)))
    stretched = chance + (raw - chance) * stretch // UNIT
    confidence = np.clip(stretched, chance, _MOST_CONFIDENCE)
    return Decision(labels, np.where(labels < 0, 0, confidence), is_tied)


@kernel
def _sharpen(shard: Shard, shares: Ints32, totals: Ints) -> tuple[Ints32]:
    """Stay within int64: 2**20 * 2**40 votes, then 2**30 * 2**26 bits."""
    beliefs = np.zeros(shares.shape, dtype=np.int32)
    evidence = np.zeros(shares.shape[1], dtype=np.int64)
    for item in range(shares.shape[0]):
        total = min(totals[item], _MOST_VOTES)
        for label in range(evidence.size):
            votes = (shares[item, label] >> 10) * total // (UNIT >> 10)
            evidence[label] = (votes >> 10) * _TWO_NATS // (UNIT >> 10)
        fill_beliefs(evidence, beliefs[item])
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
def _tabulate(shard: Shard, pooled: Ints32) -> tuple[Ints]:
    """Add up what the pool says (rows) of items with each audited label (columns)."""
    table = np.zeros((pooled.shape[1], pooled.shape[1]), dtype=np.int64)
    for item in range(pooled.shape[0]):
        if shard.known[item] != UNKNOWN:
            for said in range(pooled.shape[1]):
                table[said, shard.known[item]] += pooled[item, said]
    return (table,)


@kernel
def _correct(shard: Shard, pooled: Ints32, table: Ints, said_in_all: Ints) -> tuple[Ints32]:
    corrected = np.zeros(pooled.shape, dtype=np.int32)
    for item in range(pooled.shape[0]):
        known = shard.known[item]
        for said in range(pooled.shape[1]):
            belief = np.int64(pooled[item, said])
            if belief < _NEGLIGIBLE:
                corrected[item, said] += belief
                continue
            own = belief if known != UNKNOWN else 0
            for truth in range(pooled.shape[1]):
                found = table[said, truth] - (own if truth == known else 0)
                share = clipped_ratio(found, said_in_all[said] - own)
                corrected[item, truth] += belief * share // UNIT
    return (corrected,)


@kernel
def _choose(shard: Shard, beliefs: Ints32, factors: Ints) -> tuple[Ints, Ints, Ints]:
    labels = np.full(beliefs.shape[0], UNKNOWN, dtype=np.int64)
    confidence = np.zeros(beliefs.shape[0], dtype=np.int64)
    is_tied = np.zeros(beliefs.shape[0], dtype=np.int64)
    for item in range(beliefs.shape[0]):
        if not _is_answered(shard, item, factors):
            continue
        best = beliefs[item].max()
        winners = 0
        flattened = 0
        for label in range(beliefs.shape[1]):
            winners += beliefs[item, label] == best
            flattened += _flatten(beliefs[item, label])
        labels[item] = beliefs[item].argmax()
        confidence[item] = ratio(_flatten(best), max(flattened, 1))
        is_tied[item] = winners > 1
    return labels, confidence, is_tied


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
