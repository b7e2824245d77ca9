"""What one answer says of its item, under one model and without the answer itself."""

from typing import NamedTuple

import numpy as np

from oracle.integers import LOG_UNIT, ONE, UNIT, Ints, Ints32, clipped_ratio, exp2, kernel, log2

ONCE = 4
"""How often an answer counts is held in quarters."""

_WORKER_PRIOR = 4
_NOTHING = -30 * ONE


class Tables(NamedTuple):
    """What an answer is weighed by: a model after one count of the beliefs.

    `cells` and `rows` hold expected counts per cell and per worker, shape (n, K * subtypes),
    `right` and `given` per worker and subtype. `coins` is the crowd's accuracy by subtype,
    `log_classes` log2 of the share of each class and subtype. The rest is what `Cells`, `Workers`
    and `Mixture` say.
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
    row_prior: int
    habit: int


@kernel
def weigh(
    tables: Tables, worker: int, label: int, is_audited: bool, beliefs: Ints32, evidence: Ints
) -> None:
    """Add log2 of an answer's probability to `evidence`, for each class and subtype.

    `beliefs` are those of the item that the tables were counted from: what the answer itself added.
    """
    subtypes = tables.coins.size
    label_count = beliefs.size // subtypes
    cell = tables.cell_of[worker * label_count + label]
    gate = tables.gates[worker]
    times = tables.boosts[worker] if is_audited else ONCE
    for subtype in range(subtypes):
        coin = _coin(tables, worker, label, subtype, times, beliefs)
        miss = (UNIT - coin) // max(label_count - 1, 1)
        for truth in range(label_count):
            column = truth * subtypes + subtype
            chance = coin if truth == label else miss
            if tables.row_prior > 0:
                own = times * beliefs[column] // ONCE
                chance = clipped_ratio(
                    tables.cells[cell, column] - own + tables.row_prior * chance,
                    tables.rows[worker, column] - own + tables.row_prior * UNIT,
                )
            chance += (tables.habits[cell] - chance) * tables.habit // UNIT
            evidence[column] += (log2(max(chance, 1)) - LOG_UNIT) * gate // UNIT


@kernel
def _coin(
    tables: Tables, worker: int, label: int, subtype: int, times: int, beliefs: Ints32
) -> int:
    """Return a worker's accuracy without one answer, drawn to the crowd's by four answers."""
    subtypes = tables.coins.size
    own = np.int64(0)
    for column in range(subtype, beliefs.size, subtypes):
        own += times * beliefs[column] // ONCE
    own_right = times * beliefs[label * subtypes + subtype] // ONCE
    prior = _WORKER_PRIOR * tables.coins[subtype]
    return clipped_ratio(
        tables.right[worker, subtype] - own_right + prior,
        tables.given[worker, subtype] - own + _WORKER_PRIOR * UNIT,
    )


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
