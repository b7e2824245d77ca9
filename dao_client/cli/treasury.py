"""`tessera treasury`: what the DAO owns, what it may spend, and whom it pays in grants."""

from typing import Annotated, Any

import typer

from dao_client.cli.desk import Desk, with_desk, with_wallet
from dao_client.cli.task_publishing import default_token
from dao_client.contracts.governance_events import GrantPaid
from dao_client.contracts.treasury import Grant
from dao_client.errors import TransactionRefused
from dao_client.governance.units import write_seconds
from dao_client.types import Address, Wei

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Look into the treasury, take a grant."
)

Tokens = Annotated[
    list[str] | None,
    typer.Option("--token", help="`tes`, `payment_token` or an address; may be repeated."),
]


@app.command("show")
@with_desk
def show_treasury(desk: Desk, token: Tokens = None) -> None:
    """Show balances, what grants hold of them, and what is left of the limit of 5 % in 30 days."""
    _show(desk, _tokens(desk, token))


@app.command()
@with_desk
def grants(desk: Desk) -> None:
    """List every grant and what it could pay now."""
    treasury = desk.system.treasury
    ids = range(1, treasury.grant_count() + 1)
    rows = zip(treasury.grants(ids), treasury.claimable_grants(ids), strict=True)
    desk.show([_grant(desk, grant, claimable) for grant, claimable in rows])


@app.command()
@with_wallet
def claim(desk: Desk, grant: Annotated[int, typer.Argument(help="Number of the grant.")]) -> None:
    """Pay a grant's holder what has vested; anybody may."""
    treasury = desk.system.treasury
    if not 1 <= grant <= treasury.grant_count():
        raise TransactionRefused(
            f"grant {grant} does not exist: `tessera treasury grants` lists them", "unknown grant"
        )
    mined = desk.send(treasury.claim_grant(grant))
    (paid,) = treasury.contract.events_in(GrantPaid, mined.logs)
    (found,) = treasury.grants([grant])
    record = _grant(desk, found, treasury.claimable_grants([grant])[0])
    transaction = "0x" + mined.transaction_hash.hex()
    desk.show({**record, "paid": desk.amount(found.token, paid.amount), "transaction": transaction})


@app.command()
@with_wallet
def collect(desk: Desk, token: Tokens = None) -> None:
    """Bring the treasury's share of slashed stakes home; anybody may."""
    treasury = desk.system.treasury
    for address in _tokens(desk, token):
        waiting = desk.system.staking.credit_of(address, treasury.address)
        if waiting:
            desk.send(treasury.collect(address))
    _show(desk, _tokens(desk, token))


def _show(desk: Desk, tokens: list[Address]) -> None:
    treasury = desk.system.treasury
    rows = []
    for address in tokens:
        amounts = {
            "free": treasury.free_balance(address),
            "held_by_grants": treasury.reserved(address),
            "spent_in_30_days": treasury.spent(address),
            "left_of_limit": treasury.spendable(address),
            "slashed_to_collect": desk.system.staking.credit_of(address, treasury.address),
        }
        written = {name: desk.amount(address, amount) for name, amount in amounts.items()}
        name = address if desk.as_json else desk.book.coin(address).symbol
        rows.append({"token": name, **written})
    desk.show(rows)


def _tokens(desk: Desk, chosen: list[str] | None) -> list[Address]:
    if chosen:
        return [desk.book.token(each).address for each in chosen]
    system = desk.system
    return list(dict.fromkeys([default_token(system), system.work_token.address]))


def _grant(desk: Desk, grant: Grant, claimable: Wei) -> dict[str, Any]:
    return {
        "grant": grant.grant_id,
        "holder": grant.holder,
        "token": grant.token,
        "amount": desk.amount(grant.token, grant.amount),
        "claimed": desk.amount(grant.token, grant.claimed),
        "claimable": desk.amount(grant.token, claimable),
        "starts_at": grant.starts_at,
        "cliff": write_seconds(grant.cliff_seconds),
        "duration": write_seconds(grant.duration_seconds),
        "cancelled_at": grant.cancelled_at or None,
    }
