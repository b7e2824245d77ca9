"""The overview costs nothing, and what it says is what the loaded command says."""

import subprocess
import sys
from pathlib import Path

import pytest

from dao_client.cli import build_app
from dao_client.cli.lazy import LazyCommand, load_command

pytestmark = pytest.mark.unit

COMMANDS = build_app().commands
HEAVY = ("httpx", "eth_utils", "ipfs_store", "numpy", "oracle", "scripts")
PROBE = """
import sys
from pathlib import Path
from dao_client.cli import main
sys.argv = ["tessera", "--help"]
try:
    main()
except SystemExit:
    print(sorted(set(sys.modules) & set(%r)), file=sys.stderr)
"""


def test_build_app__every_role__has_its_commands() -> None:
    assert set(COMMANDS) == {
        "task", "next", "answer", "reveal", "claim", "stake", "operator", "dispute", "gov",
        "params", "fees", "earn", "treasury", "store", "wallet", "chain",
        "aggregate", "agreement", "audit", "demo", "deploy", "explain", "forecast", "rework",
        "simulate", "slash", "verify",
    }  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_lazy_command__loaded__says_what_the_overview_said(name: str) -> None:
    lazy = COMMANDS[name]
    assert isinstance(lazy, LazyCommand)

    loaded = load_command(lazy.entry)

    assert lazy.help
    assert loaded.name == name
    assert loaded.get_short_help_str() == lazy.get_short_help_str()


def test_main__help__loads_no_heavy_module() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROBE % (HEAVY,)], capture_output=True, text=True, check=True
    )

    assert "verify" in ended.stdout
    assert ended.stderr.strip() == "[]"


def test_main__help_in_another_folder__says_what_each_command_is_for(tmp_path: Path) -> None:
    """Another package may bring a folder of the same name as one of ours: cchecksum does."""
    tessera = Path(sys.executable).with_name("tessera")

    ended = subprocess.run(
        [tessera, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    rows = [line.strip("│ ").split(maxsplit=1) for line in ended.stdout.splitlines()]
    told = {row[0] for row in rows if len(row) == 2}
    assert set(COMMANDS) <= told
