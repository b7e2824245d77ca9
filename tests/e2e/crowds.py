"""Crowds for tests: a small one of which one always says 0, and one that a ring has joined."""

from pathlib import Path
from random import Random

from scripts.demo.crowd import assign_items

ITEMS = 12
GOOD_WORKERS = 5
RING, HONEST = 24, 36
RING_LABELS = "abcd"
RING_ITEMS, RING_OVERLAP = 1_000, 7
RIGHT_PERCENT = (85, 88, 90, 93)
"""How often honest workers are right, in turn."""


def write_crowd(folder: Path) -> tuple[Path, Path]:
    """Write answers and truth as the demo replays them."""
    truth = {item: item % 2 for item in range(ITEMS)}
    given = [(item, f"good{n}", truth[item]) for n in range(GOOD_WORKERS) for item in truth]
    given += [(item, "spammer", 0) for item in truth]
    answers_file, truth_file = folder / "answers.csv", folder / "truth.csv"
    answers_file.write_text("task,worker,answer\n" + _lines(given))
    truth_file.write_text("task,truth\n" + _lines(truth.items()))
    return answers_file, truth_file


def write_ring(folder: Path, seed: int) -> tuple[Path, Path]:
    """Write a crowd of which 40 % agree beforehand what to say, whatever the items show."""
    dice, items = Random(seed), range(RING_ITEMS)
    truth, agreed = ([dice.choice(RING_LABELS) for _ in items] for _ in range(2))
    names = [f"ring{n}" for n in range(RING)] + [f"honest{n}" for n in range(HONEST)]
    dice.shuffle(names)
    assigned = assign_items(RING_ITEMS, len(names), RING_OVERLAP, seed)
    given = [
        (item, name, agreed[item] if name.startswith("ring") else _say(dice, truth[item], number))
        for number, (name, own) in enumerate(zip(names, assigned, strict=True))
        for item in own
    ]
    answers_file, truth_file = folder / "answers.csv", folder / "truth.csv"
    answers_file.write_text("task,worker,answer\n" + _lines(given))
    truth_file.write_text("task,truth\n" + _lines(enumerate(truth)))
    return answers_file, truth_file


def _say(dice: Random, truth: str, number: int) -> str:
    if dice.random() * 100 < RIGHT_PERCENT[number % len(RIGHT_PERCENT)]:
        return truth
    return dice.choice([label for label in RING_LABELS if label != truth])


def _lines(rows: object) -> str:
    return "".join(",".join(map(str, row)) + "\n" for row in rows)  # type: ignore[attr-defined]
