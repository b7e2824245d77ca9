"""What is committed of the benchmarks belongs together."""

import json

import pytest

from benchmarks.gas import SNAPSHOT, THEIRS, over_limit
from benchmarks.gas.snapshot import anchor_of, limits
from benchmarks.report import PAGE, load, render

pytestmark = pytest.mark.unit


def test_page__committed__is_what_the_results_give() -> None:
    assert PAGE.read_text("utf-8") == render(load("gas"), load("storage"), load("accuracy"))


@pytest.mark.parametrize("chain", ["anvil", "ganache"])
def test_gas__committed_results__are_the_snapshot_of_the_tests(chain: str) -> None:
    steps = load("gas")["steps"]

    assert {step: row[chain] for step, row in steps.items()} == json.loads(SNAPSHOT.read_text())[
        chain
    ]


def test_gas__committed_figures_of_openzeppelin__are_the_snapshot_of_the_tests() -> None:
    assert load("gas")[THEIRS] == json.loads(SNAPSHOT.read_text())[THEIRS]


def test_over_limit__one_above__is_told_by_how_much() -> None:
    assert over_limit({"claim": 75_003, "claim_dirty": 58_000, "top_up": 10**9}) == {"claim": 3}


def test_limits__step_without_anchor__has_none() -> None:
    assert limits({"top_up": 1, "finalise": 1}) == {"finalise": 80_000}


def test_anchor_of__a_variant__is_that_of_its_step() -> None:
    assert anchor_of("post_verdict_100000") == anchor_of("post_verdict")


def test_storage__committed_results__are_within_the_limit() -> None:
    storage = load("storage")
    limit = json.loads((PAGE.parents[1] / "benchmarks/anchors.json").read_text())["storage"]

    assert storage["bytes"] == 1_200_000_000
    assert storage["same_root"]
    assert storage["time_ratio"] <= limit["time_ratio_to_ipfs_car"]
