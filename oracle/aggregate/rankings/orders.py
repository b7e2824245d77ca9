"""The order that contradicts the least weight of answers, item by item.

J. G. Kemeny, "Mathematics without Numbers", Daedalus 88, 1959; the maximum likelihood order if each
answer follows Mallows' model with its worker's weight (H. P. Young, "Condorcet's Theory of Voting",
American Political Science Review 82, 1988).

Up to eight objects exactly, over all sets (A. Davenport and J. Kalagnanam, AAAI 2004, state the
problem; the recursion is M. Held and R. M. Karp's, 1962):

    f(S) = min over i in S of c(i, S) + f(S - i),   c(i, S) = weight of j above i, over j in S
    R(S) = sum over i of 2 ** (f(S) - c(i, S) - f(S - i)) * R(S - i)

so that 1 / R(all) is the probability of the order found, weights being logarithms of odds.

Beyond that Borda's order, locally Kemenised (C. Dwork, R. Kumar, M. Naor and D. Sivakumar, "Rank
Aggregation Methods for the Web", WWW 2001): each object rises while a majority puts it above its
neighbour. Its probability is that of inserting the objects one by one below those before them,

    product over i of 1 / (sum over t of 2 ** -(margins of the t objects above i over i)),

which is exact where all answers have one Mallows model (J.-P. Doignon, A. Pekec and M. Regenwetter,
"The Repeated Insertion Model for Rankings", Psychometrika 69, 2004), an estimate elsewhere.

Of equally good orders the one that is first by the names of the objects is taken, and marked.
"""

import numpy as np

from oracle.integers import EXP2_BITS, Ints, Ints32, exp2, kernel

EXACT_OBJECTS = 8
_SETS = 1 << EXACT_OBJECTS
_COARSE_BITS = 14
_CERTAIN = 1 << EXP2_BITS


@kernel
def find_orders(
    object_starts: Ints,
    table_starts: Ints,
    tables: Ints,
    orders: Ints32,
    confidence_bps: Ints,
    tied: Ints,
) -> None:
    """Fill the order of each item's objects, how sure it is, and 1 if another is as good."""
    for item in range(object_starts.size - 1):
        order = orders[object_starts[item] : object_starts[item + 1]]
        table = tables[table_starts[item] : table_starts[item + 1]]
        if order.size <= EXACT_OBJECTS:
            share, tied[item] = _search(table, order)
        else:
            _start_with_borda(table, order)
            _kemenise(table, order)
            share, tied[item] = _insert(table, order)
        confidence_bps[item] = (10_000 * share) >> EXP2_BITS


@kernel
def _search(table: Ints, order: Ints32) -> tuple[int, int]:
    """Return 1 / R(all) scaled by 2**30, and 1 if several orders are best.

    R is at most 8! < 2**16, so it stays below 2**46, and below 2**62 times an exponential of 16
    bits; a cost is a sum of 28 entries of the table.
    """
    size = order.size
    cost = np.zeros(_SETS, dtype=np.int64)
    first = np.zeros(_SETS, dtype=np.int64)
    spread = np.full(_SETS, _CERTAIN, dtype=np.int64)
    ways = np.ones(_SETS, dtype=np.int64)
    for chosen in range(1, 1 << size):
        _extend(table, size, chosen, cost, first, spread, ways)
    left = (1 << size) - 1
    for place in range(size):
        order[place] = first[left]
        left -= 1 << first[left]
    full = (1 << size) - 1
    return (1 << 2 * EXP2_BITS) // spread[full], int(ways[full] > 1)


@kernel
def _extend(
    table: Ints, size: int, chosen: int, cost: Ints, first: Ints, spread: Ints, ways: Ints
) -> None:
    """Compute f, R and the number of best orders of one set from its subsets."""
    totals = np.zeros(EXACT_OBJECTS, dtype=np.int64)
    best = -1
    for place in range(size):
        if chosen >> place & 1:
            totals[place] = cost[chosen - (1 << place)] + _burden(table, size, chosen, place)
            if best < 0 or totals[place] < totals[best]:
                best = place
    cost[chosen], first[chosen] = totals[best], best
    spread[chosen], ways[chosen] = 0, 0
    for place in range(size):
        if chosen >> place & 1:
            rest = chosen - (1 << place)
            share = exp2(totals[best] - totals[place]) >> _COARSE_BITS
            spread[chosen] += (spread[rest] * share) >> (EXP2_BITS - _COARSE_BITS)
            ways[chosen] += ways[rest] if totals[place] == totals[best] else 0


@kernel
def _burden(table: Ints, size: int, chosen: int, place: int) -> int:
    """Return the weight of answers that put another of the chosen above this one."""
    weight = 0
    for other in range(size):
        if chosen >> other & 1:
            weight += table[other * size + place]
    return weight


@kernel
def _start_with_borda(table: Ints, order: Ints32) -> None:
    """Sort by wins less losses over all others, equal objects by name."""
    size = order.size
    scores = np.zeros(size, dtype=np.int64)
    for upper in range(size):
        for lower in range(size):
            scores[upper] += table[upper * size + lower]
            scores[lower] -= table[upper * size + lower]
    for start in range(size):
        place = start
        while place > 0 and scores[order[place - 1]] < scores[start]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = start


@kernel
def _kemenise(table: Ints, order: Ints32) -> None:
    """Let each object rise above neighbours that it beats."""
    for start in range(1, order.size):
        place = start
        while place > 0 and _margin(table, order, place, place - 1) > 0:
            order[place], order[place - 1] = order[place - 1], order[place]
            place -= 1


@kernel
def _insert(table: Ints, order: Ints32) -> tuple[int, int]:
    """Return the probability of the order scaled by 2**30, and 1 if neighbours are even."""
    share, tied = _CERTAIN, 0
    for place in range(1, order.size):
        margin, spread = 0, _CERTAIN
        for above in range(place - 1, -1, -1):
            margin += _margin(table, order, above, place)
            spread += exp2(min(-margin, 0))
        share = (share << EXP2_BITS) // spread
        tied |= _margin(table, order, place - 1, place) == 0
    return share, tied


@kernel
def _margin(table: Ints, order: Ints32, place: int, other: int) -> int:
    """Return by how much the object at one place beats that at another."""
    upper, lower = order[place], order[other]
    return int(table[upper * order.size + lower] - table[lower * order.size + upper])
