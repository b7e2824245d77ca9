"""What a proposal is made of."""

from dataclasses import dataclass

from eth_utils.crypto import keccak

from dao_client.contracts.governance_events import ProposalCreated
from dao_client.contracts.governor import ProposalCalls
from dao_client.types import Address, Digest, Wei

NOTHING = Wei(0)
PROPOSER_MARK = "#proposer="


@dataclass(frozen=True, slots=True)
class Action:
    """One call that the Timelock would make."""

    target: Address
    data: bytes
    value: Wei = NOTHING


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal that nobody has made yet."""

    title: str
    body: str
    actions: tuple[Action, ...]

    def description(self, proposer: Address | None = None) -> str:
        """Return the text as front ends read it; a named proposer cannot be forestalled."""
        text = f"# {self.title}\n\n{self.body}".strip()
        return f"{text}\n\n{PROPOSER_MARK}{proposer}" if proposer else text


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as its event tells it."""

    event: ProposalCreated

    @property
    def id(self) -> int:
        """The hash of all that it does."""
        return self.event.proposalId

    @property
    def title(self) -> str:
        """The first line of the description."""
        return self.event.description.strip().partition("\n")[0].lstrip("# ").strip()

    @property
    def actions(self) -> tuple[Action, ...]:
        """The calls in their order."""
        rows = zip(self.event.targets, self.event.calldatas, self.event.values, strict=True)
        return tuple(Action(*row) for row in rows)

    @property
    def calls(self) -> ProposalCalls:
        """What the Governor takes to queue, execute or cancel it."""
        event = self.event
        digest = Digest(keccak(text=event.description))
        return ProposalCalls(event.targets, event.values, event.calldatas, digest)
