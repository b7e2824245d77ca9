"""Say what a proposal does, needs and has, for people and for programs."""

from collections.abc import Sequence
from typing import Any

import typer

from dao_client.cli.desk import Desk
from dao_client.contracts import Call
from dao_client.contracts.governor import ProposalClass, ProposalState
from dao_client.deployment import System
from dao_client.governance.classes import class_of, delay_of, name_of, needs_of
from dao_client.governance.houses import House, read_houses, why_defeated
from dao_client.governance.power import PowerAt
from dao_client.governance.simulation import Trial
from dao_client.governance.types import Proposal
from dao_client.governance.units import write_seconds
from dao_client.moments import write_moment
from dao_client.types import Timestamp

SHORT_ID = 12


def short_id(proposal: int) -> str:
    """Return as many digits of an id as people compare."""
    return f"{str(proposal)[:SHORT_ID]}…"


def trial_row(desk: Desk, trial: Trial) -> dict[str, Any]:
    """Return one call of a proposal: what it is, what it would change, whether it would run."""
    effect = trial.effect
    return {
        "call": trial.call.shown(desk.book),
        "what": effect.what if effect else None,
        "old": effect.old if effect else None,
        "new": effect.new if effect else None,
        "bounds": effect.bounds if effect else None,
        "reach": effect.reach if effect else None,
        "is_protected": effect.is_protected if effect else None,
        "simulation": trial.refusal or "ok",
        "runs_from_at": trial.runs_from,
    }


def call_record(trial: Trial) -> dict[str, Any]:
    """Return the bare call, for programs."""
    call = trial.call
    return {
        "target": call.action.target,
        "value": str(call.action.value),
        "data": "0x" + call.action.data.hex(),
        "contract": call.contract,
        "function": call.function,
        "arguments": {each.name: each.shown for each in call.arguments},
    }


def class_record(kind: ProposalClass, min_delay: int) -> dict[str, Any]:
    """Return what a class of proposals needs."""
    return {
        "class": name_of(kind),
        "needs": needs_of(kind),
        "timelock": write_seconds(delay_of(kind, min_delay)),
    }


def draft_record(system: System, trials: Sequence[Trial], execution: Timestamp) -> dict[str, Any]:
    """Return what a proposal that nobody has made yet would need."""
    kind = class_of(trial.call for trial in trials)
    return {**class_record(kind, system.timelock.min_delay()), "earliest_execution_at": execution}


def proposal_record(desk: Desk, proposal: Proposal) -> dict[str, Any]:
    """Return all that the chain tells of a proposal."""
    system, governor, event = desk.system, desk.system.governor, proposal.event
    state, kind = governor.state(proposal.id), governor.proposal_class(proposal.id)
    record = {
        "proposal": str(proposal.id),
        "title": proposal.title,
        "state": state.name,
        "proposer": event.proposer,
        **class_record(kind, system.timelock.min_delay()),
        "voting_starts_at": event.voteStart,
        "voting_deadline": governor.deadline(proposal.id),
        "executable_at": governor.eta(proposal.id) or None,
    }
    houses = read_houses(system, proposal, kind)
    for house in houses:
        record |= tally_record(desk, house)
    return {**record, "next": next_step(state, record, houses), "description": event.description}


def tally_record(desk: Desk, house: House) -> dict[str, str]:
    """Return the votes of one house, and how many it needs."""
    tally = house.tally
    quorum = {f"{house.name}_quorum": desk.votes(house.quorum)} if house.quorum else {}
    return {
        f"{house.name}_for": desk.votes(tally.in_favour),
        f"{house.name}_against": desk.votes(tally.against),
        f"{house.name}_abstain": desk.votes(tally.abstain),
        **quorum,
    }


def next_step(state: ProposalState, record: dict[str, Any], houses: Sequence[House]) -> str:
    """Say what can be done with a proposal now, or why it is over."""
    start = write_moment(record["voting_starts_at"])
    end = write_moment(record["voting_deadline"])
    words = {
        ProposalState.PENDING: f"voting starts after {start}",
        ProposalState.ACTIVE: f"vote until {end}: tessera gov vote ID for|against|abstain",
        ProposalState.SUCCEEDED: "tessera gov queue ID",
        ProposalState.EXPIRED: "it was not executed in time: propose it again",
        ProposalState.DEFEATED: f"it is over: {'; '.join(why_defeated(houses))}",
    }
    if state is ProposalState.QUEUED:
        return f"tessera gov execute ID, from {write_moment(record['executable_at'])} on, for 14 d"
    return words.get(state, "it is over")


def power_at_record(desk: Desk, power: PowerAt) -> dict[str, Any]:
    """Return what a wallet can do in one vote."""
    return {
        "your_votes": desk.votes(power.votes),
        "your_worker_points": desk.votes(power.points),
        "you_voted": power.has_voted,
    }


def show_calls(desk: Desk, record: dict[str, Any], trials: Sequence[Trial]) -> None:
    """Print a record and its calls: two tables for people, one object for programs."""
    rows = [trial_row(desk, trial) for trial in trials]
    if desk.as_json:
        calls = [{**call_record(trial), **row} for trial, row in zip(trials, rows, strict=True)]
        desk.show({**record, "calls": calls})
        return
    desk.show(record)
    for number, row in enumerate(rows, start=1):
        typer.echo()
        desk.show(_for_people(number, row))


def _for_people(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what does not apply, and tell the change in one line."""
    change = {"change": f"{row['what']}: {row['old']} → {row['new']}"} if row["what"] else {}
    bounds = {"hard_bounds": row["bounds"]} if row["bounds"] else {}
    reach = {"one_change_reaches": row["reach"]} if row["reach"] else {}
    guard = {"workers_protect_it": True} if row["is_protected"] else {}
    later = {"runs_from_at": row["runs_from_at"]} if row["runs_from_at"] else {}
    head = {f"call_{number}": row["call"]}
    return {**head, **change, **bounds, **reach, **guard, "simulation": row["simulation"], **later}


def send_step(
    desk: Desk, proposal: Proposal, call: Call, more: dict[str, Any] | None = None
) -> None:
    """Send one step of a proposal and show where it stands then."""
    mined = desk.send(call)
    record = {**proposal_record(desk, proposal), **(more or {})}
    desk.show({**record, "transaction": "0x" + mined.transaction_hash.hex()})
