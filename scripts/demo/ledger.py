"""Count the money from the chain alone: events for what moved, balances for what stayed."""

from collections import Counter
from collections.abc import Iterable

from dao_client.chain import Chain
from dao_client.contracts import Staking, TaskEscrow, Token
from dao_client.contracts.events import (
    FeesPaid,
    RefundPaid,
    RewardPaid,
    TaskCancelled,
    TaskCreated,
    TaskToppedUp,
    WorkerSlashed,
)
from dao_client.contracts.stake_events import CreditCollected
from dao_client.deployment import System
from dao_client.genesis import GENESIS_SUPPLY
from dao_client.types import Address, TaskId
from scripts.demo.report import Money, Stakes
from scripts.demo.rule_report import Slashes


def read_money(chain: Chain, escrow: TaskEscrow) -> dict[str, Money]:
    """Return the escrow's ledger of every token that ever came in."""
    events = escrow.contract.events
    created = list(events(TaskCreated))
    token_of = {task.task_id: task.token for task in created}
    topped_up = ((task.task_id, task.amount) for task in events(TaskToppedUp))
    cancelled = ((task.task_id, task.refunded) for task in events(TaskCancelled))
    refunds = ((task.task_id, task.amount) for task in events(RefundPaid))
    rewards = ((task.task_id, task.amount) for task in events(RewardPaid))
    funded = _sums(token_of, [*((task.task_id, task.budget) for task in created), *topped_up])
    paid = _sums(token_of, rewards)
    refunded = _sums(token_of, [*refunds, *cancelled])
    fees: dict[Address, int] = {}
    for fee in events(FeesPaid):
        fees[fee.token] = fees.get(fee.token, 0) + fee.amount
    return {
        token: Money(
            funded=funded[token],
            held=Token(chain, token).balance_of(escrow.address),
            paid=paid.get(token, 0),
            refunded=refunded.get(token, 0),
            fees=fees.get(token, 0),
        )
        for token in funded
    }


def read_stakes(system: System, tokens: Iterable[Address]) -> dict[str, Stakes]:
    """Return the ledger of stakes of each token; what slashes left for others is not held."""
    stakes = {}
    for token in tokens:
        totals, balance = system.staking.totals_of(token), _balance(system, token, system.staking)
        owed = sum(system.staking.credit_of(token, each) for each in _beneficiaries(system))
        stakes[str(token)] = Stakes(totals.staked, balance - owed, totals.withdrawn, totals.slashed)
    return stakes


def read_slashes(system: System, tokens: Iterable[Address]) -> dict[str, Slashes]:
    """Return where the slashed stakes of each token went, collected already or not."""
    collected: Counter[tuple[Address, Address]] = Counter()
    for event in system.staking.contract.events(CreditCollected, first=system.first_block):
        collected[event.token, event.account] += event.amount
    slashes = {}
    for token in tokens:
        treasury, insurance = (
            collected[token, each] + system.staking.credit_of(token, each)
            for each in _beneficiaries(system)
        )
        slashed = system.staking.totals_of(token).slashed
        burned = _burned(system) if token == system.work_token.address else 0
        slashes[str(token)] = Slashes(slashed, burned, treasury, insurance)
    return slashes


def read_taken(system: System, task_id: TaskId) -> dict[Address, int]:
    """Return what a task's verdict took from each worker's stake."""
    events = system.verdict_oracle.contract.events(
        WorkerSlashed, first=system.first_block, task_id=task_id
    )
    return {event.worker: event.taken for event in events}


def read_rewards(escrow: TaskEscrow, task_id: TaskId) -> dict[Address, int]:
    """Return what each worker was paid for one task."""
    paid: dict[Address, int] = {}
    for event in escrow.contract.events(RewardPaid, task_id=task_id):
        paid[event.worker] = paid.get(event.worker, 0) + event.amount
    return paid


def _sums(
    token_of: dict[TaskId, Address], amounts: Iterable[tuple[TaskId, int]]
) -> dict[Address, int]:
    sums: dict[Address, int] = {}
    for task_id, amount in amounts:
        token = token_of[task_id]
        sums[token] = sums.get(token, 0) + amount
    return sums


def _beneficiaries(system: System) -> tuple[Address, Address]:
    return system.treasury.address, system.insurance_pool.address


def _balance(system: System, token: Address, holder: Staking) -> int:
    return Token(system.chain, token).balance_of(holder.address)


def _burned(system: System) -> int:
    """Count what is gone of the TES that the deployment made; nothing mints in a demo."""
    return GENESIS_SUPPLY - system.work_token.total_supply()
