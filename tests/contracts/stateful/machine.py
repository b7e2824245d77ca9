"""The state that all rules share: the stage, the books, the clock."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import boa
from hypothesis.stateful import invariant

from dao_client.types import Phase
from tests.contracts.acting import ActingMachine, NothingToDo
from tests.contracts.stateful import invariants
from tests.contracts.stateful.books import StakeBooks, TaskBooks, TokenBooks
from tests.contracts.stateful.stage import set_stage
from tests.system import METHOD, OTHER_METHOD, ParameterValues

ENDED = (Phase.FINAL, Phase.CANCELLED, Phase.EXPIRED)


class SystemMachine(ActingMachine):
    """A copy of the deployed system and the model of its money."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = set_stage()
        self.rollback = ExitStack()
        self.rollback.enter_context(boa.env.anchor())
        self.tasks: list[TaskBooks] = []
        self.values = ParameterValues()
        self.changed_at: dict[str, int] = {}
        self.methods = {METHOD, OTHER_METHOD}
        self.money = {token.address: TokenBooks() for token in self.stage.tokens}
        self.stakes = {token.address: StakeBooks() for token in self.stage.tokens}
        staked = self.stage.staking.totals_of(self.stage.tes).staked
        self.stakes[self.stage.tes.address] = StakeBooks(staked=staked)

    def teardown(self) -> None:
        self.rollback.close()

    @property
    def now(self) -> int:
        return int(boa.env.evm.patch.timestamp)

    @property
    def bonds(self) -> int:
        """Count the wei that open disputes lock."""
        live = [task.verdict for task in self.tasks if task.verdict and task.ended is None]
        is_open = [verdict for verdict in live if verdict.disputed_at and not verdict.is_ruled]
        return sum(verdict.bond for verdict in is_open)

    def travel_to(self, timestamp: int) -> None:
        if timestamp > self.now:
            boa.env.time_travel(seconds=timestamp - self.now)

    def pick(self, seed: int, *phases: Phase) -> TaskBooks:
        """Choose a task in one of `phases`."""
        return self.pick_if(seed, lambda task: task.phase(self.now) in phases)

    def pick_if(self, seed: int, is_wanted: Callable[[TaskBooks], Any]) -> TaskBooks:
        wanted = [task for task in self.tasks if is_wanted(task)]
        if not wanted:
            raise NothingToDo
        return wanted[seed % len(wanted)]

    @invariant()
    def every_wei_of_reward_is_accounted_for(self) -> None:
        invariants.check_escrow(self.stage, self.money, self.tasks)

    @invariant()
    def every_wei_of_stake_is_accounted_for(self) -> None:
        invariants.check_staking(self.stage, self.stakes)

    @invariant()
    def every_lock_has_a_reason(self) -> None:
        invariants.check_operators(self.stage, self.bonds)

    @invariant()
    def every_task_keeps_its_values(self) -> None:
        invariants.check_parameters(self.stage, self.tasks, self.values)

    @invariant()
    def phases_follow_from_the_clock(self) -> None:
        invariants.check_phases(self.stage, self.tasks, self.now)
