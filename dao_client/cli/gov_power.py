"""Say why power is what it is."""

from typing import Any

from dao_client.cli.desk import Desk
from dao_client.governance.power import Power
from dao_client.governance.units import write_bps, write_seconds


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
