"""Command lines of development nodes."""

from pathlib import Path

import pytest

from dao_client.errors import NodeFailed
from dao_client.node_programs import ChainKind, chain_program

pytestmark = pytest.mark.unit


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Lay out the files that `make install` puts in place."""
    for name in ("ganache/dist/node/cli.js", "@foundry-rs/anvil-linux-amd64/bin/anvil"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize("kind", ChainKind)
def test_chain_program__tools_not_installed__says_what_to_run(kind, tmp_path: Path) -> None:
    with pytest.raises(NodeFailed, match="is not installed: run `make install`"):
        chain_program(kind, 8545, 5, 0, tmp_path, tools=tmp_path)


@pytest.mark.parametrize(
    ("kind", "hardfork", "pace"),
    [
        (ChainKind.GANACHE, "shanghai", "--miner.blockTime"),
        (ChainKind.ANVIL, "cancun", "--block-time"),
    ],
)
def test_chain_program__each_kind__has_its_hardfork_port_and_pace(
    kind, hardfork: str, pace: str, tools: Path
) -> None:
    at_once = chain_program(kind, 18_545, 5, 0, tools, tools=tools)
    paced = chain_program(kind, 18_545, 5, 3, tools, tools=tools)

    assert {hardfork, "18545", "5"} <= set(at_once)
    assert pace not in at_once
    assert paced[-2:] == [pace, "3"]
