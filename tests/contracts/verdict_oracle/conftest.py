"""The whole system with three operators of equal stake and one open task."""

from collections.abc import Callable, Iterator

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account.signers.local import LocalAccount

from tests.contracts.task_escrow.tasks import Terms
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    CHANGES,
    DOCUMENT,
    EVIDENCE,
    REVEAL_ENDS,
    RULING,
    STAKE,
    Verdict,
    rule,
    sign_all,
)
from tests.system import METHOD, PARAMETER_IDS, System

Books = Callable[[], object]


@pytest.fixture
def staking(system: System) -> VyperContract:
    return system.staking


@pytest.fixture
def escrow(system: System) -> VyperContract:
    return system.task_escrow


@pytest.fixture
def tes(system: System) -> VyperContract:
    return system.work_token


@pytest.fixture
def fund_stake(tes: VyperContract, staking: VyperContract, genesis_holder: str) -> Callable:
    """Give an account TES and stake them in its name."""

    def fund(account: str, amount: int) -> None:
        tes.transfer(account, amount, sender=genesis_holder)
        tes.approve(staking, amount, sender=account)
        staking.deposit(tes, amount, sender=account)

    return fund


@pytest.fixture
def oracle(
    system: System, operators: list[LocalAccount], fund_stake: Callable, challenger: str
) -> VyperContract:
    """VerdictOracle with three operators, and a challenger who could pay two bonds."""
    for operator in operators:
        fund_stake(operator.address, 2 * STAKE)
        system.verdict_oracle.register_operator(STAKE, sender=operator.address)
    fund_stake(challenger, 2 * BOND)
    return system.verdict_oracle


@pytest.fixture
def task(
    oracle: VyperContract,
    escrow: VyperContract,
    payment_token: VyperContract,
    genesis_holder: str,
    requester: str,
    gateway: str,
) -> int:
    """An open task with one anchored batch of ten answers."""
    payment_token.transfer(requester, 10**9, sender=genesis_holder)
    payment_token.approve(escrow, 2**256 - 1, sender=requester)
    terms = Terms(payment_token.address, gateway).as_tuple()
    task_id = int(escrow.create_task(terms, sender=requester))
    escrow.anchor_submissions(task_id, EVIDENCE, 10, EVIDENCE, sender=gateway)
    return task_id


@pytest.fixture
def verdict(task: int) -> Verdict:
    return Verdict(task)


@pytest.fixture
def signatures(
    oracle: VyperContract, verdict: Verdict, operators: list[LocalAccount]
) -> list[bytes]:
    """All three operators' signatures on `verdict`."""
    return sign_all(verdict, oracle, operators)


@pytest.fixture
def closed_task(task: int) -> int:
    """The task at the first second in which a verdict may be posted."""
    boa.env.time_travel(seconds=REVEAL_ENDS)
    return task


@pytest.fixture(autouse=True)
def poster(operators: list[LocalAccount]) -> Iterator[str]:
    """An operator sends what names no other sender."""
    with boa.env.prank(operators[0].address):
        yield operators[0].address


@pytest.fixture
def posted(
    oracle: VyperContract, closed_task: int, verdict: Verdict, signatures: list[bytes]
) -> Verdict:
    """The verdict, posted just now."""
    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)
    return verdict


@pytest.fixture
def disputed(oracle: VyperContract, posted: Verdict, challenger: str) -> Verdict:
    """The verdict, disputed in the last second in which it may be."""
    boa.env.time_travel(seconds=CHALLENGE - 1)
    oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)
    return posted


@pytest.fixture
def struck(oracle: VyperContract, disputed: Verdict, arbitrator: str) -> Verdict:
    """The verdict, struck down just now, in the last second in which it may be."""
    boa.env.time_travel(seconds=RULING - 1)
    rule(oracle, disputed, True, sender=arbitrator)
    return disputed


@pytest.fixture
def old(task: int, system: System, timelock: str) -> Verdict:
    """A verdict on the task that existed before every rule of a verdict was changed."""
    for name, value in CHANGES.items():
        system.parameters.set_parameter(PARAMETER_IDS[name], value, sender=timelock)
    system.parameters.forbid_method(METHOD, sender=timelock)
    system.parameters.allow_method(DOCUMENT, sender=timelock)
    return Verdict(task)


@pytest.fixture
def new(
    old: Verdict,
    escrow: VyperContract,
    payment_token: VyperContract,
    gateway: str,
    requester: str,
) -> Verdict:
    """A verdict on a task created in the same block, but after the change."""
    terms = Terms(payment_token.address, gateway).as_tuple()
    return Verdict(escrow.create_task(terms, sender=requester), method_hash=DOCUMENT)


@pytest.fixture
def post(oracle: VyperContract, operators: list[LocalAccount]) -> Callable[..., Verdict]:
    """Post a verdict with all signatures, as soon as it may be."""

    def run(verdict: Verdict, since: int = REVEAL_ENDS) -> Verdict:
        boa.env.time_travel(seconds=since)
        signatures = sign_all(verdict, oracle, operators)
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)
        return verdict

    return run


@pytest.fixture
def books(system: System, operators: list[LocalAccount], challenger: str, treasury: str) -> Books:
    """Everything that a refused call could have changed."""
    oracle, staking, escrow, tes = (
        system.verdict_oracle,
        system.staking,
        system.task_escrow,
        system.work_token,
    )
    accounts = [operator.address for operator in operators] + [challenger, treasury]

    def read() -> object:
        return (
            [oracle.operator_of(account) for account in accounts],
            oracle.total_operator_stake(),
            [(oracle.verdict_of(task), oracle.dispute_of(task)) for task in range(3)],
            [escrow.task_of(task) for task in range(3)],
            [staking.stake_of(tes, account) for account in accounts],
            [staking.lock_of(tes, account) for account in accounts],
            [staking.credit_of(tes, account) for account in accounts],
            tes.totalSupply(),
        )

    return read
