"""Real comparisons: the order against ratings that other workers gave, a proxy of the truth."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from oracle.aggregate.pairwise import PAIRWISE_METHODS
from oracle.frames import frame_of

pytestmark = pytest.mark.unit

SHARED = Path(__file__).parents[5] / "shared" / "data"
CROWD_KIT = {"olympic": 0.86497, "bike": 0.86714, "cheat": 0.62759}
"""Spearman's correlation of crowd-kit 1.4.2's BradleyTerry."""

TIES_BROKEN_BY_ROUNDING = 0.0006
"""Ours ties objects with equal wins; crowd-kit's floats part them at random."""


def rows(name, table):
    path = SHARED / f"crowdea_{name}" / f"{table}.csv.gz"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def ranks(values):
    """Give equal values their mean rank."""
    values = np.asarray(values)
    return (values[:, None] > values).sum(1) + (values[:, None] == values).sum(1) / 2


@pytest.mark.parametrize("name", CROWD_KIT)
@pytest.mark.parametrize(("method", "lead"), [*zip(PAIRWISE_METHODS, (0, 0.008), strict=True)])
def test_outcome__of_real_comparisons__correlates_at_least_like_crowd_kit(name, method, lead):
    answers, ratings = rows(name, "answers"), rows(name, "ratings")
    task, worker, answer, left, right = (
        [row[column] for row in answers] for column in ("task", "worker", "answer", "left", "right")
    )

    outcome = method.outcome(
        frame_of(task, worker, answer, {"left": left, "right": right}), method.parameters
    )

    rating_of = {row["item"]: float(row["score"]) for row in ratings}
    ours = ranks([float(text) for text in outcome.answers])
    theirs = ranks([rating_of[name] for name in outcome.names])
    correlation = np.corrcoef(ours, theirs)[0, 1]
    assert correlation >= CROWD_KIT[name] + lead - TIES_BROKEN_BY_ROUNDING
