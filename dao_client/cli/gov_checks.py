"""Refuse in words what the Governor would refuse in codes, before anything is sent."""

from dao_client.cli.desk import Desk
from dao_client.cli.gov_view import proposal_record, short_id
from dao_client.contracts.governor import ProposalState
from dao_client.errors import TransactionRefused
from dao_client.governance.power import PowerAt
from dao_client.governance.types import Proposal
from dao_client.governance.units import write_votes
from dao_client.moments import write_moment


def check_threshold(desk: Desk) -> None:
    """Refuse a proposal of somebody with too little power."""
    governor, account = desk.system.governor, desk.sender.address
    held, needed = desk.system.staking.votes(account), governor.threshold()
    if held < needed:
        raise TransactionRefused(
            f"proposing takes {write_votes(needed)}, {account} has {write_votes(held)}: stake "
            "TES, lock it with `tessera gov lock`, or ask for delegations; see "
            f"`tessera gov power {account}`",
            "below threshold",
        )


def check_voter(desk: Desk, proposal: Proposal, power: PowerAt) -> None:
    """Refuse a second vote, and one that weighs nothing."""
    account = desk.sender.address
    if power.has_voted:
        raise TransactionRefused(
            f"{account} has voted on {short_id(proposal.id)}: votes are final", "voted"
        )
    needs_workers = desk.system.governor.proposal_class(proposal.id).needs_workers
    if not power.votes and not (needs_workers and power.points):
        raise TransactionRefused(
            f"{account} had no votes at {write_moment(power.snapshot)}, when voting started: what "
            "was staked, locked or delegated since counts from the next proposal on",
            "no votes",
        )


def check_state(desk: Desk, proposal: Proposal, what: str, needed: ProposalState) -> None:
    """Refuse what is too early or too late; `what` says what the state allows."""
    record = proposal_record(desk, proposal)
    if record["state"] != needed.name:
        raise TransactionRefused(
            f"proposal {short_id(proposal.id)} is {record['state']}, {what} while it is "
            f"{needed.name}: {record['next']}",
            "wrong state",
        )


def check_eta(desk: Desk, proposal: Proposal) -> None:
    """Refuse to execute what still waits."""
    eta = desk.system.governor.eta(proposal.id)
    if desk.system.chain.clock() < eta:
        raise TransactionRefused(
            f"proposal {short_id(proposal.id)} waits in the Timelock: it can be executed from "
            f"{write_moment(eta)} on",
            "too early",
        )
