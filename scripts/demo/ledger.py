"""Count the money from the chain alone: events for what moved, balances for what stayed."""

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
)
from dao_client.types import Address, TaskId
from scripts.demo.report import Money, Stakes


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


def read_stakes(chain: Chain, staking: Staking, tokens: Iterable[Address]) -> dict[str, Stakes]:
    """Return the ledger of stakes of each token."""
    stakes = {}
    for token in tokens:
        totals, held = staking.totals_of(token), Token(chain, token).balance_of(staking.address)
        stakes[str(token)] = Stakes(totals.staked, held, totals.withdrawn, totals.slashed)
    return stakes


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
