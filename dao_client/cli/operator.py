"""`tessera operator`: join and leave the set that signs verdicts."""

from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount, parse_amount
from dao_client.cli.connection import open_sender, open_system
from dao_client.cli.funds import check_lock
from dao_client.cli.options import LOCAL_RPC, Account, AsJson, DeploymentFile, Keystore, Rpc
from dao_client.cli.output import progress, show
from dao_client.cli.task_publishing import checked_address
from dao_client.contracts import Call
from dao_client.deployment import System
from dao_client.errors import TransactionRefused
from dao_client.staker import lock_calls
from dao_client.transactions import Sender
from dao_client.types import Address, Wei

TES_DECIMALS = 18

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Register, retire and release an operator."
)


@app.command()
def register(
    amount: Annotated[str, typer.Argument(help="TES to lock, e.g. 1000.")],
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Lock TES as an operator, or more of it; what is missing in the stake is deposited."""
    system = open_system(rpc, deployment)
    sender = open_sender(system.chain, keystore, account)
    wei = parse_amount(amount, TES_DECIMALS)
    _check_minimum(system, sender.address, wei)
    check_lock(system, sender.address, wei)
    calls = lock_calls(system, sender.address, wei)
    _send(system, sender, [*calls, system.verdict_oracle.register_operator(wei)], as_json)


@app.command()
def retire(
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Stop counting as an operator; the stake stays locked until it can be released."""
    system = open_system(rpc, deployment)
    sender = open_sender(system.chain, keystore, account)
    _send(system, sender, [system.verdict_oracle.retire_operator()], as_json)


@app.command()
def release(
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Unlock the stake of a retired operator, once nothing it signed can be struck down."""
    system = open_system(rpc, deployment)
    sender = open_sender(system.chain, keystore, account)
    _send(system, sender, [system.verdict_oracle.release_operator()], as_json)


@app.command("show")
def show_operator(
    address: Annotated[str, typer.Argument(help="The operator.")],
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    as_json: AsJson = False,
) -> None:
    """Show an operator's stake and its share of the quorum."""
    system = open_system(rpc, deployment)
    show(_operator(system, checked_address(address, "operator"), as_json), as_json=as_json)


def _check_minimum(system: System, account: Address, amount: Wei) -> None:
    """Refuse what the contract would refuse, before anything is deposited."""
    least = system.parameters.min_operator_stake()
    stake = system.verdict_oracle.operator(account).stake + amount
    if stake < least:
        raise TransactionRefused(
            f"an operator needs {format_amount(least, TES_DECIMALS)} TES, {account} would have "
            f"{format_amount(stake, TES_DECIMALS)}: lock more",
            "below the minimum",
        )


def _send(system: System, sender: Sender, calls: list[Call], as_json: bool) -> None:
    for call in calls:
        with progress(f"Sending {call.name}"):
            mined = sender.send(call)
    record = _operator(system, sender.address, as_json)
    show({**record, "transaction": "0x" + mined.transaction_hash.hex()}, as_json=as_json)


def _operator(system: System, account: Address, as_json: bool) -> dict[str, Any]:
    operator = system.verdict_oracle.operator(account)
    total = system.verdict_oracle.total_operator_stake()

    def written(amount: int) -> str:
        return str(amount) if as_json else f"{format_amount(amount, TES_DECIMALS)} TES"

    return {
        "operator": account,
        "stake": written(operator.stake),
        "is_active": operator.stake > 0 and operator.retired_at == 0,
        "retired_at": operator.retired_at or None,
        "total_operator_stake": written(total),
    }
