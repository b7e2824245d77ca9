"""Explain power: what of a stake votes, how much, for whom, and what it takes to propose.

A stake counts a quarter, and up to once when its owner locks it for a year:
(stake - held by disputes) x (1 year + 3 x lock) / (4 years).
"""

from dataclasses import dataclass

from dao_client.deployment import System
from dao_client.governance.types import Proposal
from dao_client.types import Address, Timestamp, Wei

YEAR = 365 * 86_400


@dataclass(frozen=True, slots=True)
class Delegation:
    """Power that somebody gave."""

    delegator: Address
    units: int


@dataclass(frozen=True, slots=True)
class Power:
    """Why the power of an account is what it is."""

    account: Address
    stake: Wei
    dispute_lock: Wei
    unbonding: Wei
    unbonding_ends_at: Timestamp
    lock_seconds: int
    unlocks_at: Timestamp
    own_units: int
    delegatee: Address
    delegations: tuple[Delegation, ...]
    votes: int
    total_votes: int
    threshold: int
    points: int
    total_points: int

    @property
    def multiplier_bps(self) -> int:
        """The share of a stake that votes, by its lock."""
        return 10_000 * (YEAR + 3 * self.lock_seconds) // (4 * YEAR)

    @property
    def can_propose(self) -> bool:
        """Whether the power reaches the threshold; a moment ago counts, not this one."""
        return self.votes >= self.threshold


@dataclass(frozen=True, slots=True)
class PowerAt:
    """What an account can do in one vote; power at the snapshot counts, whatever happened since."""

    snapshot: Timestamp
    votes: int
    total_votes: int
    quorum: int
    points: int
    total_points: int
    has_voted: bool


def explain_power(system: System, account: Address) -> Power:
    """Read all that an account's present power comes from."""
    staking, tes = system.staking, system.work_token.address
    before = Timestamp(system.chain.clock() - 1)
    delegators = staking.delegators(account, system.first_block)
    own, *others = staking.vote_terms([account, *delegators])
    unbonding = staking.unbonding_of(tes, account)
    return Power(
        account=account,
        stake=staking.stake_of(tes, account),
        dispute_lock=own.dispute_lock,
        unbonding=unbonding.amount,
        unbonding_ends_at=unbonding.ends_at,
        lock_seconds=own.lock_seconds,
        unlocks_at=own.unlocks_at,
        own_units=own.units,
        delegatee=own.delegatee,
        delegations=tuple(
            Delegation(delegator, terms.units)
            for delegator, terms in zip(delegators, others, strict=True)
        ),
        votes=staking.votes(account),
        total_votes=staking.past_total_votes(before),
        threshold=system.governor.threshold(),
        points=system.worker_house.votes(account),
        total_points=system.worker_house.past_total_votes(before),
    )


def power_at(system: System, account: Address, proposal: Proposal) -> PowerAt:
    """Read what an account can do in the vote on a proposal whose snapshot is over."""
    snapshot = proposal.event.voteStart
    return PowerAt(
        snapshot=snapshot,
        votes=system.staking.past_votes(account, snapshot),
        total_votes=system.staking.past_total_votes(snapshot),
        quorum=system.governor.quorum(snapshot),
        points=system.worker_house.past_votes(account, snapshot),
        total_points=system.worker_house.past_total_votes(snapshot),
        has_voted=system.governor.has_voted(proposal.id, account),
    )
