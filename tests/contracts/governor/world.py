"""The DAO on titanoboa's chain: the system, its Timelock, Governor, both houses and Treasury."""

from dataclasses import dataclass, field

import boa
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.differential.playing import calldata
from tests.system import DAY, TES, Roles, System, SystemSettings, deploy_system

SUPPLY = 1_000_000 * TES
WORKER_CAP = 10**24
VOTING_DELAY, VOTING_PERIOD, LATE_EXTENSION = 2 * DAY, 5 * DAY, 2 * DAY
THRESHOLD_BPS, QUORUM_PERCENT = 50, 5
TIMELOCK_DELAY, SLOW_DELAY, GRACE = 2 * DAY, 7 * DAY, 14 * DAY
GUARDIAN_SECONDS = 365 * DAY
SETTINGS = (VOTING_DELAY, VOTING_PERIOD, LATE_EXTENSION, THRESHOLD_BPS, QUORUM_PERCENT)

AGAINST, FOR, ABSTAIN = 0, 1, 2
PENDING, ACTIVE, CANCELED, DEFEATED, SUCCEEDED, QUEUED, EXPIRED, EXECUTED = range(8)
NOBODY = "0x" + "00" * 20


@dataclass(frozen=True)
class Dao:
    """Every contract that a proposal may concern."""

    system: System
    timelock: VyperContract
    governor: VyperContract
    worker_house: VyperContract
    treasury: VyperContract


@dataclass(frozen=True)
class Proposal:
    """Calls and why."""

    targets: list[str]
    values: list[int]
    calldatas: list[bytes]
    description: str = "Because."

    @property
    def description_hash(self) -> bytes:
        return keccak(text=self.description)

    @property
    def call(self) -> tuple[list[str], list[int], list[bytes], str]:
        """The arguments of `propose`."""
        return self.targets, self.values, self.calldatas, self.description

    @property
    def hashed(self) -> tuple[list[str], list[int], list[bytes], bytes]:
        """The arguments of `queue`, `execute` and `cancel`."""
        return self.targets, self.values, self.calldatas, self.description_hash

    @property
    def id(self) -> int:
        types = ["address[]", "uint256[]", "bytes[]", "bytes32"]
        return int.from_bytes(keccak(encode(types, self.hashed)))


@dataclass(frozen=True)
class Genesis:
    """Who is there from the start."""

    holder: str = field(default_factory=lambda: account_of("genesis_holder"))
    guardian: str = field(default_factory=lambda: account_of("guardian"))
    rewards: str = field(default_factory=lambda: account_of("rewards"))
    guardian_seconds: int = GUARDIAN_SECONDS
    settings: tuple[int, ...] = SETTINGS


def deploy_dao(genesis: Genesis) -> Dao:
    """Deploy the system and its government, each naming the others in advance."""
    places = predict_addresses(9)
    timelock, governor, house, treasury = places[5:]
    roles = Roles(genesis.holder, treasury, timelock, treasury, timelock)
    system = deploy_system(roles, SystemSettings(supply=SUPPLY))
    token, staking, parameters = (
        system.work_token.address,
        system.staking.address,
        system.parameters.address,
    )
    contracts = (
        staking,
        token,
        house,
        timelock,
        parameters,
        treasury,
        system.verdict_oracle.address,
    )
    dao = Dao(
        system,
        deploy("Timelock", TIMELOCK_DELAY, [governor], [governor], NOBODY),
        deploy("Governor", contracts, genesis.guardian, genesis.guardian_seconds, genesis.settings),
        deploy("WorkerHouse", genesis.rewards, WORKER_CAP),
        deploy("Treasury", timelock, staking, []),
    )
    assert dao.treasury.address == treasury
    return dao


def stake(dao: Dao, account: str, amount: int, holder: str) -> None:
    """Give `account` TES of `holder` and let it stake them for a year: full power."""
    token, staking = dao.system.work_token, dao.system.staking
    token.transfer(account, amount, sender=holder)
    token.approve(staking, amount, sender=account)
    staking.deposit(token, amount, sender=account)
    staking.lock_votes(365 * DAY, sender=account)


def pass_time(seconds: int) -> None:
    """Let the clock run."""
    boa.env.time_travel(seconds=seconds)


def one_call(target: VyperContract | str, function: str, *args: object, why: str = "") -> Proposal:
    """Propose one call without money."""
    address = target if isinstance(target, str) else str(target.address)
    return Proposal([address], [0], [calldata(function, *args)], why or function)
