"""Which label a cluster of boxes has.

One accuracy per worker, as in Dawid and Skene, Applied Statistics 28(1), 1979, with wrong labels
as in Hovy, Berg-Kirkpatrick, Vaswani and Hovy, "Learning Whom to Trust with MACE", NAACL 2013: who
does not know says a label as often as the crowd does, so a rare label weighs more.

    q[l]    = share of l among all boxes
    E step  L[c, l] = sum over c's boxes of log2(a[w] + (1 - a[w]) q[l] if they say l
                                                 else (1 - a[w]) q[what they say])
            t[c, l] ~ 2 ** L[c, l] over the labels that c's boxes say
    M step  a[w]    = (sum of t[c, label] + 4 * crowd's mean) / (boxes of w + 4), over shared
                      clusters: a box alone says nothing of its worker's accuracy

Plain integers of Python, scaled by `SURE` = 2**30; logarithms by 2**24.
"""

from collections import Counter
from collections.abc import Sequence

from oracle.integers import EXP2_BITS, LOWEST, exp2, log2

from .clusters import Cluster

SURE = 1 << EXP2_BITS

Shares = dict[int, int]
"""The chance of each label that somebody said, scaled by `SURE`."""

_PRIOR_BOXES = 4
_MOST_SURE = SURE - SURE // 1_000


def name_clusters(clusters: Sequence[Cluster], worker_count: int, iterations: int) -> list[Shares]:
    """Return the shares of the labels of each cluster.

    The shares of a cluster add up to the chance that at least one of its voters knew.
    """
    guesses = _guesses(clusters)
    shares = [_votes(cluster) for cluster in clusters]
    open_places = [place for place, own in enumerate(shares) if len(own) > 1]
    accuracies = _accuracies(clusters, shares, worker_count)
    for _ in range(iterations if open_places else 0):
        for place in open_places:
            shares[place] = _weigh(clusters[place], accuracies, guesses)
        refined = _accuracies(clusters, shares, worker_count)
        if refined == accuracies:
            break
        accuracies = refined
    return [
        _doubt(cluster, own, accuracies, guesses)
        for cluster, own in zip(clusters, shares, strict=True)
    ]


def best_label(shares: Shares) -> int:
    """Return the label with the greatest share, the smallest of equal ones."""
    return min(shares, key=lambda label: (-shares[label], label))


def _guesses(clusters: Sequence[Cluster]) -> Shares:
    counts = Counter(box.label for cluster in clusters for box in cluster)
    return {label: count * SURE // counts.total() for label, count in counts.items()}


def _votes(cluster: Cluster) -> Shares:
    counts = Counter(box.label for box in cluster)
    return {label: count * SURE // len(cluster) for label, count in counts.items()}


def _accuracies(
    clusters: Sequence[Cluster], shares: Sequence[Shares], worker_count: int
) -> list[int]:
    agreed, given = [0] * worker_count, [0] * worker_count
    for cluster, own in zip(clusters, shares, strict=True):
        for box in cluster if len(cluster) > 1 else ():
            agreed[box.worker] += own[box.label]
            given[box.worker] += 1
    crowd = (sum(agreed) + SURE) // (sum(given) + 1)
    return [
        min((own + _PRIOR_BOXES * crowd) // (count + _PRIOR_BOXES), _MOST_SURE)
        for own, count in zip(agreed, given, strict=True)
    ]


def _guessed(accuracy: int, guess: int) -> int:
    """Return the chance to say a label without knowing."""
    return max(((SURE - accuracy) * guess) >> EXP2_BITS, 1)


def _weigh(cluster: Cluster, accuracies: Sequence[int], guesses: Shares) -> Shares:
    scores = dict.fromkeys(sorted({box.label for box in cluster}), 0)
    for box in cluster:
        accuracy = accuracies[box.worker]
        guessed = _guessed(accuracy, guesses[box.label])
        for label in scores:
            scores[label] += log2(guessed + accuracy if label == box.label else guessed)
    best = max(scores.values())
    powers = {label: exp2(max(score - best, LOWEST)) for label, score in scores.items()}
    whole = sum(powers.values())
    return {label: power * SURE // whole for label, power in powers.items()}


def _doubt(cluster: Cluster, shares: Shares, accuracies: Sequence[int], guesses: Shares) -> Shares:
    """Lower each share by the chance that all who said the label were wrong."""
    wrong = dict.fromkeys(shares, SURE)
    for box in cluster:
        miss = (SURE - accuracies[box.worker]) * (SURE - guesses[box.label]) >> EXP2_BITS
        wrong[box.label] = wrong[box.label] * miss >> EXP2_BITS
    return {label: own * (SURE - wrong[label]) >> EXP2_BITS for label, own in shares.items()}
