"""Which items divide the crowd: where another answer, or a better instruction, helps most."""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.choice import Aggregate, Answers


@dataclass(frozen=True)
class HardItem:
    """An item, its label, how sure the method is, and how many workers gave each answer.

    `votes` lists (label, answers), most answers first.
    """

    item: int
    label: int
    confidence_bps: int
    votes: tuple[tuple[int, int], ...]


def hardest_items(answers: Answers, result: Aggregate, limit: int) -> tuple[HardItem, ...]:
    """List the answered items of least confidence, by confidence and then by number."""
    answered = np.flatnonzero(result.labels >= 0)
    order = np.argsort(result.confidence_bps[answered], kind="stable")[:limit]
    return tuple(
        HardItem(
            item=item,
            label=int(result.labels[item]),
            confidence_bps=int(result.confidence_bps[item]),
            votes=_votes(answers, item),
        )
        for item in answered[order].tolist()
    )


def _votes(answers: Answers, item: int) -> tuple[tuple[int, int], ...]:
    _, labels = answers.of_item(item)
    found, counts = np.unique(labels, return_counts=True)
    pairs = zip(found.tolist(), counts.tolist(), strict=True)
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
