"""`tessera gov vote` and `relay`: vote, by oneself or by letter."""

from pathlib import Path
from typing import Annotated

import typer

from dao_client.cli.desk import Desk, with_wallet
from dao_client.cli.gov_checks import check_state, check_voter
from dao_client.cli.gov_view import power_at_record, proposal_record, send_step
from dao_client.contracts.governor import ProposalState, Support
from dao_client.errors import MalformedDocument
from dao_client.governance.ballots import SignedBallot, check_ballot, sign_ballot
from dao_client.governance.power import power_at
from dao_client.governance.proposals import find_proposal

ProposalArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Its id, the first digits of it, or `latest`.")
]
SupportArgument = Annotated[str, typer.Argument(metavar="VOTE", help="for, against or abstain.")]
MAX_REASON_BYTES = 4_096
"""The Governor takes no longer one."""


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
    send_step(desk, proposal, call, {"voter": ballot.voter, "vote": ballot.support.name.lower()})


def _support(text: str) -> Support:
    if text.upper() not in Support.__members__:
        raise MalformedDocument(f"{text!r} is no vote: write for, against or abstain")
    return Support[text.upper()]
