"""Judge the beliefs of two programs by one measure that neither of them computes."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic import Crowd

NOTHING = 1e-10
"""What a count of nothing is taken for, in answers."""

ITEMS_PER_STEP = 100_000

Floats = NDArray[np.float64]


def log_likelihood(crowd: Crowd, posteriors: Floats) -> float:
    """Return ln P(answers) under the Dawid-Skene model that the beliefs imply.

    `posteriors` has a row per item and a column per label. The confusion matrices and the classes
    are the frequencies under these beliefs (one M step); the truth is summed out:
    sum over items of ln sum over k of q[k] * product over answers of p[worker, k, answer].
    """
    logs, log_classes = _log_frequencies(crowd, posteriors)
    total = 0.0
    for first in range(0, crowd.item_count, ITEMS_PER_STEP):
        last = min(first + ITEMS_PER_STEP, crowd.item_count)
        rows = slice(first * crowd.per_item, last * crowd.per_item)
        cells = logs[crowd.workers[rows], crowd.labels[rows]]
        scores = cells.reshape(last - first, crowd.per_item, -1).sum(axis=1) + log_classes
        highest = scores.max(axis=1)
        total += float((np.log(np.exp(scores - highest[:, None]).sum(axis=1)) + highest).sum())
    return total


def _log_frequencies(crowd: Crowd, posteriors: Floats) -> tuple[Floats, Floats]:
    """Return ln p[worker, answer, truth] and ln q[truth]."""
    shape = crowd.worker_count, crowd.label_count
    cells = crowd.workers.astype(np.int64) * crowd.label_count + crowd.labels
    logs = np.empty((*shape, crowd.label_count))
    for truth in range(crowd.label_count):
        belief = np.repeat(posteriors[:, truth], crowd.per_item)
        counts = np.bincount(cells, weights=belief, minlength=shape[0] * shape[1]).reshape(shape)
        counts = np.maximum(counts, NOTHING)
        logs[:, :, truth] = np.log(counts / counts.sum(axis=1, keepdims=True))
    return logs, np.log(np.maximum(posteriors.mean(axis=0), NOTHING))
