"""How many votes a box needs, learned from the crowd."""

import os
import subprocess
import sys

import pytest

from oracle.aggregate.boxes import BOXES, parse
from oracle.aggregate.boxes.clusters import cluster_boxes
from oracle.aggregate.boxes.existence import weigh_clusters
from oracle.aggregate.boxes.rates import COUNT
from tests.oracle.aggregate.boxes.drawings import drawn_crowd, frame_from, text_of

pytestmark = pytest.mark.unit


def chances_by_voters(rows):
    """Return the chance of each pattern of voters, in percent."""
    answers = parse(frame_from(rows))
    clusters = [cluster_boxes(own, 3_000) for own in answers.boxes]
    existence = weigh_clusters(answers, clusters, BOXES.parameters)
    flat = [cluster for own in clusters for cluster in own]
    pairs = zip(flat, existence.chances.tolist(), strict=True)
    return {tuple(box.worker for box in own): chance * 100 // COUNT for own, chance in pairs}


def test_weigh_clusters__worker_who_invents__counts_less_alone_than_one_who_does_not():
    rates = {"w0": (0.8, 0.02), "w1": (0.8, 0.02), "w2": (0.8, 0.02), "w3": (0.5, 0.6)}

    chances = chances_by_voters(drawn_crowd(1, 60, rates))

    assert chances[3,] < 20
    assert chances[0, 1, 2] > 95
    assert chances[3,] < chances[0,]


def test_weigh_clusters__single_votes_where_all_miss_much__are_believed():
    careful = chances_by_voters(drawn_crowd(2, 60, {f"w{n}": (0.95, 0.3) for n in range(5)}))
    hasty = chances_by_voters(drawn_crowd(2, 60, {f"w{n}": (0.4, 0.0) for n in range(5)}))

    assert careful[0,] < 10
    assert hasty[0,] > 60


def test_weigh_clusters__one_worker_alone__is_believed():
    assert chances_by_voters([("i", "w", text_of([0, 0, 1, 1]))])[0,] > 50


def test_weigh_clusters__nobody_draws_anything__has_no_chances():
    assert chances_by_voters([("i", "w", "[]"), ("j", "v", "[]")]) == {}


def test_weigh_clusters__hundreds_of_viewers__stays_within_bounds():
    rows = [("i", f"w{n:03}", text_of([0, 0, 10, 10])) for n in range(300)]
    rows += [("i", "w000", text_of([50, 50, 60, 60]))]

    chances = chances_by_voters(rows)

    assert chances[tuple(range(300))] == 100
    assert 0 <= chances[0,] <= 100


PROGRAM = """
from oracle.aggregate.boxes import BOXES
from tests.oracle.aggregate.boxes.drawings import drawn_crowd, frame_from
rates = {"w0": (0.9, 0.1), "w1": (0.6, 0.3), "w2": (0.4, 0.0)}
outcome = BOXES.outcome(frame_from(drawn_crowd(3, 4, rates)), {**BOXES.parameters, "iterations": 4})
print(outcome.answers, outcome.confidence_bps.tolist(), outcome.skill_bps.tolist())
"""


def test_outcome__compiled_and_interpreted__are_the_same_bytes():
    results = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "NUMBA_DISABLE_JIT": disabled},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for disabled in ("0", "1")
    }

    assert len(results) == 1
    assert "box" in results.pop()
