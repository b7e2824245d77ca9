"""All contracts together, random actors, time jumps and hostile calls: money is conserved.

Two payment tokens at once, one of which returns nothing from `transfer`. Whatever state a run
reached, at its end calls from wallets alone end every task and empty every refund.
"""

import pytest
from hypothesis.stateful import initialize

from tests.contracts.acting import run_and_count
from tests.contracts.stateful import invariants
from tests.contracts.stateful.parameter_rules import ParameterRules
from tests.contracts.stateful.payment_rules import PaymentRules
from tests.contracts.stateful.slash_rules import SlashRules
from tests.contracts.stateful.stage import set_stage
from tests.contracts.stateful.stake_rules import StakeRules
from tests.contracts.stateful.task_rules import TaskRules
from tests.contracts.stateful.verdict_rules import VerdictRules

pytestmark = pytest.mark.chain


class MoneyMachine(TaskRules, VerdictRules, PaymentRules, StakeRules, ParameterRules, SlashRules):
    """Everybody at once."""

    @initialize()
    def open_two_tasks(self) -> None:
        """Start with two tasks and with stake in and on its way out, so that runs get deep."""
        for worker in range(4):
            for token in (0, 1):
                self.deposit(worker=worker, token=token, amount=9_000)
                self.unstake(worker=worker, token=token, share=2 + worker)
        for token in (0, 1):
            self.create(who=token, token=token, price=100, prices=30, hours=24)
            self.anchor(seed=token, counts=[5, 4, 3], is_honest=True)

    def teardown(self) -> None:
        """Refuse a state in which money is frozen."""
        for task in [task for task in self.tasks if task.ended is None]:
            self.travel_to(task.reveal_deadline)
            self.finish(task)
        for task in self.tasks:
            if task.refundable:
                self.refund_to_requester(task)
            for index in self._unclaimed(task):
                self.claim_leaf(task, index)
            for position, index in self._unclaimed_flat(task) if task.flat_price else []:
                self.claim_flat_leaf(task, position, index)
        invariants.check_escrow(self.stage, self.money, self.tasks)
        super().teardown()


def test_money__under_random_and_hostile_calls__is_conserved() -> None:
    set_stage()

    run_and_count(
        MoneyMachine,
        "slash that took something",
        least=2,
        examples=20,
        steps=40,
    )
