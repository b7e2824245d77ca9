"""Write what was measured as rows: for JSON, the page and the pictures."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from .comparison import Compared
from .goals import Figures
from .splits import PLAYED
from .strategies import SPAMMERS, Strategy
from .together import RingFigures

Record = dict[str, Any]
DIGITS = 4


def record_of(figures: Figures) -> Record:
    """Return all figures, means over seeds."""
    return {
        "overlaps": list(_overlaps(figures)),
        "rounds": [
            {"strategy": strategy, "kind": kind, "pool": pool, "net": _mean(each)}
            for (strategy, kind, _, pool), each in figures.rounds.items()
        ],
        "replies": list(_replies(figures)),
        "splits": list(_splits(figures)),
        "mistakes": {
            kind: {"settled": each.settled, "slashed": each.slashed}
            for kind, each in figures.mistakes.items()
        },
        "rings": list(_rings(figures.rings)),
        "sabotage": list(_rings(figures.sabotage)),
        "dynamics": {
            kind: [round(float(share), DIGITS) for share in np.mean(courses, axis=0)]
            for kind, courses in figures.dynamics.items()
        },
        "digests": dict(figures.digests),
    }


def plain(row: Compared) -> Record:
    """Return a strategy's row for JSON, in which a missing figure is null."""
    return {
        name: (None if value != value else round(value, DIGITS))
        if isinstance(value, float)
        else str(value)
        for name, value in asdict(row).items()
    }


def _overlaps(figures: Figures) -> Iterator[Record]:
    """Give honest work in the worse pool, and the best spammer in the pool that is better for it.

    What a spammer nets is the worst figure of all goals; so is honest work's.
    """
    cells = dict.fromkeys((kind, overlap) for _, kind, overlap, _ in figures.spam)
    for kind, overlap in cells:
        nets: dict[str, list[float]] = {}
        for (strategy, own, answers, _), each in figures.spam.items():
            if (own, answers) == (kind, overlap):
                nets.setdefault(strategy, []).append(_mean(each))
        spam = max(net for strategy in SPAMMERS for net in nets[strategy])
        for name, net in (("honest", min(nets[Strategy.HONEST])), ("best spammer", spam)):
            yield {"kind": kind, "overlap": int(overlap), "strategy": name, "net": net}


def _replies(figures: Figures) -> Iterator[Record]:
    for (reply, kind, pool), gains in figures.replies.items():
        yield {"reply": reply, "kind": kind, "pool": pool, "gain": _mean(gains)}


def _splits(figures: Figures) -> Iterator[Record]:
    kinds = dict.fromkeys(kind for _, kind, _ in figures.splits)
    for strategy in PLAYED:
        for kind in kinds:
            own = {
                parts: _mean(each)
                for (played, task, parts), each in figures.splits.items()
                if (played, task) == (strategy, kind)
            }
            yield {"strategy": str(strategy), "kind": kind, "net": own}


def _rings(found: RingFigures) -> Iterator[Record]:
    for (kind, share), each in found.items():
        for epoch, accuracies in each.accuracy.items():
            yield {
                "kind": kind,
                "share": share,
                "epoch": epoch,
                "accuracy": _mean(accuracies),
                "answers_per_item": round(_mean(each.answers[epoch]), 2),
                "ring_net": _mean(each.ring[epoch]) if share else None,
                "honest_net": _mean(each.honest[epoch]),
            }


def _mean(values: list[float]) -> float:
    return round(float(np.mean(values)), DIGITS)
