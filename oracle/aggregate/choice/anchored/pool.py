"""Join the vote and the fitted models into one belief per item.

Without audits a model counts by the cube of kappa, the chance-corrected agreement of the answers
with what it says: a model that has collapsed to one label agrees with nobody and counts nothing.
With audits the weights are those that explain the audited items best (stacking, Wolpert 1992; the
EM for a mixture of fixed parts), starting from that prior; and a table of what the pool said and
what the audits found, drawn to no error, corrects what it says (Dawid-Skene's matrix of the pool).

The pool is linear: one model that is sure and wrong cannot overrule the others.
"""

import numpy as np

from oracle.aggregate.choice.answers import UNKNOWN
from oracle.aggregate.choice.crowd import Crowd, Results, Shard
from oracle.integers import ONE, UNIT, Ints, Ints32, exp2, kernel

VOTE_SHARE = UNIT // 4
_ROUNDS = 20
_PRIOR_ITEMS = 4
_LEAST = 50
"""A model keeps 1/50 of its belief for what it does not know."""

_HALF_NAT = 12_102_203
"""log2(e) / 2, scaled by `ONE`: half a nat of prior for each audited item won."""

_FEWER_BITS = 20
_FEWER_BELIEF_BITS = 10


def pool_weights(crowd: Crowd, factors: Ints, predicted: list[Ints32]) -> Ints:
    """Return what each model counts, the vote first, together `UNIT`."""
    kappas = [_kappa(crowd, factors, each) + 1 for each in predicted[1:]]
    cubes = [(kappa * UNIT // max(kappas)) ** 3 // UNIT**2 for kappa in kappas]
    rest = UNIT - VOTE_SHARE
    prior = np.array([VOTE_SHARE, *(cube * rest // sum(cubes) for cube in cubes)], dtype=np.int64)
    audited = np.flatnonzero(crowd.answers.known != UNKNOWN)
    if not audited.size:
        return prior
    truths = crowd.answers.known[audited]
    hits = np.stack([each[audited, truths].astype(np.int64) for each in predicted])
    return _stack(hits, _favour(hits, prior), crowd.answers.label_count)


def _kappa(crowd: Crowd, factors: Ints, predicted: Ints32) -> int:
    """Return the answers' agreement with a model beyond chance, 0..`UNIT`.

    An answer adds at most 2**11 * 2**20 here, so 4 * 10**8 of them stay below 2**60.
    """
    agreed, given, answered, believed = crowd.total(
        _agree, (factors >> _FEWER_BITS,), by_item=(predicted,)
    )
    unit = UNIT >> _FEWER_BELIEF_BITS
    total = max(int(given[0]), 1)
    by_chance = (
        sum(int(label) * int(belief) for label, belief in zip(answered, believed, strict=True))
        // total
    )
    room = total * unit - by_chance
    return max(0, (int(agreed[0]) - by_chance) * UNIT // max(room, 1))


def _favour(hits: Ints, prior: Ints) -> Ints:
    """Move the prior towards the models that knew more audited items."""
    known = [int(total) for total in hits.sum(axis=1)]
    gains = [exp2(max((each - max(known)) * _HALF_NAT // UNIT, -60 * ONE)) for each in known]
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
    """Return how far answers agree with beliefs, their weight, and both by label."""
    label_count = predicted.shape[1]
    agreed = np.zeros(1, dtype=np.int64)
    given = np.zeros(1, dtype=np.int64)
    answered = np.zeros(label_count, dtype=np.int64)
    believed = np.zeros(label_count, dtype=np.int64)
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
            believed[label] += weight * (predicted[item, label] >> _FEWER_BELIEF_BITS)
    return agreed, given, answered, believed
