"""Requesters, the gateway and workers act as they may."""

from hypothesis import note, strategies as st

from dao_client.types import Phase
from tests.contracts.acting import NothingToDo, action
from tests.contracts.stateful.books import TaskBooks, batch_of
from tests.contracts.stateful.machine import SystemMachine
from tests.system import DAY, HOUR

SEED = st.integers(0, 1_000)
SPEC = b"\x11" * 32
MOST_LIVE_TASKS = 4  # more of them would only keep runs from getting deep


class TaskRules(SystemMachine):
    """Create, fund, cancel, answer."""

    @action(
        who=st.integers(0, 1),
        token=st.integers(0, 1),
        price=st.integers(1, 1_000),
        prices=st.integers(1, 40),
        hours=st.integers(1, 48),
    )
    def create(self, who: int, token: int, price: int, prices: int, hours: int) -> None:
        if sum(task.ended is None for task in self.tasks) >= MOST_LIVE_TASKS:
            raise NothingToDo
        requester, asset = self.stage.requesters[who], self.stage.tokens[token]
        submit, budget = self.now + hours * HOUR, price * prices
        note(f"create with {budget} in token {token}")
        task_id = self.stage.escrow.create_task(
            (asset, self.stage.gateway, price, budget, SPEC, submit, 6 * HOUR, DAY),
            sender=requester,
        )
        self.money[asset.address].funded += budget
        reveal = submit + 6 * HOUR
        self.tasks.append(
            TaskBooks(
                task_id,
                requester,
                asset,
                price,
                budget,
                submit,
                reveal,
                reveal + DAY,
                values=self.values,
                method=min(self.methods),
            )
        )

    @action(seed=SEED, amount=st.integers(1, 5_000))
    def top_up(self, seed: int, amount: int) -> None:
        task = self.pick(seed, Phase.OPEN)
        note(f"top up task {task.task_id} with {amount}")
        self.stage.escrow.top_up(task.task_id, amount, sender=self.stage.requesters[0])
        task.claimable += amount
        self.money[task.token.address].funded += amount

    @action(seed=SEED)
    def cancel(self, seed: int) -> None:
        task = self.pick_if(
            seed,
            lambda task: (
                task.phase(self.now) is Phase.OPEN and not task.batches and not task.has_forced
            ),
        )
        note(f"cancel task {task.task_id}")
        self.stage.escrow.cancel_task(task.task_id, sender=task.requester)
        self.money[task.token.address].refunded += task.claimable
        task.claimable, task.ended = 0, Phase.CANCELLED

    @action(
        seed=SEED,
        counts=st.lists(st.integers(1, 9), min_size=1, max_size=4),
        is_honest=st.booleans(),
    )
    def anchor(self, seed: int, counts: list[int], is_honest: bool) -> None:
        task = self.pick_if(
            seed, lambda task: self.now < task.reveal_deadline and task.accepts_batches
        )
        rows = list(zip(self.stage.workers, counts, strict=False))
        declared = sum(count for _, count in rows) if is_honest else 1
        batch = batch_of(task.task_id, rows, declared, bytes([len(task.batches)] * 32))
        note(f"anchor {declared} answers of task {task.task_id}")
        self.stage.escrow.anchor_submissions(
            task.task_id, batch.tree.root, declared, SPEC, sender=self.stage.gateway
        )
        task.batches.append(batch)

    @action(seed=SEED, worker=st.integers(0, 3))
    def force(self, seed: int, worker: int) -> None:
        task = self.pick(seed, Phase.OPEN)
        note(f"force a submission into task {task.task_id}")
        self.stage.escrow.force_submission(
            task.task_id, 7, SPEC, SPEC, sender=self.stage.workers[worker]
        )
        task.has_forced = True

    @action(hours=st.integers(1, 60))
    def wait(self, hours: int) -> None:
        note(f"wait {hours} hours")
        self.travel_to(self.now + hours * HOUR)

    @action(seed=SEED)
    def wait_for_reveal_to_end(self, seed: int) -> None:
        task = self.pick(seed, Phase.OPEN, Phase.REVEAL)
        self.travel_to(task.reveal_deadline)
