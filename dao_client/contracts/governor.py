"""OpenZeppelin's Governor, told in our words: proposals, votes, and what both may do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.contracts.governance_events import ProposalCreated, ProposalThresholdSet
from dao_client.types import Address, Digest, Timestamp, Wei


class ProposalState(IntEnum):
    """Where a proposal stands, as `IGovernor.ProposalState` counts."""

    PENDING = 0
    ACTIVE = 1
    CANCELED = 2
    DEFEATED = 3
    SUCCEEDED = 4
    QUEUED = 5
    EXPIRED = 6
    EXECUTED = 7


class Support(IntEnum):
    """What a vote says, as Governor Bravo counts."""

    AGAINST = 0
    FOR = 1
    ABSTAIN = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes of one house, in units of power."""

    against: int
    in_favour: int
    abstain: int


@dataclass(frozen=True, slots=True)
class ProposalClass:
    """What a proposal needs beyond a majority of stake."""

    needs_workers: bool
    needs_two_thirds: bool
    is_slow: bool


@dataclass(frozen=True, slots=True)
class ProposalCalls:
    """What a proposal does: the Governor knows a proposal by the hash of exactly this."""

    targets: tuple[Address, ...]
    values: tuple[Wei, ...]
    calldatas: tuple[bytes, ...]
    description_hash: Digest


class Governor:
    """Who votes on what."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "Governor", address)
        self.address = address

    def proposal_id(self, calls: ProposalCalls) -> int:
        """Return the id that a proposal has or would have."""
        return int(self.contract.read("getProposalId", *_arguments(calls)))

    def state(self, proposal: int, block: BlockTag = "latest") -> ProposalState:
        """Return where a proposal stands; refuse an unknown one."""
        return self.states([proposal], block)[0]

    def states(self, proposals: Sequence[int], block: BlockTag = "latest") -> list[ProposalState]:
        """Return where many proposals stand, in few requests."""
        found = self.contract.read_many("state", [(each,) for each in proposals], block)
        return [ProposalState(each) for each in found]

    def proposed(self, first: int = 0) -> list[ProposalCreated]:
        """Return every proposal ever made, in order."""
        return list(self.contract.events(ProposalCreated, first=first))

    def votes(self, proposal: int, block: BlockTag = "latest") -> Tally:
        """Return the votes of stake."""
        return Tally(*self.contract.read("proposalVotes", proposal, block=block))

    def worker_votes(self, proposal: int, block: BlockTag = "latest") -> Tally:
        """Return the votes of workers, which count for some classes of proposals only."""
        return Tally(*self.contract.read("worker_votes", proposal, block=block))

    def proposal_class(self, proposal: int) -> ProposalClass:
        """Return what a proposal needs."""
        return ProposalClass(*self.contract.read("proposal_class", proposal))

    def snapshot(self, proposal: int) -> Timestamp:
        """Return the moment whose power counts; voting starts right after it."""
        return Timestamp(self.contract.read("proposalSnapshot", proposal))

    def deadline(self, proposal: int) -> Timestamp:
        """Return the last moment of voting; a late quorum moves it."""
        return Timestamp(self.contract.read("proposalDeadline", proposal))

    def eta(self, proposal: int) -> Timestamp:
        """Return from when a queued proposal can be executed, zero before."""
        return Timestamp(self.contract.read("proposalEta", proposal))

    def has_voted(self, proposal: int, account: Address) -> bool:
        """Return whether an account has voted."""
        return bool(self.contract.read("hasVoted", proposal, account))

    def threshold(self, block: BlockTag = "latest") -> int:
        """Return the power that proposing takes."""
        return int(self.contract.read("proposalThreshold", block=block))

    def threshold_bps(self, first: int = 0) -> int:
        """Return the share of all power that proposing takes, as it was last set."""
        events = list(self.contract.events(ProposalThresholdSet, first=first))
        return events[-1].newProposalThreshold

    def quorum(self, timepoint: int) -> int:
        """Return how much power must vote for or abstain, by a past moment's supply."""
        return int(self.contract.read("quorum", timepoint))

    def quorum_percent_at(self, timepoint: int) -> int:
        """Return the share of all power that the quorum was, is or will be."""
        return int(self.contract.read("quorumNumerator(uint256)", timepoint))

    def voting_delay(self) -> int:
        """Return the seconds between a proposal and its snapshot."""
        return int(self.contract.read("votingDelay"))

    def voting_period(self) -> int:
        """Return the seconds that voting takes."""
        return int(self.contract.read("votingPeriod"))

    def guardian(self) -> Address:
        """Return who may cancel until `guardian_expires_at`."""
        return Address(self.contract.read("proposalGuardian"))

    def guardian_expires_at(self) -> Timestamp:
        """Return when the guardian becomes powerless."""
        return Timestamp(self.contract.read("guardian_expires_at"))

    def nonce(self, voter: Address) -> int:
        """Return the number that a voter's next signature must hold."""
        return int(self.contract.read("nonces", voter))

    def propose(
        self,
        targets: Sequence[Address],
        values: Sequence[Wei],
        calldatas: Sequence[bytes],
        description: str,
    ) -> Call:
        """Propose calls of the Timelock."""
        calls = (list(targets), list(values), list(calldatas), description)
        call = self.contract.write("propose", *calls)
        return replace(call, arguments=(description.partition("\n")[0],))

    def cast_vote(self, proposal: int, support: Support, reason: str = "") -> Call:
        """Vote with the power at the proposal's snapshot, in both houses at once."""
        if reason:
            return self.contract.write("castVoteWithReason", proposal, int(support), reason)
        return self.contract.write("castVote", proposal, int(support))

    def cast_vote_by_sig(
        self, proposal: int, support: Support, voter: Address, signature: bytes
    ) -> Call:
        """Hand in a vote that somebody signed."""
        return self.contract.write("castVoteBySig", proposal, int(support), voter, signature)

    def queue(self, calls: ProposalCalls) -> Call:
        """Start the delay of a proposal that won; anybody."""
        return self._write("queue", calls)

    def execute(self, calls: ProposalCalls) -> Call:
        """Run a proposal whose delay is over; anybody."""
        return self._write("execute", calls)

    def cancel(self, calls: ProposalCalls) -> Call:
        """Take a proposal back, as its proposer before voting starts, or as the guardian."""
        return self._write("cancel", calls)

    def _write(self, function: str, calls: ProposalCalls) -> Call:
        """Return a call that is named by the hash of its description: its arguments fill pages."""
        call = self.contract.write(function, *_arguments(calls))
        return replace(call, arguments=(calls.description_hash,))


def _arguments(calls: ProposalCalls) -> tuple[object, ...]:
    return (
        list(calls.targets),
        list(calls.values),
        list(calls.calldatas),
        calls.description_hash,
    )
