"""The committed artifacts are what the sources compile to."""

import json
from pathlib import Path

import pytest

from scripts.export_abi import ARTIFACTS, EVM_VERSIONS, build_artifact, deployables, stale_artifacts

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("path", deployables(), ids=lambda path: path.stem)
def test_artifact__of_a_contract__is_what_compiles_now(path: Path) -> None:
    committed = (ARTIFACTS / f"{path.stem}.json").read_text()

    assert committed == build_artifact(path)


def test_artifacts__folder__holds_the_deployables_only() -> None:
    stems = {path.stem for path in deployables()}

    assert {path.stem for path in ARTIFACTS.glob("*.json")} == stems


def test_stale_artifacts__changed_or_superfluous_file__is_named() -> None:
    committed = {path: path.read_text() for path in ARTIFACTS.glob("*.json")}
    staking, work_token = ARTIFACTS / "Staking.json", ARTIFACTS / "WorkToken.json"

    expected = {path: text for path, text in committed.items() if path != work_token}
    expected[staking] += " "

    assert stale_artifacts(committed) == []
    assert stale_artifacts(expected) == ["Staking.json", "WorkToken.json"]


def test_artifact__bytecode__is_there_for_both_targets() -> None:
    for path in ARTIFACTS.glob("*.json"):
        artifact = json.loads(path.read_text())

        assert set(artifact["bytecode"]) == set(EVM_VERSIONS)
        assert all(len(code) > 100 for code in artifact["bytecode"].values())
        assert artifact["compiler"] == "0.4.3"
