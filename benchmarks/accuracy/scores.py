"""Measures of results that are no labels; none of this is used by the methods."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.crowds import Crowd

Results = Mapping[str, str]
"""What a method says of each item, or the score of each object."""

Box = Sequence[float]
LEAST_OVERLAP = 0.5


def absolute_error(crowd: Crowd, found: Results) -> float:
    """Return the mean absolute error."""
    errors = [abs(float(found[item]) - float(crowd.truth(item))) for item in crowd.judged]
    return sum(errors) / len(errors)


def rank_correlation(crowd: Crowd, found: Results) -> float:
    """Return Spearman's correlation of the scores with the ratings."""
    objects = sorted(found.keys() & crowd.truths.keys())
    ours = _ranks([float(found[name]) for name in objects])
    theirs = _ranks([float(crowd.truth(name)) for name in objects])
    return float(np.corrcoef(ours, theirs)[0, 1])


def words(text: str) -> list[str]:
    """Take words without case and punctuation."""
    normal = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    return re.findall(r"[\w']+", normal)


def word_error_rate(crowd: Crowd, found: Results) -> float:
    """Return all words wrong, missing or too many, divided by all true words."""
    pairs = [(words(crowd.truth(item)), words(found[item])) for item in crowd.judged]
    return sum(_edits(*pair) for pair in pairs) / sum(len(truth) for truth, _ in pairs)


def box_f1(crowd: Crowd, found: Results) -> float:
    """Return F1 of boxes that half overlap a true one; each counts once, the best pairs first."""
    right = drawn = true = 0
    for item in crowd.judged:
        ours = [each["box"] for each in json.loads(found.get(item, "[]"))]
        truths = [json.loads(text)["box"] for text in crowd.truths[item]]
        right += _matches(ours, truths)
        drawn, true = drawn + len(ours), true + len(truths)
    return 2 * right / (drawn + true)


def overlap(one: Box, other: Box) -> float:
    """Return the intersection of two boxes divided by their union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(width, 0) * max(height, 0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return shared / (sum(areas) - shared) if shared else 0.0


def _matches(ours: Sequence[Box], truths: Sequence[Box]) -> int:
    pairs = [
        (overlap(one, other), place, truth)
        for place, one in enumerate(ours)
        for truth, other in enumerate(truths)
    ]
    taken: set[tuple[str, int]] = set()
    for shared, place, truth in sorted(pairs, reverse=True):
        pair = {("ours", place), ("true", truth)}
        if shared >= LEAST_OVERLAP and not pair & taken:
            taken |= pair
    return len(taken) // 2


def _edits(truth: Sequence[str], found: Sequence[str]) -> int:
    """Return the edit distance (Wagner and Fischer, JACM 21, 1974)."""
    row = list(range(len(found) + 1))
    for count, word in enumerate(truth, 1):
        left, before = count, row[0]
        row[0] = count
        for place, other in enumerate(found, 1):
            left = min(left + 1, row[place] + 1, before + (word != other))
            before, row[place] = row[place], left
    return row[-1]


def _ranks(values: Sequence[float]) -> NDArray[np.float64]:
    """Give equal values their mean rank."""
    table = np.asarray(values)
    below = (table[:, None] > table).sum(axis=1)
    ranks: NDArray[np.float64] = below + (table[:, None] == table).sum(axis=1) / 2
    return ranks
