"""Crowds that order objects: Mallows' model by repeated insertion, from seeded integers."""

import random
from collections.abc import Sequence

from oracle.aggregate.rankings import Rankings, parse
from oracle.frames import Frame, frame_of

GUESSES = 1 << 8
"""The ratio of an insertion one place further off, scaled by 2**8: a guesser's is one."""


def draw(source: random.Random, truth: Sequence[str], ratio: int) -> list[str]:
    order: list[str] = []
    for name in truth:
        weights = [ratio**offset << 8 * (len(order) - offset) for offset in range(len(order) + 1)]
        drawn = source.randrange(sum(weights))
        offset = 0
        while drawn >= weights[offset]:
            drawn -= weights[offset]
            offset += 1
        order.insert(len(order) - offset, name)
    return order


def mallows_crowd(
    seed: int, items: int, objects: int, answers: int, ratios: Sequence[int]
) -> tuple[Frame, list[list[str]]]:
    """Give each worker a ratio; return the frame and the true order of each item."""
    source = random.Random(seed)
    truths, rows = [], []
    for item in range(items):
        truth = source.sample([f"o{place:02}" for place in range(objects)], objects)
        truths.append(truth)
        for worker in source.sample(range(len(ratios)), answers):
            order = draw(source, truth, ratios[worker])
            rows.append((f"i{item:04}", f"w{worker:02}", ">".join(order)))
    names, workers, texts = (list(column) for column in zip(*rows, strict=True))
    return frame_of(names, workers, texts), truths


def rankings_of(*rows: tuple[str, str, str]) -> Rankings:
    items, workers, texts = (list(column) for column in zip(*rows, strict=True))
    return parse(frame_of(items, workers, texts))


def distance(order: Sequence[str], truth: Sequence[str]) -> int:
    """Count the pairs in the wrong order."""
    ranks = [truth.index(name) for name in order]
    return sum(upper > lower for at, upper in enumerate(ranks) for lower in ranks[at + 1 :])
