"""The strengths of the Bradley-Terry model on integers.

R. A. Bradley and M. E. Terry, "Rank Analysis of Incomplete Block Designs: I. The Method of Paired
Comparisons", Biometrika 39, 1952:

    P(i beats j) = s(x[i] - x[j]),   s(d) = 1 / (1 + 2 ** -d)

Fitted by minorising and maximising as in D. R. Hunter, "MM Algorithms for Generalized
Bradley-Terry Models", Annals of Statistics 32(1), 2004, all objects at once:

    E[i]  = sum over j of n[i, j] * s(x[i] - x[j])         expected wins
    H[i]  = sum over j of n[i, j] * s(1 - s)               curvature
    x[i] += (W[i] - E[i]) / (2 * H[i]), at most a quarter  in units of the natural logarithm

Hunter's own bound divides by E[i] instead of 2 * H[i], which is the same where the two objects are
equal and takes thousands of steps where one wins nearly always. This one ascends as well: no
difference moves by more than 1/2, so the curvature stays below e ** .5 < 2 times H on the way, and
(a - b) ** 2 <= 2 * a ** 2 + 2 * b ** 2 parts the objects.

    x[i] += sum (1/2 - s(x)) / sum s(1 - s), over the objects connected with i, at most a quarter

Every object also wins and loses `prior` answers against one of strength 0. So the maximum is finite
and unique for any graph, connected or not, and objects without a path between them are compared by
how they do in their own surroundings. Games say nothing on how high such a group stands as a whole,
only the prior does; the last line moves it there at once. All sums commute, so names and order
leave no trace: objects of equal standing get equal strengths to the bit.
"""

import numpy as np

from oracle.integers import Ints, Ints32, exp2, kernel

from .components import components

CHANCE_BITS = 30
CERTAIN = 1 << CHANCE_BITS
_ROW_BITS = 32
_HALF_LOG2_E = 12_102_203
_STEP = _HALF_LOG2_E // 2


def fit_strengths(
    low: Ints32,
    high: Ints32,
    wins: Ints,
    losses: Ints,
    start: Ints,
    prior: int,
    iterations: int,
    tolerance: int,
) -> tuple[Ints, int]:
    """Return log2 of each object's strength, scaled by `ONE`, and the number of steps.

    `wins` and `losses` of `low` against `high` have one entry per pair, in votes of `VOTE`, as has
    `prior`. The fit stops after `iterations` steps or when no strength moves by more than
    `tolerance`, scaled by `ONE`.
    """
    games = np.zeros(start.size, dtype=np.int64)
    _add_both(games, low, high, wins + losses, wins + losses)
    shift = max(0, int(games.max(initial=0) + 2 * prior).bit_length() - _ROW_BITS)
    wins, losses, prior = wins >> shift, losses >> shift, max(prior >> shift, 1)
    won = np.full(start.size, prior, dtype=np.int64)
    _add_both(won, low, high, wins, losses)
    strengths = start.copy()
    groups = components(low, high, start.size)
    bounds = prior, iterations, tolerance
    return strengths, int(_climb(low, high, wins + losses, won, groups, strengths, *bounds))


@kernel
def _add_both(sums: Ints, low: Ints32, high: Ints32, to_low: Ints, to_high: Ints) -> None:
    """Add to the sums of both objects of each pair."""
    for pair in range(low.size):
        sums[low[pair]] += to_low[pair]
        sums[high[pair]] += to_high[pair]


@kernel
def chance(difference: int) -> int:
    """Return s(d) scaled by 2**30; s(d) and s(-d) add up to one exactly."""
    power = exp2(-abs(difference))
    smaller = (power << CHANCE_BITS) // (CERTAIN + power)
    return smaller if difference < 0 else CERTAIN - smaller


@kernel
def _climb(
    low: Ints32,
    high: Ints32,
    games: Ints,
    won: Ints,
    groups: Ints,
    strengths: Ints,
    prior: int,
    iterations: int,
    tolerance: int,
) -> int:
    """Move the strengths until none moves by more than `tolerance`.

    An object's games sum to below 2**32, a chance is at most 2**30: every sum stays below 2**62. A
    rest within the last bit of every chance is none, else objects that never lose would tremble.
    """
    noise = np.full(strengths.size, 2 * prior, dtype=np.int64)
    _add_both(noise, low, high, games, games)
    expected = np.zeros(strengths.size, dtype=np.int64)
    curvature = np.zeros(strengths.size, dtype=np.int64)
    for step in range(iterations):
        _expect(low, high, games, strengths, prior, expected, curvature)
        furthest = 0
        for place in range(strengths.size):
            rest = (won[place] << CHANCE_BITS) - expected[place]
            is_noise = abs(rest) <= noise[place]
            move = 0 if is_noise else _move(abs(rest), max(curvature[place], 1))
            strengths[place] += move if rest > 0 else -move
            furthest = max(furthest, move)
        furthest = max(furthest, _settle(groups, strengths))
        if furthest <= tolerance:
            return step + 1
    return iterations


@kernel
def _expect(
    low: Ints32,
    high: Ints32,
    games: Ints,
    strengths: Ints,
    prior: int,
    expected: Ints,
    curvature: Ints,
) -> None:
    """Compute E and H of each object, scaled by 2**30."""
    for place in range(strengths.size):
        wins = chance(strengths[place])
        expected[place] = 2 * prior * wins
        curvature[place] = 2 * prior * ((wins * (CERTAIN - wins)) >> CHANCE_BITS)
    for pair in range(low.size):
        wins = chance(strengths[low[pair]] - strengths[high[pair]])
        bend = games[pair] * ((wins * (CERTAIN - wins)) >> CHANCE_BITS)
        expected[low[pair]] += games[pair] * wins
        expected[high[pair]] += games[pair] * (CERTAIN - wins)
        curvature[low[pair]] += bend
        curvature[high[pair]] += bend


@kernel
def _settle(groups: Ints, strengths: Ints) -> int:
    """Move each group of connected objects as a whole; return the furthest move."""
    rest = np.zeros(strengths.size, dtype=np.int64)
    curvature = np.zeros(strengths.size, dtype=np.int64)
    for place in range(strengths.size):
        wins = chance(strengths[place])
        rest[groups[place]] += CERTAIN // 2 - wins
        curvature[groups[place]] += (wins * (CERTAIN - wins)) >> CHANCE_BITS
    furthest = 0
    for place in range(strengths.size):
        group = groups[place]
        move = _move(abs(rest[group]), max(curvature[group] // 2, 1))
        strengths[place] += move if rest[group] > 0 else -move
        furthest = max(furthest, move)
    return furthest


@kernel
def _move(rest: int, curvature: int) -> int:
    """Return rest / (2 * curvature), in log2 scaled by `ONE`; rest times 2**24 stays in int64."""
    if 2 * rest >= curvature:
        return _STEP
    while rest >> 38 > 0:
        rest >>= 1
        curvature >>= 1
    return rest * _HALF_LOG2_E // curvature
