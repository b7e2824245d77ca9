"""Crowds that compare objects, drawn from seeded integers."""

import random
from collections.abc import Sequence

from oracle.aggregate.pairwise import Comparisons, parse
from oracle.frames import Frame, frame_of

Row = tuple[str, str, str, str]
"""worker, left, right, winner"""


def frame_of_rows(rows: Sequence[Row]) -> Frame:
    workers, lefts, rights, winners = (list(column) for column in zip(*rows, strict=True))
    items = [f"{left}|{right}" for _, left, right, _ in rows]
    return frame_of(items, workers, winners, {"left": lefts, "right": rights})


def comparisons_of(rows: Sequence[Row]) -> Comparisons:
    return parse(frame_of_rows(rows))


def wins(first: str, second: str, won: int, lost: int) -> list[Row]:
    """Let `first` win and lose against `second`, each time by another worker."""
    winners = [first] * won + [second] * lost
    return [(f"w{place}", first, second, winner) for place, winner in enumerate(winners)]


def crowd(seed: int, objects: int, rows: int, workers: int, guessers: int) -> list[Row]:
    """Object k is k steps stronger than 0; the first `guessers` workers toss a coin."""
    source = random.Random(seed)
    drawn = []
    for _ in range(rows):
        worker = source.randrange(workers)
        first, second = source.sample(range(objects), 2)
        odds = 1 << 16 >> min(abs(first - second), 16)
        is_upset = source.randrange((1 << 16) + odds) < odds
        if worker < guessers:
            is_upset = source.randrange(2) == 1
        winner = min(first, second) if is_upset else max(first, second)
        drawn.append((f"w{worker:03}", f"o{first:03}", f"o{second:03}", f"o{winner:03}"))
    return drawn
