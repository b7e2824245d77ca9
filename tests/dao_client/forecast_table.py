"""A small table of forecasts whose figures follow from their row, for tests of the look-up."""

import json
from itertools import product

COLUMNS = [
    "labels", "top_share", "accuracy", "ring_share", "overlap", "overlap_most", "is_known",
    "answers_per_item", "accuracy_found", "pay_share", "audited_share",
]  # fmt: skip
FIXED = {
    "audit_rate_bps": 500,
    "overlap_step": 2,
    "slash_per_answer_bps": 3_000,
    "weight_cap": 2,
    "seat_size_prices": 100,
}
ROUNDS = ((3, 3), (3, 11), (5, 5), (5, 11), (11, 11))


def figures(labels, top_share, accuracy, ring_share, overlap, most, is_known) -> list[float]:
    return [
        overlap + (most - overlap) * (0.25 if is_known else 0.5),
        round(accuracy + 0.01 * overlap - 0.1 * ring_share, 4),
        round(0.6 - 0.2 * top_share + 0.01 * labels, 4),
        0.05 if is_known else 0.1,
    ]


def table_text(**changes: object) -> str:
    grid = product((2, 4), (0.0, 0.8), (0.75, 0.85), (0.0, 0.2, 0.4), ROUNDS, (False, True))
    cells = [(*cell[:4], *cell[4], cell[5]) for cell in grid]
    rows = [[*cell, *figures(*cell)] for cell in cells]
    content = {
        "schema": 1,
        "command": "measure it",
        "fixed": FIXED,
        "columns": COLUMNS,
        "rows": rows,
    }
    return json.dumps({**content, **changes})
