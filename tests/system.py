"""Deploy the whole system on titanoboa's chain: every test that needs all contracts starts here."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields

from boa.contracts.vyper.vyper_contract import VyperContract
from eth_utils import keccak

from tests.contracts.deploying import deploy, predict_addresses

TES = 10**18
HOUR = 3_600
DAY = 24 * HOUR
METHOD = keccak(b"method")
OTHER_METHOD = keccak(b"other method")
"""Hashes of the aggregation methods that the tests' verdicts use."""


@dataclass(frozen=True)
class Roles:
    """Who gets what at deployment; nobody gets more later."""

    genesis_holder: str
    treasury: str
    arbitrator: str
    fee_recipient: str
    timelock: str
    minter: str = "0x" + "00" * 20


@dataclass(frozen=True)
class ParameterValues:
    """Every parameter's first value, in the order of ids."""

    protocol_fee_bps: int = 200
    challenge_seconds: int = DAY
    ruling_seconds: int = 14 * DAY
    grace_seconds: int = DAY
    operator_slash_bps: int = 2_000
    operator_quorum_bps: int = 6_666
    challenge_bond_prices: int = 20
    seat_size_prices: int = 100
    seat_size_tes: int = 100
    weight_cap: int = 2
    min_operator_stake_tes: int = 1_000
    unbonding_seconds: int = 7 * DAY
    jury_slash_bps: int = 1_000
    jury_silent_slash_bps: int = 2_000
    audit_rate_bps: int = 500
    overlap_first: int = 5
    overlap_step: int = 2
    overlap_most: int = 11
    slash_per_answer_bps: int = 3_000
    price_floor_per_hour: int = 0
    reveal_seconds: int = 6 * HOUR

    @property
    def challenge_bond(self) -> int:
        """Wei of TES that a dispute locks."""
        return self.challenge_bond_prices * self.seat_size_tes * TES // self.seat_size_prices


PARAMETER_IDS: Mapping[str, int] = {
    field.name: place for place, field in enumerate(fields(ParameterValues))
}


@dataclass(frozen=True)
class SystemSettings:
    supply: int = 1_000_000 * TES
    parameters: ParameterValues = ParameterValues()
    methods: tuple[bytes, ...] = (METHOD, OTHER_METHOD)


@dataclass(frozen=True)
class System:
    """The contracts, in the order in which they are deployed."""

    work_token: VyperContract
    staking: VyperContract
    task_escrow: VyperContract
    verdict_oracle: VyperContract
    parameters: VyperContract
    insurance_pool: VyperContract
    entry_stake: VyperContract


CONTRACTS = (
    *("WorkToken", "Staking", "TaskEscrow", "VerdictOracle", "Parameters"),
    *("InsurancePool", "EntryStake"),
)
"""One for each field of System."""


def deploy_system(roles: Roles, settings: SystemSettings = SystemSettings()) -> System:
    """Deploy all contracts, which name each other by the addresses they are going to have."""
    places = dict(zip(CONTRACTS, predict_addresses(len(CONTRACTS)), strict=True))
    deployed = []
    for name, arguments in _constructors(roles, settings, places).items():
        deployed.append(deploy(name, *arguments))
        assert deployed[-1].address == places[name]
    return System(*deployed)


def _constructors(
    roles: Roles, settings: SystemSettings, places: Mapping[str, str]
) -> Mapping[str, tuple[object, ...]]:
    token, staking, escrow, oracle, parameters, insurance, entry = map(places.get, CONTRACTS)
    return {
        "WorkToken": ([(roles.genesis_holder, settings.supply)], roles.minter),
        "Staking": (token, oracle, roles.treasury, parameters, entry),
        "TaskEscrow": (oracle, roles.fee_recipient),
        "VerdictOracle": (
            *(staking, escrow, token, parameters),
            *(roles.arbitrator, roles.treasury, insurance),
        ),
        "Parameters": (
            roles.timelock,
            escrow,
            list(astuple(settings.parameters)),
            list(settings.methods),
        ),
        "InsurancePool": (roles.timelock, staking),
        "EntryStake": (escrow, staking),
    }
