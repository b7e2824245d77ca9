"""Krippendorff's alpha (Krippendorff, "Content Analysis", 4th ed. 2019, chapter 12), exactly.

    alpha = 1 - observed disagreement / expected disagreement

1 is full agreement, 0 is what chance alone would give, below 0 is systematic disagreement. Items
with a single answer say nothing and are left out. The result is a fraction, not a float; it is
nothing where no disagreement was possible (fewer than two different answers, or no overlap).
"""

from fractions import Fraction

import numpy as np

from oracle.aggregate.choice import Crowd
from oracle.aggregate.choice.crowd import Results, Shard
from oracle.integers import Ints, kernel


def nominal_alpha(crowd: Crowd) -> Fraction | None:
    """Return alpha where two labels are either the same or not."""
    answers = crowd.answers
    widest = int(np.diff(answers.starts).max(initial=0))
    differing, counts = crowd.total(_count_differing, (widest, answers.label_count))
    given = int(counts.sum())
    alike = sum(int(count) * (int(count) - 1) for count in counts)
    observed = sum(
        (Fraction(int(pairs), width - 1) for width, pairs in enumerate(differing) if pairs),
        Fraction(0),
    )
    return _alpha(observed, given * (given - 1) - alike, given)


def interval_alpha(starts: Ints, values: list[int]) -> Fraction | None:
    """Return alpha where two numbers differ by the square of their distance.

    `values[starts[i]:starts[i + 1]]` are the answers to item i, all in one unit.
    """
    observed = Fraction(0)
    pairable: list[int] = []
    for first, last in zip(starts.tolist(), starts[1:].tolist(), strict=False):
        if last - first > 1:
            pairable += values[first:last]
            observed += Fraction(_squares(values[first:last]), last - first - 1)
    return _alpha(observed, _squares(pairable), len(pairable))


def _alpha(observed: Fraction, expected: int, given: int) -> Fraction | None:
    """Compare the sums over ordered pairs: within items, and among all answers."""
    return 1 - observed * (given - 1) / expected if expected else None


def _squares(values: list[int]) -> int:
    """Return the sum of (a - b)**2 over all ordered pairs."""
    return 2 * (len(values) * sum(value * value for value in values) - sum(values) ** 2)


@kernel
def _count_differing(shard: Shard, widest: int, label_count: int) -> Results:
    """Count ordered pairs of different labels by how many answers their item has, and the labels.

    At most 4 * 10**8 answers with 4 * 10**5 others each: below 2**48.
    """
    differing = np.zeros(widest + 1, dtype=np.int64)
    counts = np.zeros(label_count, dtype=np.int64)
    votes = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.starts.size - 1):
        rows = range(shard.starts[item], shard.starts[item + 1])
        if len(rows) < 2:
            continue
        for row in rows:
            differing[len(rows)] += (row - shard.starts[item] - votes[shard.labels[row]]) * 2
            votes[shard.labels[row]] += 1
            counts[shard.labels[row]] += 1
        for row in rows:
            votes[shard.labels[row]] = 0
    return differing, counts
