"""One box from a cluster of them: the mean of the corners, each worker weighted by precision.

A worker's weight is the inverse of how far, in the mean square, their sides lie from the mean of
the others' boxes, in parts of that mean box's own size, over the clusters of three and more boxes:
inverse-variance weighting, with a sigma per worker as in Branson, Van Horn and Perona, CVPR 2017.
Four sides of the crowd's mean precision are added. A fused coordinate is rounded to the nearest
thousandth of a pixel, a half upwards. Plain integers of Python.
"""

from collections.abc import Sequence

from .answers import Corners
from .clusters import Cluster

WEIGHT = 1 << 10
"""The weight of a worker as precise as the crowd."""

_HEAVIEST = WEIGHT * WEIGHT
_SIZE = 1 << 10
_PRIOR_SIDES = 4
_SPANS = ((0, 2), (1, 3))


def weigh_workers(clusters: Sequence[Cluster], worker_count: int) -> list[int]:
    """Return each worker's weight: the crowd's mean squared distance over their own."""
    squares, sides = [0] * worker_count, [0] * worker_count
    for cluster in clusters:
        for place in range(len(cluster) if len(cluster) > 2 else 0):
            worker = cluster[place].worker
            squares[worker] += _squared_distance(cluster, place)
            sides[worker] += 4
    count = max(sum(sides), 1)
    crowd = sum(squares) // count + 1
    return [
        min(
            max(WEIGHT * crowd * (own_sides + _PRIOR_SIDES) // (own + _PRIOR_SIDES * crowd), 1),
            _HEAVIEST,
        )
        for own, own_sides in zip(squares, sides, strict=True)
    ]


def _squared_distance(cluster: Cluster, place: int) -> int:
    """Add up the squares of four sides' distances from the others' mean, in 1/1024 of its size."""
    others = [box.corners for rank, box in enumerate(cluster) if rank != place]
    own = cluster[place].corners
    total = 0
    for low, high in _SPANS:
        size = sum(corners[high] - corners[low] for corners in others)
        for side in (low, high):
            away = own[side] * len(others) - sum(corners[side] for corners in others)
            total += (away * _SIZE // size) ** 2
    return total


def fuse(cluster: Cluster, weights: Sequence[int]) -> Corners:
    """Return the weighted mean box."""
    whole = sum(weights[box.worker] for box in cluster)
    left, top, right, bottom = (
        (2 * sum(weights[box.worker] * box.corners[side] for box in cluster) + whole) // (2 * whole)
        for side in range(4)
    )
    return left, top, right, bottom
