"""`tessera gov`: propose, vote, delegate, queue, execute."""

from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import parse_seconds
from dao_client.cli.desk import Desk, with_desk, with_wallet
from dao_client.cli.gov_checks import check_eta, check_state, check_threshold, check_voter
from dao_client.cli.gov_power import power_record
from dao_client.cli.gov_view import (
    draft_record,
    power_at_record,
    proposal_record,
    short_id,
    show_calls,
)
from dao_client.cli.task_publishing import checked_address
from dao_client.contracts import Call
from dao_client.contracts.governance_events import ProposalCreated
from dao_client.contracts.governor import ProposalState, Support
from dao_client.errors import MalformedDocument
from dao_client.governance.ballots import SignedBallot, check_ballot, sign_ballot
from dao_client.governance.past import system_at
from dao_client.governance.power import explain_power, power_at
from dao_client.governance.proposal_file import read_proposal_file
from dao_client.governance.proposals import executed_in, find_proposal, list_proposals
from dao_client.governance.simulation import check_trials, earliest_execution, try_actions
from dao_client.governance.types import Proposal

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Propose changes, vote on them, run them."
)

ProposalArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Its id, the first digits of it, or `latest`.")
]
SupportArgument = Annotated[str, typer.Argument(metavar="VOTE", help="for, against or abstain.")]
MAX_REASON_BYTES = 4_096
"""The Governor takes no longer one."""
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it, send nothing.")]


@app.command()
@with_wallet
def propose(
    desk: Desk,
    file: Annotated[Path, typer.Argument(help="YAML: title, description, changes.")],
    dry_run: DryRun = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Propose what the simulation refuses.")
    ] = False,
) -> None:
    """Propose the changes in FILE: decoded and simulated first.

    The description ends with #proposer= and the wallet, so nobody can propose the same before you.
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
def vote(
    desk: Desk,
    proposal_id: ProposalArgument,
    support: SupportArgument,
    reason: Annotated[str, typer.Option(help="Why; everybody can read it.")] = "",
    sign_only: Annotated[
        bool, typer.Option("--sign-only", help="Print a signed ballot for `gov relay`; no gas.")
    ] = False,
) -> None:
    """Vote with the power you had when voting started; workers' points vote along."""
    choice, system = _support(support), desk.system
    proposal = find_proposal(system, proposal_id)
    check_state(desk, proposal, "votes count", ProposalState.ACTIVE)
    power = power_at(system, desk.sender.address, proposal)
    check_voter(desk, proposal, power)
    if len(reason.encode()) > MAX_REASON_BYTES:
        raise MalformedDocument(f"the reason is longer than {MAX_REASON_BYTES} bytes: shorten it")
    if sign_only:
        if reason:
            raise MalformedDocument("a signed ballot has no reason: leave out --reason")
        ballot = sign_ballot(system, desk.sender.signer, proposal.id, choice)
        desk.show(ballot.as_json())
        return
    mined = desk.send(system.governor.cast_vote(proposal.id, choice, reason))
    record = proposal_record(desk, proposal)
    cast = {"vote": choice.name.lower(), **power_at_record(desk, power), "you_voted": True}
    desk.show({**record, **cast, "transaction": "0x" + mined.transaction_hash.hex()})


@app.command()
@with_wallet
def relay(
    desk: Desk,
    file: Annotated[Path, typer.Argument(help="What `vote --sign-only --json` printed.")],
) -> None:
    """Hand in a vote that somebody else signed; you pay the gas, they have voted."""
    ballot = SignedBallot.load(file)
    check_ballot(desk.system, ballot)
    proposal = find_proposal(desk.system, str(ballot.proposal))
    check_state(desk, proposal, "votes count", ProposalState.ACTIVE)
    governor = desk.system.governor
    call = governor.cast_vote_by_sig(
        ballot.proposal, ballot.support, ballot.voter, ballot.signature
    )
    _send(desk, proposal, call, {"voter": ballot.voter, "vote": ballot.support.name.lower()})


@app.command()
@with_wallet
def queue(desk: Desk, proposal_id: ProposalArgument) -> None:
    """Start the delay of a proposal that won; anybody may."""
    proposal = find_proposal(desk.system, proposal_id)
    check_state(desk, proposal, "it can be queued", ProposalState.SUCCEEDED)
    _send(desk, proposal, desk.system.governor.queue(proposal.calls))


@app.command()
@with_wallet
def execute(desk: Desk, proposal_id: ProposalArgument) -> None:
    """Run a proposal whose delay is over; anybody may, for 14 days."""
    proposal = find_proposal(desk.system, proposal_id)
    check_state(desk, proposal, "it can be executed", ProposalState.QUEUED)
    check_eta(desk, proposal)
    _send(desk, proposal, desk.system.governor.execute(proposal.calls))


@app.command()
@with_wallet
def cancel(desk: Desk, proposal_id: ProposalArgument) -> None:
    """Take a proposal back: its proposer before voting starts, the guardian at any time."""
    proposal = find_proposal(desk.system, proposal_id)
    _send(desk, proposal, desk.system.governor.cancel(proposal.calls))


@app.command("show")
@with_wallet
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
    show_calls(desk, record, try_actions(then, desk.book, proposal.actions))


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


@app.command()
@with_wallet
def delegate(desk: Desk, to: Annotated[str, typer.Argument(help="Address, or `self`.")]) -> None:
    """Let somebody vote with your stake; it stays yours, and you can take the votes back."""
    chosen = desk.sender.address if to == "self" else checked_address(to, "delegatee")
    _send_power(desk, desk.system.staking.delegate(chosen))


@app.command()
@with_wallet
def lock(
    desk: Desk, length: Annotated[str, typer.Argument(help="Such as 90d; a year at most.")]
) -> None:
    """Let your stake vote up to four times as much.

    It can then be unstaked only so long after `unlock`; a longer lock replaces a shorter one.
    """
    _send_power(desk, desk.system.staking.lock_votes(parse_seconds(length)))


@app.command()
@with_wallet
def unlock(desk: Desk) -> None:
    """Give the lock up: a quarter of the power at once, the stake after the locked time."""
    _send_power(desk, desk.system.staking.unlock_votes())


@app.command()
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


def _support(text: str) -> Support:
    if text.upper() not in Support.__members__:
        raise MalformedDocument(f"{text!r} is no vote: write for, against or abstain")
    return Support[text.upper()]


def _send(desk: Desk, proposal: Proposal, call: Call, more: dict[str, Any] | None = None) -> None:
    mined = desk.send(call)
    record = {**proposal_record(desk, proposal), **(more or {})}
    desk.show({**record, "transaction": "0x" + mined.transaction_hash.hex()})


def _send_power(desk: Desk, call: Call) -> None:
    mined = desk.send(call)
    record = power_record(desk, explain_power(desk.system, desk.sender.address))
    desk.show({**record, "transaction": "0x" + mined.transaction_hash.hex()})
