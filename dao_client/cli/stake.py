"""`tessera stake`: the bond of workers, operators and challengers."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount, parse_amount
from dao_client.cli.connection import open_sender, open_system
from dao_client.cli.funds import check_balance
from dao_client.cli.options import LOCAL_RPC, Account, AsJson, DeploymentFile, Keystore, Rpc
from dao_client.cli.output import progress, show
from dao_client.cli.task_publishing import checked_address, default_token
from dao_client.contracts import Call, Token
from dao_client.deployment import System
from dao_client.staker import deposit_calls
from dao_client.transactions import Sender
from dao_client.types import Address, Wei

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Deposit, unstake and withdraw stake."
)

TokenOption = Annotated[
    str | None,
    typer.Option("--token", help="Token address or `tes`; the payment token if left out."),
]
Amount = Annotated[str, typer.Argument(help="Tokens, e.g. 2.5.")]


@app.command()
def deposit(
    amount: Amount,
    token: TokenOption = None,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Move tokens into the stake; they are approved for it if need be."""
    system, sender, coin = _open(rpc, deployment, keystore, account, token)
    wei = parse_amount(amount, coin.decimals())
    check_balance(coin, sender.address, wei)
    _send(system, sender, coin, deposit_calls(system, coin, sender.address, wei), as_json)


@app.command()
def unstake(
    amount: Amount,
    token: TokenOption = None,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Start to take free stake out; until it has unbonded it can still be slashed."""
    system, sender, coin = _open(rpc, deployment, keystore, account, token)
    wei = parse_amount(amount, coin.decimals())
    _send(system, sender, coin, [system.staking.unstake(coin.address, wei)], as_json)


@app.command()
def withdraw(
    token: TokenOption = None,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Take out what has unbonded."""
    system, sender, coin = _open(rpc, deployment, keystore, account, token)
    _send(system, sender, coin, [system.staking.withdraw(coin.address)], as_json)


@app.command()
def collect(
    token: TokenOption = None,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    keystore: Keystore = None,
    account: Account = None,
    as_json: AsJson = False,
) -> None:
    """Take the wallet's share of slashed stakes."""
    system, sender, coin = _open(rpc, deployment, keystore, account, token)
    _send(system, sender, coin, [system.staking.collect(coin.address)], as_json)


@app.command("show")
def show_stake(
    address: Annotated[str, typer.Argument(help="Whose stake.")],
    token: TokenOption = None,
    rpc: Rpc = LOCAL_RPC,
    deployment: DeploymentFile = None,
    as_json: AsJson = False,
) -> None:
    """Show an account's stake, what is locked of it, and what is on its way out."""
    system = open_system(rpc, deployment)
    coin = _token(system, token)
    show(_stake(system, coin, checked_address(address, "account"), as_json), as_json=as_json)


def _open(
    rpc: str,
    deployment: Path | None,
    keystore: Path | None,
    account: str | None,
    token: str | None,
) -> tuple[System, Sender, Token]:
    system = open_system(rpc, deployment)
    return system, open_sender(system.chain, keystore, account), _token(system, token)


def _token(system: System, chosen: str | None) -> Token:
    if chosen is None:
        return system.token(default_token(system))
    if chosen.lower() == "tes":
        return system.work_token
    return system.token(checked_address(chosen, "token"))


def _send(system: System, sender: Sender, coin: Token, calls: list[Call], as_json: bool) -> None:
    for call in calls:
        with progress(f"Sending {call.name}"):
            mined = sender.send(call)
    record = _stake(system, coin, sender.address, as_json)
    show({**record, "transaction": "0x" + mined.transaction_hash.hex()}, as_json=as_json)


def _stake(system: System, coin: Token, account: Address, as_json: bool) -> dict[str, Any]:
    """Return an account's ledger: wei for programs, tokens for people."""
    unbonding = system.staking.unbonding_of(coin.address, account)
    amounts = {
        "stake": system.staking.stake_of(coin.address, account),
        "locked": system.staking.lock_of(coin.address, account),
        "unbonding": unbonding.amount,
        "credit": system.staking.credit_of(coin.address, account),
        "wallet": coin.balance_of(account),
    }
    decimals, symbol = coin.decimals(), coin.symbol()

    def written(amount: Wei) -> str:
        return str(amount) if as_json else f"{format_amount(amount, decimals)} {symbol}"

    return {
        "account": account,
        "token": coin.address,
        **{name: written(amount) for name, amount in amounts.items()},
        "unbonding_ends_at": unbonding.ends_at or None,
    }
