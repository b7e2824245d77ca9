"""How much of the crowd puts one object above another, and how far a worker is from the others."""

import numpy as np

from oracle.integers import Ints, Ints32, kernel

from .rankings import Rankings


def support_of(rankings: Rankings, weights: Ints) -> Ints:
    """Return each item's table, row by row: the weight of answers that put row above column.

    A worker's repeated answers to one item share the weight of one.
    """
    tables = np.zeros(int(rankings.table_starts[-1]), dtype=np.int64)
    _add_support(*_columns(rankings), row_votes(rankings, weights), tables)
    return tables


def row_votes(rankings: Rankings, weights: Ints) -> Ints:
    """Return the weight of each answer."""
    given = rankings.items.astype(np.int64) * rankings.worker_count + rankings.workers
    _, group, counts = np.unique(given, return_inverse=True, return_counts=True)
    votes: Ints = weights[rankings.workers] // counts[group]
    return votes


def distances(rankings: Rankings, votes: Ints, tables: Ints) -> tuple[Ints, Ints]:
    """Compare each answer with all other workers' answers to the item, pair by pair.

    Returns how many pairs of the answer the others decide, and how many of those the other way:
    Kendall's distance (M. G. Kendall, "A New Measure of Rank Correlation", Biometrika 30, 1938) to
    the leave-one-out majority. A pair on which the others are even is not counted.
    """
    compared = np.zeros(rankings.items.size, dtype=np.int64)
    against = np.zeros(rankings.items.size, dtype=np.int64)
    _compare(*_columns(rankings), rankings.workers, votes, tables, compared, against)
    return compared, against


def _columns(rankings: Rankings) -> tuple[Ints32, Ints, Ints32, Ints, Ints]:
    return (
        rankings.items,
        rankings.starts,
        rankings.places,
        np.diff(rankings.object_starts),
        rankings.table_starts,
    )


@kernel
def _add_support(
    items: Ints32,
    starts: Ints,
    places: Ints32,
    sizes: Ints,
    table_starts: Ints,
    votes: Ints,
    tables: Ints,
) -> None:
    for row in range(items.size):
        item = items[row]
        for upper in range(starts[row], starts[row + 1]):
            line = table_starts[item] + places[upper] * sizes[item]
            for lower in range(upper + 1, starts[row + 1]):
                tables[line + places[lower]] += votes[row]


@kernel
def _compare(
    items: Ints32,
    starts: Ints,
    places: Ints32,
    sizes: Ints,
    table_starts: Ints,
    workers: Ints32,
    votes: Ints,
    tables: Ints,
    compared: Ints,
    against: Ints,
) -> None:
    """Take a worker's own answers to an item out of its table, compare them, and put them back."""
    first = 0
    for row in range(items.size):
        is_last = row + 1 == items.size
        if is_last or items[row + 1] != items[row] or workers[row + 1] != workers[row]:
            own = slice(first, row + 1)
            bounds = starts[first : row + 2]
            columns = items[own], bounds, places, sizes, table_starts
            _add_support(*columns, -votes[own], tables)
            _count(*columns, tables, compared[own], against[own])
            _add_support(*columns, votes[own], tables)
            first = row + 1


@kernel
def _count(
    items: Ints32,
    starts: Ints,
    places: Ints32,
    sizes: Ints,
    table_starts: Ints,
    tables: Ints,
    compared: Ints,
    against: Ints,
) -> None:
    for row in range(items.size):
        size, begin = sizes[items[row]], table_starts[items[row]]
        for upper in range(starts[row], starts[row + 1]):
            for lower in range(upper + 1, starts[row + 1]):
                same = tables[begin + places[upper] * size + places[lower]]
                other = tables[begin + places[lower] * size + places[upper]]
                compared[row] += same != other
                against[row] += same < other
