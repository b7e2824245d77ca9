"""What one answer says of its item, under one model and without the answer itself."""

from typing import NamedTuple

import numpy as np

from oracle.integers import LOG_UNIT, ONE, UNIT, Ints, Ints32, clipped_ratio, exp2, kernel, log2

ONCE = 4
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
            coin = _coin(tables, worker, subtype, 0, 0)
            chance = coin if column // subtypes == labels[cell] else (UNIT - coin) // others
            tables.steady[cell, column] = _log_chance(tables, cell, worker, column, chance, 0)
    return tables


@kernel
def weigh(
    tables: Tables, worker: int, label: int, is_audited: bool, beliefs: Ints32, evidence: Ints
) -> None:
    """Add log2 of an answer's probability to `evidence`, for each class and subtype.

    `beliefs` are those of the item that the tables were counted from: what the answer itself added.
    Where that is less than a thousandth of an answer it is left in, and a table says the rest.
    """
    subtypes = tables.coins.size
    label_count = beliefs.size // subtypes
    cell = tables.cell_of[worker * label_count + label]
    times = tables.boosts[worker] if is_audited else ONCE
    for subtype in range(subtypes):
        coin = -1
        for truth in range(label_count):
            column = truth * subtypes + subtype
            if beliefs[column] < _NEGLIGIBLE:
                evidence[column] += tables.steady[cell, column]
                continue
            if coin < 0:
                given = _own(beliefs, subtype, subtypes, times)
                right = times * beliefs[label * subtypes + subtype] // ONCE
                coin = _coin(tables, worker, subtype, right, given)
            own = times * beliefs[column] // ONCE
            chance = coin if truth == label else (UNIT - coin) // max(label_count - 1, 1)
            evidence[column] += _log_chance(tables, cell, worker, column, chance, own)


@kernel
def _own(beliefs: Ints32, subtype: int, subtypes: int, times: int) -> int:
    """Return what an answer has added to its worker's counts of a subtype."""
    own = 0
    for column in range(subtype, beliefs.size, subtypes):
        own += times * beliefs[column] // ONCE
    return own


@kernel
def _coin(tables: Tables, worker: int, subtype: int, right: int, given: int) -> int:
    """Return a worker's accuracy without one answer, drawn to the crowd's by four answers."""
    return clipped_ratio(
        tables.right[worker, subtype] - right + _WORKER_PRIOR * tables.coins[subtype],
        tables.given[worker, subtype] - given + _WORKER_PRIOR * UNIT,
    )


@kernel
def _log_chance(tables: Tables, cell: int, worker: int, column: int, chance: int, own: int) -> int:
    """Return log2 of an answer's probability, times its worker's gate; `chance` is the coin's."""
    if tables.row_prior > 0:
        chance = clipped_ratio(
            tables.cells[cell, column] - own + tables.row_prior * chance,
            tables.rows[worker, column] - own + tables.row_prior * UNIT,
        )
    chance += (tables.habits[cell] - chance) * tables.habit // UNIT
    return (log2(max(chance, 1)) - LOG_UNIT) * int(tables.gates[worker]) // UNIT


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
