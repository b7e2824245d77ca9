"""`tessera gov delegate`, `lock`, `unlock` and `power`: power, and why it is what it is."""

from typing import Annotated, Any

import typer

from dao_client.amounts import parse_seconds
from dao_client.cli.desk import Desk, with_wallet
from dao_client.cli.gov_view import power_at_record
from dao_client.cli.task_publishing import checked_address
from dao_client.contracts import Call
from dao_client.governance.power import Power, explain_power, power_at
from dao_client.governance.proposals import find_proposal
from dao_client.governance.units import write_bps, write_seconds


@with_wallet
def delegate(desk: Desk, to: Annotated[str, typer.Argument(help="Address, or `self`.")]) -> None:
    """Let somebody vote with your stake; it stays yours, and you can take the votes back."""
    chosen = desk.sender.address if to == "self" else checked_address(to, "delegatee")
    _send_power(desk, desk.system.staking.delegate(chosen))


@with_wallet
def lock(
    desk: Desk, length: Annotated[str, typer.Argument(help="Such as 90d; a year at most.")]
) -> None:
    """Let your stake vote up to four times as much.

    It can then be unstaked only so long after `unlock`; a longer lock replaces a shorter one.
    """
    _send_power(desk, desk.system.staking.lock_votes(parse_seconds(length)))


@with_wallet
def unlock(desk: Desk) -> None:
    """Give the lock up: a quarter of the power at once, the stake after the locked time."""
    _send_power(desk, desk.system.staking.unlock_votes())


@with_wallet
def power(
    desk: Desk,
    address: Annotated[str | None, typer.Argument(help="Whose; the wallet's if left out.")] = None,
    proposal: Annotated[
        str | None, typer.Option(help="Also what it can do in the vote on this proposal.")
    ] = None,
) -> None:
    """Explain power: what of a stake votes and what not, its lock, its delegations."""
    account = checked_address(address, "account") if address else desk.sender.address
    record = power_record(desk, explain_power(desk.system, account))
    if proposal is not None:
        found = find_proposal(desk.system, proposal)
        record |= power_at_record(desk, power_at(desk.system, account, found))
    desk.show(record)


def power_record(desk: Desk, power: Power) -> dict[str, Any]:
    """Return an account's power and its parts, in the order in which they make it."""
    return {
        "account": power.account,
        "votes": desk.votes(power.votes),
        "share_of_all": _share(power.votes, power.total_votes),
        "stake": desk.tes(power.stake),
        "not_voting": _not_voting(desk, power),
        "lock": write_seconds(power.lock_seconds) if power.lock_seconds else None,
        "unlocks_at": power.unlocks_at or None,
        "counts": f"{write_bps(power.multiplier_bps)} of the stake",
        "own_votes": desk.votes(power.own_units),
        "delegated_to": power.delegatee if power.delegatee != power.account else None,
        "delegated_from": {each.delegator: desk.votes(each.units) for each in power.delegations},
        "proposing_takes": desk.votes(power.threshold),
        "can_propose": power.can_propose,
        "worker_points": desk.votes(power.points),
        "share_of_worker_house": _share(power.points, power.total_points),
    }


def _not_voting(desk: Desk, power: Power) -> dict[str, str]:
    """Tell what of an account's TES does not vote, and why."""
    held = {"held_by_disputes": power.dispute_lock, "unbonding": power.unbonding}
    return {why.replace("_", " "): desk.tes(amount) for why, amount in held.items() if amount}


def _share(part: int, whole: int) -> str | None:
    """Write a part of all; none where all was asked for a moment before the part came."""
    return write_bps(10_000 * part // whole) if whole >= max(part, 1) else None


def _send_power(desk: Desk, call: Call) -> None:
    mined = desk.send(call)
    record = power_record(desk, explain_power(desk.system, desk.sender.address))
    desk.show({**record, "transaction": "0x" + mined.transaction_hash.hex()})
