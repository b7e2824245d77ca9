"""`tessera operator`: join and leave the set that signs verdicts."""

from typing import Annotated, Any

import typer

from dao_client.amounts import format_amount, parse_amount
from dao_client.cli.desk import Desk, with_desk, with_wallet
from dao_client.cli.funds import check_lock
from dao_client.cli.task_publishing import checked_address
from dao_client.contracts import Call
from dao_client.deployment import System
from dao_client.errors import TransactionRefused
from dao_client.governance.units import TES_DECIMALS
from dao_client.sealing import sealing_key, sealing_secret
from dao_client.staker import lock_calls
from dao_client.types import Address, Operator, Wei

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Register, retire and release an operator."
)


@app.command()
@with_wallet
def register(
    desk: Desk, amount: Annotated[str, typer.Argument(help="TES to lock, e.g. 1000.")]
) -> None:
    """Lock TES as an operator, or more of it; what is missing in the stake is deposited."""
    system, owner = desk.system, desk.sender.address
    wei = parse_amount(amount, TES_DECIMALS)
    _check_minimum(system, owner, wei)
    check_lock(system, owner, wei)
    calls = lock_calls(system, owner, wei)
    _send(desk, *calls, system.verdict_oracle.register_operator(wei))


@app.command()
@with_wallet
def retire(desk: Desk) -> None:
    """Stop counting as an operator; the stake stays locked until it can be released."""
    _send(desk, desk.system.verdict_oracle.retire_operator())


@app.command()
@with_wallet
def release(desk: Desk) -> None:
    """Unlock the stake of a retired operator, once nothing it signed can be struck down."""
    _send(desk, desk.system.verdict_oracle.release_operator())


@app.command("seal-key")
@with_wallet
def seal_key(desk: Desk) -> None:
    """Publish the key to which workers seal answers for you; the daemon does it by itself too."""
    signer, oracle = desk.sender.signer, desk.system.verdict_oracle
    key = sealing_key(sealing_secret(signer, desk.system.oracle_domain))
    if not _is_active(oracle.operator(signer.address)):
        raise TransactionRefused(
            f"{signer.address} is no active operator, nobody would seal to it: run "
            "`tessera operator register` first",
            "no active operator",
        )
    if oracle.sealing_keys([signer.address]).get(signer.address) == key:
        desk.show(_operator(desk, signer.address))
        return
    _send(desk, oracle.set_sealing_key(key))


@app.command("show")
@with_desk
def show_operator(
    desk: Desk, address: Annotated[str, typer.Argument(help="The operator.")]
) -> None:
    """Show an operator's stake and its share of the quorum."""
    desk.show(_operator(desk, checked_address(address, "operator")))


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


def _send(desk: Desk, *calls: Call) -> None:
    mined = desk.send(*calls)
    record = _operator(desk, desk.sender.address)
    desk.show({**record, "transaction": "0x" + mined.transaction_hash.hex()})


def _operator(desk: Desk, account: Address) -> dict[str, Any]:
    operator = desk.system.verdict_oracle.operator(account)
    total = desk.system.verdict_oracle.total_operator_stake()
    key = desk.system.verdict_oracle.sealing_keys([account]).get(account)
    return {
        "operator": account,
        "stake": desk.tes(operator.stake),
        "is_active": _is_active(operator),
        "sealing_key": "0x" + key.hex() if key else None,
        "retired_at": operator.retired_at or None,
        "total_operator_stake": desk.tes(total),
    }


def _is_active(operator: Operator) -> bool:
    return operator.stake > 0 and operator.retired_at == 0
