"""`tessera gov`: propose, vote, delegate, queue, execute."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.cli.desk import Desk, with_desk, with_store_and_wallet, with_wallet
from dao_client.cli.gov_checks import check_eta, check_state, check_threshold
from dao_client.cli.gov_goals import attach_goals, goals_record
from dao_client.cli.gov_power import delegate, lock, power, unlock
from dao_client.cli.gov_view import (
    draft_record,
    power_at_record,
    proposal_record,
    send_step,
    short_id,
    show_calls,
)
from dao_client.cli.gov_vote import ProposalArgument, relay, vote
from dao_client.contracts.governance_events import ProposalCreated
from dao_client.contracts.governor import ProposalState
from dao_client.governance.past import system_at
from dao_client.governance.power import power_at
from dao_client.governance.proposal_file import read_proposal_file
from dao_client.governance.proposals import executed_in, find_proposal, list_proposals
from dao_client.governance.simulation import check_trials, earliest_execution, try_actions

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Propose changes, vote on them, run them."
)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it, send nothing.")]


@app.command()
@with_store_and_wallet
def propose(
    desk: Desk,
    file: Annotated[Path, typer.Argument(help="YAML: title, description, changes.")],
    dry_run: DryRun = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Propose what the simulation refuses.")
    ] = False,
    attach: Annotated[
        Path | None,
        typer.Option("--attach", help="Goals that the simulator measured with the new values."),
    ] = None,
) -> None:
    """Propose the changes in FILE: decoded and simulated first.

    What changes the mechanism carries the output of `tessera simulate --goals`. The description
    ends with #proposer= and the wallet, so nobody can propose the same before you.
    """
    system = desk.system
    draft = read_proposal_file(file, desk.book)
    trials = try_actions(system, desk.book, draft.actions)
    execution = earliest_execution(system, [trial.call for trial in trials])
    record: dict[str, Any] = {"title": draft.title, **draft_record(system, trials, execution)}
    if not dry_run:
        if not anyway:
            check_trials(trials, execution)
        proposer = desk.sender.address
        check_threshold(desk)
        draft = attach_goals(desk, draft, trials, attach)
        targets = [action.target for action in draft.actions]
        values = [action.value for action in draft.actions]
        calldatas = [action.data for action in draft.actions]
        text = draft.description(proposer)
        mined = desk.send(system.governor.propose(targets, values, calldatas, text))
        (event,) = system.governor.contract.events_in(ProposalCreated, mined.logs)
        made = {"proposal": str(event.proposalId), "voting_starts_at": event.voteStart}
        record = {**made, "voting_deadline": event.voteEnd, **record}
        record["transaction"] = "0x" + mined.transaction_hash.hex()
    show_calls(desk, record, trials)


@app.command()
@with_wallet
def queue(desk: Desk, proposal_id: ProposalArgument) -> None:
    """Start the delay of a proposal that won; anybody may."""
    proposal = find_proposal(desk.system, proposal_id)
    check_state(desk, proposal, "it can be queued", ProposalState.SUCCEEDED)
    send_step(desk, proposal, desk.system.governor.queue(proposal.calls))


@app.command()
@with_wallet
def execute(desk: Desk, proposal_id: ProposalArgument) -> None:
    """Run a proposal whose delay is over; anybody may, for 14 days."""
    proposal = find_proposal(desk.system, proposal_id)
    check_state(desk, proposal, "it can be executed", ProposalState.QUEUED)
    check_eta(desk, proposal)
    send_step(desk, proposal, desk.system.governor.execute(proposal.calls))


@app.command()
@with_wallet
def cancel(desk: Desk, proposal_id: ProposalArgument) -> None:
    """Take a proposal back: its proposer before voting starts, the guardian at any time."""
    proposal = find_proposal(desk.system, proposal_id)
    send_step(desk, proposal, desk.system.governor.cancel(proposal.calls))


@app.command("show")
@with_store_and_wallet
def show_proposal(desk: Desk, proposal_id: ProposalArgument) -> None:
    """Show a proposal: what it does, old and new values, whether it would run, how it stands.

    An executed one is shown on the block before. With a wallet also what that wallet can do.
    """
    proposal = find_proposal(desk.system, proposal_id)
    record = proposal_record(desk, proposal)
    if desk.has_wallet and proposal.event.voteStart < desk.system.chain.clock():
        record |= power_at_record(desk, power_at(desk.system, desk.sender.address, proposal))
    block = executed_in(desk.system, proposal)
    then = desk.system if block is None else system_at(desk.system, block - 1)
    trials = try_actions(then, desk.book, proposal.actions)
    show_calls(desk, {**record, **goals_record(desk, proposal, trials)}, trials)


@app.command("list")
@with_desk
def list_all(desk: Desk) -> None:
    """List every proposal."""
    proposals = list_proposals(desk.system)
    states = desk.system.governor.states([each.id for each in proposals])
    desk.show(
        [
            {
                "proposal": str(each.id) if desk.as_json else short_id(each.id),
                "state": state.name,
                "title": each.title,
                "voting_deadline": each.event.voteEnd,
                "proposer": each.event.proposer,
            }
            for each, state in zip(proposals, states, strict=True)
        ]
    )


for command in (vote, relay, delegate, lock, unlock, power):
    app.command()(command)
