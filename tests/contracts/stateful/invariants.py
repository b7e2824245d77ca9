"""What must hold after every step, for every token (DESIGN §3)."""

from collections.abc import Iterable
from dataclasses import astuple

from tests.contracts.stateful.books import StakeBooks, TaskBooks, TokenBooks
from tests.contracts.stateful.stage import Stage
from tests.system import ParameterValues


def check_escrow(stage: Stage, books: dict[str, TokenBooks], tasks: Iterable[TaskBooks]) -> None:
    """funded == held + paid + refunded + fees, and the escrow owns what it holds."""
    held = dict.fromkeys(books, 0)
    for task in tasks:
        seen = stage.escrow.task_of(task.task_id)
        assert (seen.claimable, seen.refundable) == (task.claimable, task.refundable)
        held[task.token.address] += seen.claimable + seen.refundable
    for token in stage.tokens:
        money = books[token.address]
        uncollected = stage.escrow.fees_of(token)
        assert uncollected == money.fees - money.fees_collected
        total = held[token.address] + money.paid + money.refunded + money.fees
        assert money.funded == total
        assert token.balanceOf(stage.escrow) == held[token.address] + uncollected


def check_staking(stage: Stage, books: dict[str, StakeBooks]) -> None:
    """staked == held + withdrawn + slashed, and the ledger owns what it holds and owes."""
    stakers = (*(key.address for key in stage.operators), stage.challenger)
    sinks = (stage.roles.treasury, stage.system.insurance_pool.address)
    for token in (*stage.tokens, stage.tes):
        accounts = (*(stage.workers if token in stage.tokens else stakers), *sinks)
        money, totals = books[token.address], stage.staking.totals_of(token)
        stakes = [stage.staking.stake_of(token, account) for account in accounts]
        held = sum(stakes) + sum(
            stage.staking.unbonding_of(token, account).amount for account in accounts
        )
        credits = sum(stage.staking.credit_of(token, account) for account in accounts)
        assert totals.staked == held + totals.withdrawn + totals.slashed
        assert (totals.withdrawn, totals.slashed) == (money.withdrawn, money.slashed)
        assert token.balanceOf(stage.staking) == held + credits
        assert credits == money.slashed - money.burned - money.collected
        locks = [stage.staking.lock_of(token, account) for account in accounts]
        assert all(lock <= stake for lock, stake in zip(locks, stakes, strict=True))


def check_operators(stage: Stage, bonds: int) -> None:
    """Every lock is an operator's stake or a bond, and the quorum counts active stake only."""
    operators = [(key.address, stage.oracle.operator_of(key.address)) for key in stage.operators]
    for account, operator in operators:
        assert stage.staking.lock_of(stage.tes, account) == operator.stake
    assert stage.staking.lock_of(stage.tes, stage.challenger) == bonds
    active = sum(operator.stake for _, operator in operators if operator.retired_at == 0)
    assert stage.oracle.total_operator_stake() == active


def check_phases(stage: Stage, tasks: Iterable[TaskBooks], now: int) -> None:
    """The contract derives the same phase as the model."""
    for task in tasks:
        assert stage.oracle.phase_of(task.task_id) == task.phase(now)


def check_parameters(stage: Stage, tasks: Iterable[TaskBooks], values: ParameterValues) -> None:
    """A task has the values and the method of its creation, whatever was changed since."""
    for word in range(3):
        assert stage.parameters.rules(word) == _packed(values, word)
        for task in tasks:
            assert stage.parameters.rules_for_task(word, task.task_id) == _packed(task.values, word)
    for task in tasks:
        assert stage.parameters.is_method_allowed(task.method, task.task_id)
        assert stage.oracle.challenge_bond(task.task_id) == task.values.challenge_bond


def _packed(values: ParameterValues, word: int) -> int:
    seven = astuple(values)[7 * word : 7 * word + 7]
    return sum(value << 32 * place for place, value in enumerate(seven))
