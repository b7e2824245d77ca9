"""`tessera wallet`: make a key, and see what it holds."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount, parse_amount
from dao_client.cli.connection import ask_password
from dao_client.cli.desk import Desk, with_wallet
from dao_client.cli.funds import check_balance, check_coin
from dao_client.cli.options import AsJson
from dao_client.cli.output import show
from dao_client.cli.task_publishing import checked_address, default_token
from dao_client.contracts import Call
from dao_client.deployment import System
from dao_client.errors import KeyUnavailable
from dao_client.keys import LocalSigner
from dao_client.transactions import transfer_coin
from dao_client.types import Address

COIN_DECIMALS = 18

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Make a wallet and look into it."
)


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="Where to write the encrypted key.")],
    as_json: AsJson = False,
) -> None:
    """Make a new key and keep it encrypted; there is no other copy of it."""
    if file.exists():
        raise KeyUnavailable(f"{file} exists: choose another name, keys are never overwritten")
    signer = LocalSigner.create()
    signer.save_keystore(file, ask_password(file, is_new=True))
    show({"address": signer.address, "keystore": str(file)}, as_json=as_json)


@app.command("show")
@with_wallet
def show_wallet(desk: Desk) -> None:
    """Show what a wallet holds: coin for gas, the payment token, TES."""
    system, address = desk.system, desk.sender.address
    tokens = {default_token(system), system.work_token.address}
    held: dict[str, Any] = {"address": address}
    coin = system.chain.balance(address)
    held["coin"] = str(coin) if desk.as_json else format_amount(coin, COIN_DECIMALS)
    for token in map(system.token, sorted(tokens)):
        amount = token.balance_of(address)
        written = str(amount) if desk.as_json else format_amount(amount, token.decimals())
        held[token.symbol()] = written
    desk.show(held)


@app.command()
@with_wallet
def send(
    desk: Desk,
    recipient: Annotated[str, typer.Argument(help="Address.")],
    amount: Annotated[str, typer.Argument(help="Tokens or coins, e.g. 2.5.")],
    token: Annotated[
        str, typer.Option(help="`coin` (which pays for gas), `tes`, or a token's address.")
    ] = "coin",
) -> None:
    """Send coin or tokens to another wallet."""
    system, payer = desk.system, desk.sender.address
    payee = checked_address(recipient, "recipient")
    mined = desk.send(_transfer(system, payer, payee, amount, token.lower()))
    transaction = "0x" + mined.transaction_hash.hex()
    desk.show({"recipient": recipient, "amount": amount, "transaction": transaction})


def _transfer(system: System, payer: Address, recipient: Address, amount: str, token: str) -> Call:
    if token == "coin":
        wei = parse_amount(amount, COIN_DECIMALS)
        check_coin(system, payer, wei, COIN_DECIMALS)
        return transfer_coin(recipient, wei)
    is_tes = token == "tes"
    coin = system.work_token if is_tes else system.token(checked_address(token, "token"))
    wei = parse_amount(amount, coin.decimals())
    check_balance(coin, payer, wei)
    return coin.transfer(recipient, wei)
