"""Join the vote and the fitted models into one belief per item.

Without audits a model counts by the cube of kappa, the chance-corrected agreement of the answers
with what it says: a model that has collapsed to one label agrees with nobody and counts nothing.
Noise can only even the labels out, so a model that calls the truth more even than the answers has
taken a group of hard items for a label: each bit of that divides its weight by 2**40. With audits
the weights are those that explain the audited items best (stacking, Wolpert 1992; the EM for a
mixture of fixed parts), starting from that prior.

The pool is linear: one model that is sure and wrong cannot overrule the others.
"""

import numpy as np

from oracle.aggregate.choice.answers import UNKNOWN
from oracle.aggregate.choice.crowd import Crowd, Results, Shard
from oracle.integers import EXP2_BITS, LOWEST, UNIT, Ints, Ints32, exp2, kernel, log2

VOTE_SHARE = UNIT // 4
_ROUNDS = 20
_PRIOR_ITEMS = 10
_LEAST = 50
"""A model keeps 1/50 of its belief for what it does not know."""

_QUARTER_NAT = 6_051_102
"""log2(e) / 4, scaled by `ONE`: a quarter of a nat of prior for each audited item won."""

_EVENNESS = 40

_FEWER_BITS = 20
_FEWER_BELIEF_BITS = 10


def pool_weights(crowd: Crowd, factors: Ints, predicted: list[Ints32]) -> Ints:
    """Return what each model counts, the vote first, together `UNIT`."""
    agreements = [_agreement(crowd, factors, each) for each in predicted[1:]]
    best = max(kappa for kappa, _ in agreements)
    worths = [(kappa * UNIT // best) ** 3 // UNIT**2 * sound // UNIT for kappa, sound in agreements]
    rest = UNIT - VOTE_SHARE
    shares = (worth * rest // max(sum(worths), 1) for worth in worths)
    prior = np.array([VOTE_SHARE, *shares], dtype=np.int64)
    audited = np.flatnonzero(crowd.answers.known != UNKNOWN)
    if not audited.size:
        return prior
    truths = crowd.answers.known[audited]
    hits = np.stack([each[audited, truths].astype(np.int64) for each in predicted])
    return _stack(hits, _favour(hits, prior), crowd.answers.label_count)


def _agreement(crowd: Crowd, factors: Ints, predicted: Ints32) -> tuple[int, int]:
    """Return the answers' agreement with a model beyond chance, and 2**-40 per bit too even.

    Both by `UNIT`, the first at least one. An answer adds at most 2**11 * 2**20 here, so 4 * 10**8
    of them stay below 2**60.
    """
    agreed, given, answered, believed, classes = crowd.total(
        _agree, (factors >> _FEWER_BITS,), by_item=(predicted,)
    )
    unit = UNIT >> _FEWER_BELIEF_BITS
    total = max(int(given[0]), 1)
    pairs = zip(answered.tolist(), believed.tolist(), strict=True)
    by_chance = sum(label * belief for label, belief in pairs) // total
    room = max(total * unit - by_chance, 1)
    kappa = max(0, (int(agreed[0]) - by_chance) * UNIT // room) + 1
    too_even = max(0, _entropy(classes.tolist()) - _entropy(answered.tolist()))
    return kappa, (exp2(max(-_EVENNESS * too_even, LOWEST)) * UNIT) >> EXP2_BITS


def _entropy(counts: list[int]) -> int:
    """Return the entropy of counts below 2**62 in bits, scaled by `ONE`."""
    total = max(sum(counts), 1)
    return sum(count * (log2(total) - log2(count)) for count in counts if count > 0) // total


def _favour(hits: Ints, prior: Ints) -> Ints:
    """Move the prior towards the models that knew more audited items."""
    known = [int(total) for total in hits.sum(axis=1)]
    gains = [exp2(max((each - max(known)) * _QUARTER_NAT // UNIT, LOWEST)) for each in known]
    weights = [int(weight) * gain for weight, gain in zip(prior, gains, strict=True)]
    return np.array([weight * UNIT // max(sum(weights), 1) for weight in weights], dtype=np.int64)


def _stack(hits: Ints, prior: Ints, label_count: int) -> Ints:
    """Fit the weights to the audited items; `hits` has a row per model, a column per item."""
    likely = hits - hits // _LEAST + UNIT // _LEAST // label_count
    weights = prior
    for _ in range(_ROUNDS):
        joint = weights[:, None] * likely
        shares = joint // np.maximum(joint.sum(axis=0) // UNIT, 1)
        weights = (shares.sum(axis=1) + _PRIOR_ITEMS * prior) // (hits.shape[1] + _PRIOR_ITEMS)
    return weights


@kernel
def _agree(shard: Shard, predicted: Ints32, factors: Ints) -> Results:
    """Return how far answers agree with beliefs, their weight, both by label, and the items'."""
    label_count = predicted.shape[1]
    agreed = np.zeros(1, dtype=np.int64)
    given = np.zeros(1, dtype=np.int64)
    answered = np.zeros(label_count, dtype=np.int64)
    believed = np.zeros(label_count, dtype=np.int64)
    classes = np.zeros(label_count, dtype=np.int64)
    for item in range(predicted.shape[0]):
        weight = 0
        for row in range(shard.starts[item], shard.starts[item + 1]):
            factor = factors[shard.workers[row]]
            label = shard.labels[row]
            weight += factor
            answered[label] += factor
            agreed[0] += factor * (predicted[item, label] >> _FEWER_BELIEF_BITS)
        given[0] += weight
        for label in range(label_count):
            belief = predicted[item, label] >> _FEWER_BELIEF_BITS
            believed[label] += weight * belief
            classes[label] += belief if weight > 0 else 0
    return agreed, given, answered, believed, classes
