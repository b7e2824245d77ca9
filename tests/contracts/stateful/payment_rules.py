"""Money leaves: claims, flat claims, refunds, fees."""

from hypothesis import note, strategies as st

from tests.contracts.acting import NothingToDo, action
from tests.contracts.stateful.books import TaskBooks
from tests.contracts.stateful.machine import ENDED, SystemMachine
from tests.contracts.stateful.task_rules import SEED


class PaymentRules(SystemMachine):
    """Everybody takes what is theirs."""

    @action(seed=SEED, leaf=SEED)
    def claim(self, seed: int, leaf: int) -> None:
        task = self.pick_if(seed, lambda task: self._unclaimed(task))
        unclaimed = self._unclaimed(task)
        self.claim_leaf(task, unclaimed[leaf % len(unclaimed)])

    def claim_leaf(self, task: TaskBooks, index: int) -> None:
        assert task.settled is not None
        _, _, worker, amount = task.settled.rows[index]
        if amount > task.claimable:
            return  # operators promised more than they may pay
        note(f"claim {amount} of task {task.task_id}")
        self.stage.escrow.claim(
            task.task_id,
            index,
            worker,
            amount,
            list(task.settled.proof(index)),
            sender=self.stage.stranger,
        )
        self._pay(task, index, amount)

    @action(worker=st.integers(0, 3))
    def claim_many(self, worker: int) -> None:
        entries = [
            (task, index)
            for task in self.tasks
            for index in self._unclaimed(task)
            if index == worker and task.settled.rows[index][3] <= task.claimable
        ][:16]
        if not entries:
            raise NothingToDo
        note(f"claim {len(entries)} payouts of worker {worker}")
        claims = [
            (task.task_id, index, task.settled.rows[index][3], list(task.settled.proof(index)))
            for task, index in entries
        ]
        self.stage.escrow.claim_many(self.stage.workers[worker], claims)
        for task, index in entries:
            self._pay(task, index, task.settled.rows[index][3])

    def _unclaimed(self, task: TaskBooks) -> list[int]:
        if task.settled is None:
            return []
        return [
            index
            for index, row in enumerate(task.settled.rows)
            if index not in task.claimed and row[3] <= task.claimable
        ]

    def _pay(self, task: TaskBooks, index: int, amount: int) -> None:
        task.claimed.add(index)
        task.claimable -= amount
        self.money[task.token.address].paid += amount

    @action(seed=SEED, leaf=SEED)
    def claim_flat(self, seed: int, leaf: int) -> None:
        task = self.pick_if(seed, lambda task: task.flat_price and self._unclaimed_flat(task))
        unclaimed = self._unclaimed_flat(task)
        self.claim_flat_leaf(task, *unclaimed[leaf % len(unclaimed)])

    def claim_flat_leaf(self, task: TaskBooks, position: int, index: int) -> None:
        batch = task.batches[position]
        if (position, index) not in self._unclaimed_flat(task):
            return  # the gateway promised more than it declared
        _, _, worker, answers, digest = batch.tree.rows[index]
        note(f"claim the flat price of {answers} answers of task {task.task_id}")
        self.stage.escrow.claim_flat(
            task.task_id,
            [(batch.tree.root, batch.answers) for batch in task.batches],
            position,
            index,
            worker,
            answers,
            digest,
            list(batch.tree.proof(index)),
            sender=self.stage.stranger,
        )
        batch.claimed.add(index)
        task.claimable -= answers * task.flat_price
        self.money[task.token.address].paid += answers * task.flat_price

    def _unclaimed_flat(self, task: TaskBooks) -> list[tuple[int, int]]:
        """List what may be claimed: never more of a batch than its gateway declared."""
        return [
            (position, index)
            for position, batch in enumerate(task.batches)
            for index, row in enumerate(batch.tree.rows)
            if index not in batch.claimed
            and sum(batch.tree.rows[paid][3] for paid in batch.claimed) + row[3] <= batch.answers
        ]

    @action(seed=SEED)
    def refund(self, seed: int) -> None:
        task = self.pick_if(seed, lambda task: task.ended in ENDED and task.refundable)
        self.refund_to_requester(task)

    def refund_to_requester(self, task: TaskBooks) -> None:
        note(f"refund {task.refundable} of task {task.task_id}")
        before = task.token.balanceOf(task.requester)
        self.stage.escrow.refund(task.task_id, sender=self.stage.stranger)
        assert task.token.balanceOf(task.requester) == before + task.refundable
        self.money[task.token.address].refunded += task.refundable
        task.refundable = 0

    @action(token=st.integers(0, 1))
    def collect_fees(self, token: int) -> None:
        asset = self.stage.tokens[token]
        books = self.money[asset.address]
        if books.fees == books.fees_collected:
            raise NothingToDo
        note(f"collect {books.fees - books.fees_collected} of fees")
        self.stage.escrow.collect_fees(asset, sender=self.stage.stranger)
        books.fees_collected = books.fees
