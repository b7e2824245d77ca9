import json
from pathlib import Path

import pytest

from scripts.demo.gas import Spent, compare, gas_figures, gas_rows

pytestmark = pytest.mark.unit

SPENT = [
    Spent("create_task", 150_000),
    Spent("create_task", 110_000),
    Spent("anchor_submissions", 49_000),
    Spent("anchor_submissions", 49_000),
    Spent("post_verdict", 111_000),
    Spent("finalise", 78_000),
    Spent("claim", 90_000),
    Spent("claim", 72_000),
    Spent("claim", 72_100),
]


def test_gas_rows__several_of_a_kind__sums_them_in_order_of_appearance() -> None:
    rows = gas_rows(SPENT, answers=100)

    assert list(rows) == ["create_task", "anchor_submissions", "post_verdict", "finalise", "claim"]
    claim = rows["claim"]
    assert (claim.transactions, claim.total, claim.per_answer) == (3, 234_100, 2341.0)
    assert (claim.smallest, claim.typical, claim.largest) == (72_000, 72_100, 90_000)


def test_gas_figures__cheaper_post_of_another_task__names_the_main_tasks_own() -> None:
    spent = [*SPENT, Spent("post_verdict", 103_000)]
    main = {
        "create_task": [110_000],
        "anchor_submissions": [49_000, 49_500],
        "post_verdict": [111_000],
        "finalise": [78_000],
    }

    figures = gas_figures(gas_rows(spent, answers=100), main, workers=100)

    assert (figures["post_verdict"], figures["anchor_submissions"]) == (111_000, 49_500)
    assert figures["claim"] == 72_100
    assert figures["task_per_worker"] == (110_000 + 49_000 + 49_500 + 111_000 + 78_000) // 100


def test_compare__two_signatures__does_not_pass_for_three() -> None:
    two = compare({"post_verdict": 103_305}, workers=46, signatures=2)["post_verdict"]
    three = compare({"post_verdict": 111_210}, workers=46, signatures=3)["post_verdict"]

    assert two.title == "post a verdict with 2 signatures (the limit is for 3)"
    assert three.title == "post a verdict with 3 operators' signatures"


@pytest.mark.parametrize(("workers", "is_compared"), [(99, False), (100, True)])
def test_compare__figure_for_100_workers__needs_100_workers(
    workers: int, is_compared: bool
) -> None:
    assert ("task_per_worker" in compare({"task_per_worker": 3970}, workers, 3)) is is_compared


def test_compare__above_the_limit__is_not_within() -> None:
    compared = compare({"finalise": 80_001, "claim": 75_000}, workers=46, signatures=3)

    assert not compared["finalise"].is_within
    assert compared["claim"].is_within


def test_anchors__every_row__has_a_limit_and_says_whose_the_best_is() -> None:
    rows = json.loads(Path("benchmarks/anchors.json").read_text())["gas"].values()

    assert all(isinstance(row["limit"], int) and row["title"] for row in rows)
    assert all((row["best_known"] is None) == (row["by"] is None) for row in rows)
