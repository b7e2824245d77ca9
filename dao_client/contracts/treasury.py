"""Money that only proposals can spend, and grants that stream."""

from collections.abc import Sequence
from dataclasses import dataclass

from dao_client.chain import Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.types import Address, Timestamp, Wei

LIMIT_BPS = 500
LIMIT_SECONDS = 30 * 86_400
"""A simple majority spends at most so much in so long (contracts/Treasury.vy)."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A stream of tokens to its holder (`ITreasury.Grant`) under its id."""

    grant_id: int
    token: Address
    holder: Address
    amount: Wei
    claimed: Wei
    starts_at: Timestamp
    cliff_seconds: int
    duration_seconds: int
    cancelled_at: Timestamp


class Treasury:
    """What the DAO owns."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "Treasury", address)
        self.address = address

    def free_balance(self, token: Address) -> Wei:
        """Return what no grant has reserved."""
        return Wei(self.contract.read("free_balance", token))

    def reserved(self, token: Address) -> Wei:
        """Return what grants may still claim."""
        return Wei(self.contract.read("reserved_of", token))

    def spendable(self, token: Address) -> Wei:
        """Return what a proposal can spend now without two thirds of the votes."""
        return Wei(self.contract.read("spendable_of", token))

    def spent(self, token: Address) -> Wei:
        """Return what counts against the limit now."""
        return Wei(self.contract.read("spent_of", token))

    def grant_count(self) -> int:
        """Return how many grants were ever opened: their ids are 1 to this number."""
        return int(self.contract.read("grant_count"))

    def grants(self, ids: Sequence[int]) -> list[Grant]:
        """Return grants, in few requests."""
        rows = self.contract.read_many("grant_of", [(each,) for each in ids])
        return [Grant(each, *row) for each, row in zip(ids, rows, strict=True)]

    def claimable_grants(self, ids: Sequence[int]) -> list[Wei]:
        """Return what each grant could pay now, in few requests."""
        return self.contract.read_many("claimable_grant", [(each,) for each in ids])

    def claim_grant(self, grant_id: int) -> Call:
        """Pay a grant's holder what has vested; anybody."""
        return self.contract.write("claim_grant", grant_id)

    def collect(self, token: Address) -> Call:
        """Take the treasury's share of slashed stakes; anybody."""
        return self.contract.write("collect", token)
