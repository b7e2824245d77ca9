"""Crowds to digest: one per kind of answer, and four that choose, with gold and with stakes."""

from dataclasses import dataclass, field
from typing import Any

from .lots import Lots
from .seeded_tables import LABELS, TABLES, Size, Table, draw_choices, item_name, table_of

SIZES = {"small": Size(60, 5, 11), "medium": Size(400, 5, 40)}


@dataclass(frozen=True)
class SeededCrowd:
    """Hold a crowd's table, and what else `aggregate_answers` may be given with it."""

    table: Table
    options: dict[str, Any] = field(default_factory=dict)

    def shuffled(self, seed: int) -> "SeededCrowd":
        """Return the same crowd, every table with its rows in another order."""
        lots = Lots(seed)
        return SeededCrowd(
            _shuffled(self.table, lots),
            {name: _shuffled(table, lots) for name, table in self.options.items()},
        )


def crowds_of(kind: str, size: Size) -> dict[str, SeededCrowd]:
    """Return the crowds of a kind by name: several for choices, one for all others."""
    if kind == "choice":
        return _choice_crowds(size)
    draw = TABLES[kind]
    return {"plain": SeededCrowd(draw(Lots(len(kind)), size))}


def _choice_crowds(size: Size) -> dict[str, SeededCrowd]:
    lots = Lots(1)
    labels = LABELS[:4] if size.items < 100 else LABELS
    truths = {item_name(item): lots.one_of(labels) for item in range(size.items)}
    table = table_of(
        [row for item in truths for row in draw_choices(lots, size, labels, item, truths)]
    )
    audited = lots.some(list(truths), max(3, size.items // 10))
    workers = sorted({*table["worker"]})
    gold = {"task": audited, "truth": [truths[item] for item in audited]}
    stakes = [lots.one_of(["0", "0.25", "1", "1.5", "40"]) for _ in workers]
    stake = {"worker": workers, "stake": stakes}
    return {
        "plain": SeededCrowd(table),
        "gold": SeededCrowd(table, {"gold": gold}),
        "stakes": SeededCrowd(table, {"stakes": stake}),
        "gold_stakes": SeededCrowd(table, {"gold": gold, "stakes": stake}),
    }


def _shuffled(table: Table, lots: Lots) -> Table:
    order = lots.shuffled(range(len(next(iter(table.values())))))
    return {name: [column[row] for row in order] for name, column in table.items()}
