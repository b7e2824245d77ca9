"""What one answer says of its item, under one model and without the answer itself."""

from typing import NamedTuple

import numpy as np

from oracle.integers import LOG_UNIT, ONE, UNIT, Ints, Ints32, clipped_ratio, exp2, kernel, log2

_QUARTERS = 2
ONCE = 1 << _QUARTERS
"""How often an answer counts is held in quarters."""

_WORKER_PRIOR = 4
_NOTHING = -30 * ONE
_NEGLIGIBLE = UNIT // 1_000


class Tables(NamedTuple):
    """What an answer is weighed by: a model after one count of the beliefs.

    `cells` and `rows` hold expected counts per cell and per worker, shape (n, K * subtypes),
    `right` and `given` per worker and subtype. `coins` is the crowd's accuracy by subtype,
    `log_classes` log2 of the share of each class and subtype, `steady` what a cell says in each
    column by itself. The rest is what `Cells`, `Workers` and `Mixture` say.
    """

    cell_of: Ints32
    gates: Ints
    boosts: Ints
    habits: Ints
    cells: Ints
    rows: Ints
    right: Ints
    given: Ints
    coins: Ints
    log_classes: Ints
    steady: Ints
    row_prior: int
    habit: int


@kernel
def settle(tables: Tables, workers: Ints, labels: Ints) -> Tables:
    """Fill `steady`: what an answer says where it has itself added next to nothing."""
    subtypes = tables.coins.size
    others = max(tables.log_classes.size // subtypes - 1, 1)
    for cell in range(workers.size):
        worker = workers[cell]
        for column in range(tables.log_classes.size):
            subtype = column % subtypes
            right, given = tables.right[worker, subtype], tables.given[worker, subtype]
            chance = _coin(right, given, tables.coins[subtype])
            if column // subtypes != labels[cell]:
                chance = (UNIT - chance) // others
            if tables.row_prior > 0:
                counted, row = tables.cells[cell, column], tables.rows[worker, column]
                chance = _share(counted, row, chance, tables.row_prior)
            tables.steady[cell, column] = _log_chance(
                chance, tables.habits[cell], tables.habit, tables.gates[worker]
            )
    return tables


@kernel
def weigh(
    tables: Tables,
    workers: Ints32,
    labels: Ints32,
    is_audited: bool,
    beliefs: Ints32,
    evidence: Ints,
) -> None:
    """Add log2 of the answers' probabilities to `evidence`, for each class and subtype.

    The answers are of one item; `beliefs` are those of it that the tables were counted from: what
    each answer itself added. Where that is less than a thousandth of an answer it is left in, and a
    table says the rest. Tables are taken apart once here: Numba counts references to each.
    """
    cells, rows, right, given = tables.cells, tables.rows, tables.right, tables.given
    steady, habits, gates, coins = tables.steady, tables.habits, tables.gates, tables.coins
    row_prior, habit = tables.row_prior, tables.habit
    subtypes = coins.size
    label_count = beliefs.size // subtypes
    for place in range(workers.size):
        worker = np.int64(workers[place])
        gate = gates[worker]
        if gate == 0:
            continue
        label = labels[place]
        cell = tables.cell_of[worker * label_count + label]
        times = tables.boosts[worker] if is_audited else ONCE
        for subtype in range(subtypes):
            coin = _coin(
                right[worker, subtype] - count(beliefs[label * subtypes + subtype], times),
                given[worker, subtype] - _count_subtype(beliefs, subtype, subtypes, times),
                coins[subtype],
            )
            for truth in range(label_count):
                column = truth * subtypes + subtype
                if beliefs[column] < _NEGLIGIBLE:
                    evidence[column] += steady[cell, column]
                    continue
                chance = coin if truth == label else (UNIT - coin) // max(label_count - 1, 1)
                if row_prior > 0:
                    own = count(beliefs[column], times)
                    left, row = cells[cell, column] - own, rows[worker, column] - own
                    chance = _share(left, row, chance, row_prior)
                evidence[column] += _log_chance(chance, habits[cell], habit, gate)


@kernel
def count(belief: int, times: int) -> int:
    """Return what an answer adds to a count."""
    return times * int(belief) >> _QUARTERS


@kernel
def _count_subtype(beliefs: Ints32, subtype: int, subtypes: int, times: int) -> int:
    """Return what an answer adds to its worker's counts of a subtype."""
    counted = 0
    for column in range(subtype, beliefs.size, subtypes):
        counted += count(beliefs[column], times)
    return counted


@kernel
def _coin(right: int, given: int, crowd: int) -> int:
    """Return a worker's accuracy, drawn to the crowd's by four answers."""
    return clipped_ratio(right + _WORKER_PRIOR * crowd, given + _WORKER_PRIOR * UNIT)


@kernel
def _share(counted: int, row: int, chance: int, row_prior: int) -> int:
    """Return a label's share of a row that starts from `row_prior` answers of a coin."""
    return clipped_ratio(counted + row_prior * chance, row + row_prior * UNIT)


@kernel
def _log_chance(chance: int, habitual: int, habit: int, gate: int) -> int:
    """Return log2 of an answer's probability, habit mixed in, times its worker's gate."""
    mixed = chance + (habitual - chance) * habit // UNIT
    return (log2(max(mixed, 1)) - LOG_UNIT) * gate // UNIT


@kernel
def fill_beliefs(evidence: Ints, beliefs: Ints32) -> None:
    """Turn log2 evidence into shares of `UNIT`."""
    highest = evidence.max()
    total = 0
    for column in range(evidence.size):
        distance = evidence[column] - highest
        if distance > _NOTHING:
            total += exp2(distance)
    for column in range(evidence.size):
        distance = evidence[column] - highest
        beliefs[column] = exp2(distance) * UNIT // total if distance > _NOTHING else 0
