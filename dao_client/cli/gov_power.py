"""Say why power is what it is."""

from typing import Any

from dao_client.amounts import format_amount
from dao_client.governance.power import Power
from dao_client.governance.units import TES_DECIMALS, write_bps, write_seconds, write_votes


def power_record(power: Power, *, as_json: bool) -> dict[str, Any]:
    """Return an account's power and its parts, in the order in which they make it."""
    record = {
        "account": power.account,
        "votes": write_votes(power.votes),
        "share_of_all": _share(power.votes, power.total_votes),
        "stake": _tes(power.stake),
        "not_voting": _not_voting(power),
        "lock": write_seconds(power.lock_seconds) if power.lock_seconds else None,
        "unlocks_at": power.unlocks_at or None,
        "counts": f"{write_bps(power.multiplier_bps)} of the stake",
        "own_votes": write_votes(power.own_units),
        "delegated_to": power.delegatee if power.delegatee != power.account else None,
        "delegated_from": {each.delegator: write_votes(each.units) for each in power.delegations},
        "proposing_takes": write_votes(power.threshold),
        "can_propose": power.can_propose,
        "worker_points": write_votes(power.points),
        "share_of_worker_house": _share(power.points, power.total_points),
    }
    exact = {"votes_wei": str(power.votes), "own_votes_wei": str(power.own_units)}
    return {**record, **exact} if as_json else record


def _not_voting(power: Power) -> list[str]:
    """List what of an account's TES does not vote, and why."""
    lines = []
    if power.dispute_lock:
        lines.append(f"{_tes(power.dispute_lock)} held by disputes")
    if power.unbonding:
        lines.append(f"{_tes(power.unbonding)} unbonding")
    return lines


def _tes(amount: int) -> str:
    return f"{format_amount(amount, TES_DECIMALS)} TES"


def _share(part: int, whole: int) -> str | None:
    """Write a part of all; none where all was asked for a moment before the part came."""
    return write_bps(10_000 * part // whole) if whole >= max(part, 1) else None
