"""Count the votes of both houses as the Governor does, and say what a proposal lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from dao_client.contracts.governor import ProposalClass, Tally
from dao_client.deployment import System
from dao_client.governance.types import Proposal
from dao_client.governance.units import write_votes


@dataclass(frozen=True, slots=True)
class House:
    """The votes of one house on one proposal; the quorum is none before voting has started."""

    name: str
    tally: Tally
    quorum: int | None
    needs_two_thirds: bool = False

    @property
    def has_quorum(self) -> bool:
        """Whether enough power voted for it or abstained; nobody's silence is no quorum."""
        voted = self.tally.in_favour + self.tally.abstain
        return voted >= (self.quorum or 0) and voted > 0

    @property
    def has_majority(self) -> bool:
        """Whether more power is for it than against, or twice as much."""
        if self.needs_two_thirds:
            return self.tally.in_favour >= 2 * self.tally.against and self.tally.in_favour > 0
        return self.tally.in_favour > self.tally.against


def read_houses(system: System, proposal: Proposal, kind: ProposalClass) -> list[House]:
    """Return the houses that decide a proposal, with what they voted so far."""
    governor, snapshot = system.governor, proposal.event.voteStart
    has_started = snapshot < system.chain.clock()
    quorum = governor.quorum(snapshot) if has_started else None
    houses = [House("stake", governor.votes(proposal.id), quorum, kind.needs_two_thirds)]
    if kind.needs_workers:
        points = system.worker_house.past_total_votes(snapshot) if has_started else 0
        percent = governor.quorum_percent_at(snapshot)
        least = max(-(-points * percent // 100), 1) if has_started else None
        houses.append(House("workers", governor.worker_votes(proposal.id), least))
    return houses


def why_defeated(houses: Sequence[House]) -> list[str]:
    """Say what each house lacked."""
    reasons = []
    for house in houses:
        if not house.has_quorum:
            voted = house.tally.in_favour + house.tally.abstain
            reasons.append(
                f"the quorum of the {house.name} was missed with {write_votes(voted)}, it took "
                f"{write_votes(house.quorum or 0)}"
            )
        if not house.has_majority:
            needed = "two thirds" if house.needs_two_thirds else "a majority"
            reasons.append(f"{needed} of the {house.name} was missed")
    return reasons
