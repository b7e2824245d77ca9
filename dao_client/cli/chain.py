"""`tessera chain`: a node for development."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import parse_seconds
from dao_client.chain import Chain
from dao_client.cli.options import LOCAL_RPC, AsJson, Rpc
from dao_client.cli.output import progress, show
from dao_client.keys import DEV_MNEMONIC
from dao_client.node_programs import ChainKind
from dao_client.nodes import ChainNode, advance, chain_status, start_chain, stop_chain

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Run a development chain.")

StateDir = Annotated[
    Path,
    typer.Option("--state", envvar="TESSERA_CHAIN_STATE", help="Folder of its log and process id."),
]
LOCAL_STATE = Path("build/chain")
LOCAL_PORT = 8545


@app.command()
def up(
    kind: Annotated[ChainKind, typer.Option(help="Which node.")] = ChainKind.GANACHE,
    port: Annotated[int, typer.Option(help="On 127.0.0.1; 0: any free one.")] = LOCAL_PORT,
    accounts: Annotated[int, typer.Option(help="How many rich accounts it holds.")] = 10,
    block_seconds: Annotated[
        int, typer.Option(help="A block comes this often; 0: one for each transaction.")
    ] = 1,
    state: StateDir = LOCAL_STATE,
    as_json: AsJson = False,
) -> None:
    """Start a node that goes on after this command; its keys are public."""
    with progress(f"Starting {kind}"):
        node = start_chain(
            kind, state_dir=state, port=port or None, accounts=accounts, block_seconds=block_seconds
        )
    show({**_described(node), "mnemonic": DEV_MNEMONIC}, as_json=as_json)


@app.command()
def down(state: StateDir = LOCAL_STATE, as_json: AsJson = False) -> None:
    """Stop the node that `up` started; its chain is gone."""
    node = stop_chain(state)
    show({"is_running": False, "stopped": node.url if node else None}, as_json=as_json)


@app.command()
def status(state: StateDir = LOCAL_STATE, as_json: AsJson = False) -> None:
    """Show the node that `up` started; exit 1 when none runs."""
    node = chain_status(state)
    if node is None:
        show({"is_running": False}, as_json=as_json)
        raise typer.Exit(1)
    show({**_described(node), **_progress_of(node)}, as_json=as_json)


@app.command("advance")
def advance_clock(
    length: Annotated[str, typer.Argument(help="How far: 90, 30m, 12h or 3d.")],
    rpc: Rpc = LOCAL_RPC,
    as_json: AsJson = False,
) -> None:
    """Move a development chain's clock ahead, so that deadlines pass at once."""
    show({"clock": advance(Chain.connect(rpc), parse_seconds(length))}, as_json=as_json)


def _described(node: ChainNode) -> dict[str, Any]:
    return {
        "is_running": True,
        "kind": node.kind.value,
        "rpc": node.url,
        "process": node.pid,
        "accounts": node.accounts,
        "log": node.log,
    }


def _progress_of(node: ChainNode) -> dict[str, Any]:
    chain = Chain.connect(node.url, timeout=5.0)
    block = chain.block()
    return {"chain_id": chain.chain_id, "block": block.number, "clock": block.timestamp}
