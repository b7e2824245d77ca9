"""Find proposals by what the chain tells of them, and which of them changed what."""

from collections.abc import Mapping
from dataclasses import dataclass

from dao_client.contracts.governance_events import ProposalExecuted
from dao_client.contracts.parameters import ParameterId, ParameterSet
from dao_client.deployment import System
from dao_client.errors import TransactionRefused
from dao_client.governance.types import Proposal

LEAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """A change of a parameter, and the proposal that made it."""

    event: ParameterSet
    proposal: Proposal | None


def list_proposals(system: System) -> list[Proposal]:
    """Return every proposal, the oldest first."""
    return [Proposal(event) for event in system.governor.proposed(system.first_block)]


def find_proposal(system: System, text: str) -> Proposal:
    """Find a proposal by its id, by the first digits of it, or as the `latest`."""
    known = list_proposals(system)
    wanted = text.strip().lower()
    if wanted == "latest" and known:
        return known[-1]
    found = [each for each in known if str(each.id) == wanted]
    if not found and len(wanted) >= LEAST_DIGITS:
        found = [each for each in known if str(each.id).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    problem = f"{len(found)} proposals begin so" if found else "there is no such proposal"
    raise TransactionRefused(
        f"proposal {text!r}: {problem}; `tessera gov list` shows all {len(known)}",
        "unknown proposal",
    )


def parameter_changes(
    system: System, name: ParameterId | None = None
) -> Mapping[ParameterId, list[ParameterChange]]:
    """Return the changes of one parameter, or of all, each with its proposal, in order."""
    only = {} if name is None else {"id": int(name)}
    contract = system.parameters.contract
    events = list(contract.events(ParameterSet, first=system.first_block, **only))
    executed = _executed(system) if events else []
    proposals = {each.id: each for each in list_proposals(system)} if events else {}
    changes: dict[ParameterId, list[ParameterChange]] = {}
    for event in events:
        made_by = proposals.get(_proposal_of(event, executed))
        changes.setdefault(ParameterId(event.id), []).append(ParameterChange(event, made_by))
    return changes


def executed_in(system: System, proposal: Proposal) -> int | None:
    """Return the block in which a proposal was executed, none when it was not."""
    blocks = [
        each.place.block_number for each in _executed(system) if each.proposalId == proposal.id
    ]
    return blocks[0] if blocks else None


def _executed(system: System) -> list[ProposalExecuted]:
    return list(system.governor.contract.events(ProposalExecuted, first=system.first_block))


def _proposal_of(event: ParameterSet, executed: list[ProposalExecuted]) -> int:
    """Return the proposal whose execution ends next after an event, in the same transaction."""
    place = event.place
    after = [
        each.proposalId
        for each in executed
        if each.place.transaction_hash == place.transaction_hash
        and each.place.log_index > place.log_index
    ]
    return after[0] if after else 0
