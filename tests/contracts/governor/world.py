"""The DAO on titanoboa's chain: the system, its Timelock, Governor, both houses and Treasury."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import boa
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.differential.playing import Outcome, calldata, play
from tests.system import CONTRACTS, DAY, TES, Roles, System, SystemSettings, deploy_system

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
    least_house: int = 0


def deploy_dao(genesis: Genesis) -> Dao:
    """Deploy the system and its government, each naming the others in advance."""
    places = predict_addresses(len(CONTRACTS) + 4)
    timelock, governor, house, treasury = places[-4:]
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
        deploy("WorkerHouse", genesis.rewards, WORKER_CAP, genesis.least_house),
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


def credit(dao: Dao, worker: str, points: int) -> None:
    """Let a worker have earned power just now."""
    house = dao.worker_house
    house.credit(worker, points, boa.env.timestamp, sender=house.rewards())


def pass_time(seconds: int) -> None:
    """Let the clock run."""
    boa.env.time_travel(seconds=seconds)


def one_call(target: VyperContract | str, function: str, *args: object, why: str = "") -> Proposal:
    """Propose one call without money."""
    address = target if isinstance(target, str) else str(target.address)
    return Proposal([address], [0], [calldata(function, *args)], why or function)


HASHED = "(address[],uint256[],bytes[],bytes32)"
PROPOSE = "propose(address[],uint256[],bytes[],string)"


def propose(dao: Dao, proposal: Proposal, proposer: str) -> None:
    """Propose, and go to the first second of the vote."""
    outcome = play(dao.governor, PROPOSE, *proposal.call, sender=proposer)
    assert outcome.succeeded, outcome.returned
    pass_time(dao.governor.proposalSnapshot(proposal.id) + 1 - boa.env.timestamp)


def end_vote(dao: Dao, proposal: Proposal) -> None:
    """Go to the first second after the vote."""
    pass_time(dao.governor.proposalDeadline(proposal.id) + 1 - boa.env.timestamp)


def carry(dao: Dao, proposal: Proposal, voters: Sequence[str]) -> Outcome:
    """Take a proposal to its execution, everybody for it; the first voter proposes."""
    propose(dao, proposal, voters[0])
    for voter in voters:
        dao.governor.castVote(proposal.id, FOR, sender=voter)
    end_vote(dao, proposal)
    queued = play(dao.governor, f"queue{HASHED}", *proposal.hashed)
    if not queued.succeeded:
        return queued
    pass_time(dao.governor.proposalEta(proposal.id) - boa.env.timestamp)
    return play(dao.governor, f"execute{HASHED}", *proposal.hashed)


def facts(dao: Dao, *proposals: Proposal) -> tuple[object, ...]:
    """What a refused call could have changed."""
    governor = dao.governor
    return (
        governor.votingDelay(),
        governor.votingPeriod(),
        governor.lateQuorumVoteExtension(),
        governor.proposalThreshold(),
        governor.quorumNumerator(),
        governor.proposalGuardian(),
        governor.guardian_expires_at(),
        governor.timelock(),
        boa.env.get_balance(governor.address),
        [governor.proposalVotes(each.id) for each in proposals],
        [governor.worker_votes(each.id) for each in proposals],
        [governor.state(each.id) for each in proposals],
    )


def check_refused(
    dao: Dao,
    expected: bytes,
    function: str,
    *args: object,
    about: Sequence[Proposal] = (),
    **terms: Any,
) -> None:
    """Expect exactly these bytes, and that nothing changed."""
    before = facts(dao, *about)
    outcome = play(dao.governor, function, *args, **terms)
    assert (outcome.succeeded, outcome.returned) == (False, expected)
    assert facts(dao, *about) == before


def error(text: str) -> bytes:
    """Spell a refusal of ours as revert data."""
    return calldata("Error(string)", text)


def unexpected(proposal: Proposal, present: int, *expected: int) -> bytes:
    """Spell OpenZeppelin's refusal of a proposal in the wrong state."""
    bits = sum(1 << state for state in expected).to_bytes(32, "big")
    signature = "GovernorUnexpectedProposalState(uint256,uint8,bytes32)"
    return calldata(signature, proposal.id, present, bits)
