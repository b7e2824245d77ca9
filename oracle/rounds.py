"""Rounds of answers: few first, then more where they do not yet agree (rule 5, adaptive overlap).

    every item  overlap          answers first
    lead < 1    overlap + step   then, overlap + 2 step, ... up to `most`
    lead >= 1   no more

A lead is the weight of an item's first label less that of its second. No audit exists while a
task takes answers, so a worker weighs what earlier tasks say about it, and a stranger nothing:
a ring of newcomers agrees on everything, and agreement of nobody known is no reason to stop.
"""

from dataclasses import replace

import numpy as np

from .aggregate.choice import Answers
from .integers import Ints
from .settlement import WEIGHT_UNIT, leads, weigh


def wants(
    answers: Answers, scores: Ints, possible: Ints, overlap: int, step: int, most: int
) -> Ints:
    """Return how many answers each item still wants; `scores` and `possible` are histories.

    A round that has begun is filled whatever its first answers say. So who gave one of them learns
    no more from the reply than who gave any other, and which labels were given never matters,
    only how far apart their weights are.
    """
    counts = np.diff(answers.starts)
    ahead = leads(answers, weigh_by_history(answers, scores, possible))
    rounds = -(-np.maximum(counts - overlap, 0) // step)
    filled = overlap + rounds * step
    target = np.where((counts == filled) & (ahead < WEIGHT_UNIT), filled + step, filled)
    more: Ints = np.maximum(np.minimum(target, most) - counts, 0)
    return more


def weigh_by_history(answers: Answers, scores: Ints, possible: Ints) -> Ints:
    """Return each worker's weight by `WEIGHT_UNIT`, from stake and earlier tasks alone."""
    nothing = replace(
        answers,
        starts=np.zeros_like(answers.starts),
        workers=answers.workers[:0],
        labels=answers.labels[:0],
    )
    return np.where(possible > 0, weigh(nothing, scores, possible), 0)
