"""Objects that comparisons connect, however far."""

import numpy as np

from oracle.integers import Ints, Ints32, kernel


@kernel
def components(low: Ints32, high: Ints32, object_count: int) -> Ints:
    """Return for each object the smallest object that it is connected with (union-find)."""
    parents = np.arange(object_count)
    for pair in range(low.size):
        first, second = _root(parents, low[pair]), _root(parents, high[pair])
        parents[max(first, second)] = min(first, second)
    for place in range(object_count):
        parents[place] = _root(parents, place)
    return parents


@kernel
def _root(parents: Ints, place: int) -> int:
    """Follow the parents to the root, and halve the way for the next time."""
    while parents[place] != place:
        parents[place] = parents[parents[place]]
        place = parents[place]
    return place
