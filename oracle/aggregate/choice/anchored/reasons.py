"""Why the pool believes what it believes, answer by answer."""

import numpy as np

from oracle.aggregate.choice.aggregate import Scores, ScoresOf
from oracle.aggregate.choice.answers import UNKNOWN, Answers
from oracle.integers import LOG_UNIT, ONE, UNIT, Ints, Ints32, log2

from .evidence import weigh
from .mixture import Fit


def explain_pool(
    answers: Answers,
    fits: list[Fit],
    weights: Ints,
    beliefs: Ints32,
) -> ScoresOf:
    """Return what gives, for an item, log2 of the pooled beliefs and each answer's part in it.

    An answer's part is its log-probability in the models, each by its weight in the pool. What is
    left, `before`, holds the classes' frequencies, the vote, and that a pool is no product.
    """

    def scores_of(item: int) -> Scores:
        given, labels = answers.of_item(item)
        added = np.zeros((given.size, answers.label_count), dtype=np.int64)
        is_audited = bool(answers.known[item] != UNKNOWN)
        for each, weight in zip(fits, weights[1:].tolist(), strict=True):
            subtype = _likelier_subtype(each, item)
            for place in range(given.size):
                logs = np.zeros(each.before.shape[1], dtype=np.int64)
                one = slice(place, place + 1)
                weigh(each.tables, given[one], labels[one], is_audited, each.before[item], logs)
                added[place] += logs[subtype :: each.mixture.subtypes] * weight // UNIT
        total = np.array([log2(max(int(belief), 1)) for belief in beliefs[item]], dtype=np.int64)
        before = total - LOG_UNIT - added.sum(axis=0)
        return Scores(before, added, unit="bits", scale=ONE)

    return scores_of


def _likelier_subtype(fit: Fit, item: int) -> int:
    """Return the subtype that the item most likely has."""
    by_subtype = fit.before[item].reshape(-1, fit.mixture.subtypes).sum(axis=0, dtype=np.int64)
    return int(by_subtype.argmax())
