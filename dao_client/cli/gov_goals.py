"""Attach the simulator's goals to a proposal that changes the mechanism, and read them back."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dao_client.cli.desk import Desk
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.governance.goals import (
    MECHANISM,
    Goal,
    check_conditions,
    goals_cid,
    mark_of,
    mechanism_changes,
    read_goals,
    simulation_of,
)
from dao_client.governance.simulation import Trial
from dao_client.governance.types import Draft, Proposal
from ipfs_store import IpfsStoreError, parse_cid


def attach_goals(desk: Desk, draft: Draft, trials: Sequence[Trial], file: Path | None) -> Draft:
    """Store the file of goals and name it in the description.

    Refuses a change of the mechanism without one, and one of a simulation with other values.
    """
    changed = mechanism_changes(trial.call for trial in trials)
    if file is None and not changed:
        return draft
    values = {**desk.system.parameters.values_of(MECHANISM), **changed}
    if file is None:
        names = ", ".join(name.name.lower() for name in changed)
        raise TransactionRefused(
            f"this changes the mechanism ({names}), so voters must see what the simulator says of "
            f"it: run `{simulation_of(values)}` and add --attach goals.json",
            "goals missing",
        )
    block = file.read_bytes()
    check_conditions(read_goals(block, str(file)), values, str(file))
    return replace(draft, body=f"{draft.body}\n\n{mark_of(desk.store.put_block(block))}".strip())


def goals_record(desk: Desk, proposal: Proposal, trials: Sequence[Trial]) -> dict[str, Any]:
    """Return which goals hold with what a proposal would make of the mechanism.

    Nothing for a proposal that leaves the mechanism alone and names no goals.
    """
    changed = mechanism_changes(trial.call for trial in trials)
    named = goals_cid(proposal.event.description)
    if named is None:
        return {"goals": None, "goals_problem": "none are attached"} if changed else {}
    record: dict[str, Any] = {"goals_file": named}
    try:
        goals = read_goals(desk.store.get_block(parse_cid(named)), named)
        record["goals"] = [asdict(each) for each in goals] if desk.as_json else _told(goals)
        check_conditions(goals, changed, named)
    except (IpfsStoreError, MalformedDocument) as error:
        record["goals_problem"] = str(error)
    return record


def _told(goals: Sequence[Goal]) -> str:
    """Say which goals hold in a few words."""
    missed = [each.goal for each in goals if not each.holds]
    if not missed:
        return f"all {len(goals)} hold"
    return f"{len(goals) - len(missed)} of {len(goals)} hold, not {', '.join(missed)}"
