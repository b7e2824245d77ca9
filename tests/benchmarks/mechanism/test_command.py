"""`tessera simulate` without --goals: every strategy next to honest work."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.mechanism.strategies import SPAMMERS, Strategy
from dao_client.errors import MalformedDocument
from tests.benchmarks.mechanism.commands import simulate_app

pytestmark = pytest.mark.unit

SMALL = ("--kind", "K4-balanced", "--seeds", "2", "--epochs", "1")


def simulate(*words: str) -> Any:
    return CliRunner().invoke(simulate_app(), [*SMALL, *words])


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, Any]]:
    return {row["strategy"]: row for row in json.loads(simulate("--json").stdout)}


def test_simulate__as_json__has_every_strategy_once(rows) -> None:
    assert [*rows] == [*Strategy, "split stake, 4 names"]


def test_simulate__spammers__lose_and_honest_work_pays(rows) -> None:
    nets = {name: row["net"] for name, row in rows.items()}

    assert all(nets[each] < 0 < rows[each]["honest_net"] for each in SPAMMERS)
    assert nets[Strategy.HONEST] > 0.2
    assert nets["split stake, 4 names"] < 0


def test_simulate__copier__earns_much_unsealed_and_loses_sealed(rows) -> None:
    assert rows[Strategy.COPIER_UNSEALED]["net"] > 1
    assert rows[Strategy.COPIER]["net"] < 0


def test_simulate__rows__pay_less_effort_is_net(rows) -> None:
    for row in rows.values():
        assert row["net"] == pytest.approx(row["pay"] - row["effort"], abs=0.001)
        assert row["net_pm"] >= 0


def test_simulate__for_people__prints_intervals_and_draws(tmp_path: Path) -> None:
    result = simulate("--out", str(tmp_path))

    lines = {line[:20].strip(): line for line in result.stdout.splitlines()}
    assert result.exit_code == 0
    assert lines["strategy"].split() == [
        "strategy", "crowd", "pay", "effort", "net,", "95", "%", "honest,", "95", "%", "slashed",
    ]  # fmt: skip
    assert "±" in lines["honest"]
    assert "30.0%" in lines["ring (hash)"]
    assert (tmp_path / "strategies.svg").read_text().startswith("<?xml")


def test_simulate__larger_ring__is_what_was_asked_for() -> None:
    result = simulate("--json", "--ring-share", "0.5")

    shares = {row["strategy"]: row["share"] for row in json.loads(result.stdout)}
    assert (shares[Strategy.RING], shares[Strategy.RANDOM]) == (0.5, 0.034)


def test_simulate__unknown_kind__names_those_there_are() -> None:
    result = simulate("--kind", "K7")

    assert isinstance(result.exception, MalformedDocument)
    assert str(result.exception).startswith("--kind K7: known are K2-balanced, K2-skew80")


def test_simulate__value_out_of_bounds__is_refused() -> None:
    result = simulate("--set", "weight_cap=9")

    assert str(result.exception) == "parameter weight_cap = 9: it must be 1 to 4"
