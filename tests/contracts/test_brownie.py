"""Brownie compiles the project, through the hooks, to what is committed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.export_abi import ARTIFACTS, deployables

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parent.parent.parent
BROWNIE = Path(sys.executable).parent / "brownie"


@pytest.fixture(scope="module")
def brownie_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile a copy of the contracts as a Brownie project and return its build folder."""
    project = tmp_path_factory.mktemp("brownie")
    shutil.copytree(ROOT / "contracts", project / "contracts")
    for name in ("brownie_hooks.py", "brownie-config.yaml"):
        shutil.copy(ROOT / name, project)
    environment = os.environ | {"HOME": str(project)}
    run = subprocess.run(
        [BROWNIE, "compile"], cwd=project, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return project / "build" / "contracts"


def test_brownie_compile__copy_of_the_project__gives_the_same_contracts(
    brownie_build: Path,
) -> None:
    built = {path.stem: json.loads(path.read_text()) for path in brownie_build.glob("*.json")}

    assert set(built) == {path.stem for path in deployables()}
    for name, build in built.items():
        artifact = json.loads((ARTIFACTS / f"{name}.json").read_text())
        assert build["abi"] == artifact["abi"]
        assert "0x" + build["bytecode"].removeprefix("0x") == artifact["bytecode"]["shanghai"]
