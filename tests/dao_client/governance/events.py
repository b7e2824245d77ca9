"""Events that no chain has seen."""

from dao_client.contracts.events import Place
from dao_client.contracts.governance_events import ProposalCreated
from tests.dao_client.governance.books import CONTRACTS, STRANGER

PLACE = Place(5, b"\1" * 32, 3, b"\2" * 32)


def created(vote_start: int, proposal: int = 7) -> ProposalCreated:
    """One call with one word of data."""
    return ProposalCreated(
        PLACE,
        proposal,
        STRANGER,
        (CONTRACTS["Parameters"],),
        (0,),
        ("",),
        (b"\3" * 36,),
        vote_start,
        vote_start + 60,
        "# A title \n\nA body",
    )
