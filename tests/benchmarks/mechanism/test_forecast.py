"""The table that forecasts are looked up in."""

import json

import numpy as np
import pytest

from benchmarks.mechanism.forecast import (
    ACCURACIES,
    COLUMNS,
    LABELS,
    OUT,
    POOLS,
    RING_SHARES,
    ROUNDS,
    TOP_SHARES,
    document,
    label_shares,
)
from benchmarks.mechanism.rule import rule_of

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def rows() -> list[dict[str, float]]:
    table = json.loads(OUT.read_text("utf-8"))
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


@pytest.mark.parametrize(
    ("labels", "top_share", "shares"),
    [(4, 0.0, [0.25] * 4), (2, 0.8, [0.8, 0.2]), (4, 0.7, [0.7, 0.1, 0.1, 0.1])],
)
def test_label_shares__of_a_cell__sum_to_one(labels, top_share, shares) -> None:
    assert label_shares(labels, top_share) == pytest.approx(shares)


def test_document__of_rows__is_json_with_a_row_to_a_line() -> None:
    text = document(rule_of(), [[2, 0.0, 0.85], [4, 0.0, 0.85]])

    found = json.loads(text)
    assert found["rows"] == [[2, 0.0, 0.85], [4, 0.0, 0.85]]
    assert found["fixed"]["audit_rate_bps"] == 500
    assert "\n[2, 0.0, 0.85],\n" in text


def test_forecast__committed__has_every_combination_in_order(rows) -> None:
    axes = (LABELS, TOP_SHARES, ACCURACIES, RING_SHARES, ROUNDS, POOLS)

    assert len(rows) == int(np.prod([len(each) for each in axes]))
    assert [*rows[0]] == [*COLUMNS]
    assert [row["is_known"] for row in rows[:2]] == [False, True]
    assert len({tuple(row.values())[:7] for row in rows}) == len(rows)


def test_forecast__committed__is_plausible(rows) -> None:
    for row in rows:
        assert row["overlap"] <= row["answers_per_item"] <= row["overlap_most"]
        assert 0.3 < row["accuracy_found"] <= 1
        assert 0 <= row["pay_share"] <= 1
        assert 0.03 <= row["audited_share"] <= 0.35


def test_forecast__committed__better_workers_are_right_more_often(rows) -> None:
    found = {tuple(row.values())[:7]: row["accuracy_found"] for row in rows}

    gains = [
        found[(labels, top, 0.92, *rest)] - right
        for (labels, top, accuracy, *rest), right in found.items()
        if accuracy == 0.75
    ]

    assert min(gains) > -0.01
