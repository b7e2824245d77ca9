"""How often an answer is right by chance, and what answers score against that (rule 4)."""

import numpy as np

from oracle.integers import UNIT, Ints, Ints32

from .types import Chances


def chances_of(labels: Ints32, label_count: int) -> Chances:
    """Return F and D over labels: F_k = (G_k + 1) / (G + K) and D = 1 - sum of F_k**2.

    `UNIT` times a count of at most 400 million labels and K below 2**31 stays below 2**62, and the
    squares sum to at most `UNIT`**2.
    """
    counts = np.bincount(labels, minlength=label_count) + 1
    shares = counts * UNIT // (labels.size + label_count)
    return Chances(shares, UNIT - int((shares * shares).sum()) // UNIT)


def score(
    workers: Ints32, labels: Ints32, truths: Ints32, shares: Ints, worker_count: int
) -> tuple[Ints, Ints, Ints]:
    """Return per worker the sum of 1[a = y] - F_a, the answers judged, and those that are right.

    Answers whose truth is negative are not judged. A worker has at most 400 million answers, so
    no sum passes 2**59.
    """
    judged = truths >= 0
    who, given = workers[judged], labels[judged]
    is_right = given == truths[judged]
    points = np.zeros(worker_count, dtype=np.int64)
    np.add.at(points, who, is_right * UNIT - shares[given])
    counts = np.bincount(who, minlength=worker_count)
    hits = np.bincount(who[is_right], minlength=worker_count)
    return points, counts, hits
