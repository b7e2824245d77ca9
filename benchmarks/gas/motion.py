"""One proposal of one call, from its making to its execution."""

from dataclasses import dataclass

from eth_utils.crypto import keccak

from dao_client.contracts import Call
from dao_client.contracts.governor import Governor, ProposalCalls, ProposalState, Support
from dao_client.governance.ballots import ballot_message
from dao_client.keys import LocalSigner
from dao_client.messages import Domain
from dao_client.types import Digest, Timestamp, Wei


@dataclass(frozen=True)
class Motion:
    """A proposal that a Governor's Timelock makes this call."""

    governor: Governor
    call: Call
    description: str

    @property
    def calls(self) -> ProposalCalls:
        """What the proposal is known by."""
        assert self.call.to is not None
        hashed = Digest(keccak(text=self.description))
        return ProposalCalls((self.call.to,), (Wei(0),), (self.call.data,), hashed)

    @property
    def proposal(self) -> int:
        """Its id."""
        return self.governor.proposal_id(self.calls)

    def propose(self) -> Call:
        """Propose it."""
        calls = self.calls
        return self.governor.propose(calls.targets, calls.values, calls.calldatas, self.description)

    def vote(self) -> Call:
        """Vote for it."""
        return self.governor.cast_vote(self.proposal, Support.FOR)

    def vote_signed(self, voter: LocalSigner) -> Call:
        """Hand in a vote for it that the voter signs."""
        domain = Domain(self.governor.contract.chain.chain_id, self.governor.address)
        nonce = self.governor.nonce(voter.address)
        ballot = ballot_message(self.proposal, Support.FOR, voter.address, nonce, domain)
        signature = voter.sign_typed(ballot)
        return self.governor.cast_vote_by_sig(self.proposal, Support.FOR, voter.address, signature)

    def queue(self) -> Call:
        """Start its delay."""
        return self.governor.queue(self.calls)

    def execute(self) -> Call:
        """Make the call."""
        return self.governor.execute(self.calls)

    def snapshot(self) -> Timestamp:
        """Return when voting starts."""
        return self.governor.snapshot(self.proposal)

    def deadline(self) -> Timestamp:
        """Return when voting ends."""
        return self.governor.deadline(self.proposal)

    def eta(self) -> Timestamp:
        """Return when the delay ends."""
        return self.governor.eta(self.proposal)

    def is_executed(self) -> bool:
        """Return whether the call was made."""
        return self.governor.state(self.proposal) is ProposalState.EXECUTED
