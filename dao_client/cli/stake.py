"""`tessera stake`: the bond of workers, operators and challengers."""

from typing import Annotated, Any

import typer

from dao_client.amounts import parse_amount
from dao_client.cli.desk import Desk, with_desk, with_wallet
from dao_client.cli.funds import check_balance
from dao_client.cli.task_publishing import checked_address, default_token
from dao_client.contracts import Call, Token
from dao_client.deployment import System
from dao_client.staker import deposit_calls
from dao_client.types import Address

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Deposit, unstake and withdraw stake."
)

TokenOption = Annotated[
    str | None,
    typer.Option("--token", help="Token address or `tes`; the payment token if left out."),
]
Amount = Annotated[str, typer.Argument(help="Tokens, e.g. 2.5.")]


@app.command()
@with_wallet
def deposit(desk: Desk, amount: Amount, token: TokenOption = None) -> None:
    """Move tokens into the stake; they are approved for it if need be."""
    coin, owner = _token(desk.system, token), desk.sender.address
    wei = parse_amount(amount, coin.decimals())
    check_balance(coin, owner, wei)
    _send(desk, coin, *deposit_calls(desk.system, coin, owner, wei))


@app.command()
@with_wallet
def unstake(desk: Desk, amount: Amount, token: TokenOption = None) -> None:
    """Start to take free stake out; until it has unbonded it can still be slashed."""
    coin = _token(desk.system, token)
    wei = parse_amount(amount, coin.decimals())
    _send(desk, coin, desk.system.staking.unstake(coin.address, wei))


@app.command()
@with_wallet
def withdraw(desk: Desk, token: TokenOption = None) -> None:
    """Take out what has unbonded."""
    coin = _token(desk.system, token)
    _send(desk, coin, desk.system.staking.withdraw(coin.address))


@app.command()
@with_wallet
def collect(desk: Desk, token: TokenOption = None) -> None:
    """Take the wallet's share of slashed stakes."""
    coin = _token(desk.system, token)
    _send(desk, coin, desk.system.staking.collect(coin.address))


@app.command("show")
@with_desk
def show_stake(
    desk: Desk,
    address: Annotated[str, typer.Argument(help="Whose stake.")],
    token: TokenOption = None,
) -> None:
    """Show an account's stake, what is locked or held of it, and what is on its way out."""
    coin = _token(desk.system, token)
    desk.show(_stake(desk, coin, checked_address(address, "account")))


def _token(system: System, chosen: str | None) -> Token:
    if chosen is None:
        return system.token(default_token(system))
    if chosen.lower() == "tes":
        return system.work_token
    return system.token(checked_address(chosen, "token"))


def _send(desk: Desk, coin: Token, *calls: Call) -> None:
    mined = desk.send(*calls)
    record = _stake(desk, coin, desk.sender.address)
    desk.show({**record, "transaction": "0x" + mined.transaction_hash.hex()})


def _stake(desk: Desk, coin: Token, account: Address) -> dict[str, Any]:
    """Return an account's ledger."""
    staking = desk.system.staking
    unbonding = staking.unbonding_of(coin.address, account)
    entry = staking.entry_seat_of(coin.address, account)
    amounts = {
        "stake": staking.stake_of(coin.address, account),
        "locked": staking.lock_of(coin.address, account),
        "held_first_pay": entry.held,
        "held_until_stake_is": entry.size,
        "unbonding": unbonding.amount,
        "credit": staking.credit_of(coin.address, account),
        "wallet": coin.balance_of(account),
    }
    return {
        "account": account,
        "token": coin.address,
        **{name: desk.amount(coin.address, amount) for name, amount in amounts.items()},
        "unbonding_ends_at": unbonding.ends_at or None,
    }
