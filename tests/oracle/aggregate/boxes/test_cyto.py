"""Real boxes: four pathologists who disagree, against union clustering."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from oracle.aggregate.boxes import BOXES
from oracle.aggregate.boxes.clusters import overlap
from oracle.frames import frame_of

pytestmark = pytest.mark.unit

CYTO = Path(__file__).parents[5] / "shared" / "data" / "cyto_a"


def rows_of(name):
    if not CYTO.is_dir():
        pytest.skip(f"{CYTO} is not there: the benchmark data stay outside the repository")
    with gzip.open(CYTO / name, "rt", newline="") as file:
        return list(csv.DictReader(file))


def frame():
    rows = rows_of("answers.csv.gz")
    columns = ([row[name] for row in rows] for name in ("task", "worker", "answer"))
    return frame_of(*columns, source="cyto_a")


def corners(box):
    return tuple(round(side * 1_000) for side in box["box"])


def matches(given, true):
    """Count one-to-one matches with IoU of at least one half, the greatest first."""
    pairs = []
    for left, one in enumerate(given):
        for right, other in enumerate(true):
            shared, joint = overlap(corners(one), corners(other))
            if 2 * shared >= joint:
                pairs.append((-shared / joint, left, right))
    lefts, rights = set(), set()
    for _, left, right in sorted(pairs):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
    return len(lefts)


def test_outcome__cyto_a__reaches_union_clustering():
    truth = {}
    for row in rows_of("truth.csv.gz"):
        truth.setdefault(row["task"], []).append(json.loads(row["truth"]))

    outcome = BOXES.outcome(frame(), BOXES.parameters)

    given = dict(zip(outcome.names, map(json.loads, outcome.answers), strict=True))
    right = sum(matches(given[item], own) for item, own in truth.items())
    count = sum(map(len, given.values())) + sum(map(len, truth.values()))
    assert 2 * right / count >= 0.90
