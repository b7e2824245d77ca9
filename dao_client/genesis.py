"""What exists on the first day: who holds TES, what vests, and what work earns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dao_client.errors import MalformedDocument
from dao_client.types import Address, Wei

ONE_TES = 10**18
GENESIS_SUPPLY = Wei(100_000_000 * ONE_TES)
EMISSION_CAP = Wei(100_000_000 * ONE_TES)
WORKER_CAP = Wei(10_000 * ONE_TES)
LEAST_HOUSE = Wei(100 * WORKER_CAP)
MOST_ALLOCATIONS, MOST_GRANTS, MOST_RATES, GUARDIANS = 64, 32, 8, 7
"""What the constructors take."""

TREASURY = "treasury"
PAYMENT_TOKEN = "payment_token"
"""Words for contracts whose addresses nobody can know before."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """TES that somebody holds from the start; `to` may be the word `treasury`."""

    to: str
    amount: Wei


@dataclass(frozen=True, slots=True)
class Grant:
    """TES of the Treasury that vests from deployment on, nothing before the cliff."""

    to: Address
    amount: Wei
    cliff_seconds: int
    duration_seconds: int


@dataclass(frozen=True, slots=True)
class EmissionRate:
    """TES (wei) for one whole token of accepted pay; `token` may be the word `payment_token`."""

    token: str
    tes: Wei


@dataclass(frozen=True, slots=True)
class Genesis:
    """The first day. Grants are paid from what is allocated to the Treasury."""

    allocations: tuple[Allocation, ...]
    grants: tuple[Grant, ...] = ()
    rates: tuple[EmissionRate, ...] = ()
    emission_cap: Wei = EMISSION_CAP
    """All TES that work can ever earn."""
    worker_cap: Wei = WORKER_CAP
    """The most power in the worker house that one worker can have, in TES earned."""
    least_house: Wei = LEAST_HOUSE
    """What the worker house counts as in a quorum while it has less, in TES earned."""
    guardians: tuple[Address, ...] = field(default=())
    """Seven members, four of whom can cancel a proposal; none for no guardian."""

    def __post_init__(self) -> None:
        _check_length("allocations", self.allocations, MOST_ALLOCATIONS)
        _check_length("grants", self.grants, MOST_GRANTS)
        _check_length("payment_tokens", self.rates, MOST_RATES)
        _check_different("allocations", [each.to for each in self.allocations])
        _check_different("payment_tokens", [each.token for each in self.rates])
        _check_different("guardians", self.guardians)
        if len(self.guardians) not in (0, GUARDIANS):
            raise MalformedDocument(
                f"guardians: {len(self.guardians)} are named, it takes {GUARDIANS} or none"
            )
        granted = sum(each.amount for each in self.grants)
        if granted > self.treasury_amount:
            raise MalformedDocument(
                f"grants: {granted} wei of TES are granted, the treasury is allocated "
                f"{self.treasury_amount}: allocate more to it or grant less"
            )

    @property
    def treasury_amount(self) -> Wei:
        """Return what the Treasury holds from the start."""
        return Wei(sum(each.amount for each in self.allocations if each.to == TREASURY))


def development_genesis(holder: Address, *, has_payment_token: bool) -> Genesis:
    """Return a first day to play with: half for the Treasury, half for one wallet.

    The first worker decides in the worker house, so that it can be tried with one.
    """
    half = Wei(GENESIS_SUPPLY // 2)
    return Genesis(
        allocations=(Allocation(TREASURY, half), Allocation(holder, half)),
        rates=(EmissionRate(PAYMENT_TOKEN, Wei(ONE_TES)),) if has_payment_token else (),
        least_house=Wei(0),
    )


def _check_length(key: str, rows: Sequence[object], most: int) -> None:
    if len(rows) > most:
        raise MalformedDocument(f"{key}: there are {len(rows)}, the contract takes {most} at most")


def _check_different(key: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise MalformedDocument(f"{key}: {name} stands there twice")
        seen.add(name)
