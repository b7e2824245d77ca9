"""What final verdicts take from workers, and where it goes."""

from hypothesis import note, strategies as st

from dao_client.types import Phase
from tests.contracts.acting import NothingToDo, action
from tests.contracts.stateful.books import TaskBooks
from tests.contracts.stateful.hostile_rules import HostileRules
from tests.contracts.stateful.task_rules import SEED


class SlashRules(HostileRules):
    """Slash workers; fetch the pool's and the treasury's halves."""

    @action(seed=SEED, leaf=SEED)
    def slash_worker(self, seed: int, leaf: int) -> None:
        task = self.pick_if(seed, lambda task: self._unslashed(task))
        indices = self._unslashed(task)
        index = indices[leaf % len(indices)]
        _, _, worker, amount = task.verdict.slashes.rows[index]
        staking, token = self.stage.staking, task.token
        unbonding = staking.unbonding_of(token, worker).amount
        there = staking.stake_of(token, worker) + unbonding
        note(f"slash {amount} of {there} by task {task.task_id}")
        taken = self._slash(task, index)
        assert taken == min(amount, there)
        task.slashed.add(index)
        self.stakes[token.address].slashed += taken
        if taken:
            self.done["slash that took something"] += 1

    @action(seed=SEED)
    def slash_worker_again_or_early(self, seed: int) -> None:
        task = self.pick_if(seed, lambda task: task.verdict and not self._unslashed(task))
        for index in range(len(task.verdict.slashes)):
            self.expect_refusal("a slash", lambda index=index: self._slash(task, index))
            if task.ended is Phase.FINAL:
                self.expect_refusal("a delay", lambda index=index: self._delay(task, index))

    @action(seed=SEED, leaf=SEED)
    def delay_worker(self, seed: int, leaf: int) -> None:
        task = self.pick(seed, Phase.CHALLENGE, Phase.DISPUTED)
        index = leaf % len(task.verdict.slashes)
        worker, staking = task.verdict.slashes.rows[index][2], self.stage.staking
        amount, ends_at = staking.unbonding_of(task.token, worker)
        if not amount:
            self.expect_refusal("a delay of nothing", lambda: self._delay(task, index))
            return
        note(f"delay {amount} of {worker} by task {task.task_id}")
        self._delay(task, index)
        latest = max(ends_at, self.now + self.values.unbonding_seconds)
        assert staking.unbonding_of(task.token, worker) == (amount, latest)

    @action(token=st.integers(0, 1))
    def collect_slashed(self, token: int) -> None:
        asset, staking = self.stage.tokens[token], self.stage.staking
        pool, treasury = self.stage.system.insurance_pool, self.stage.roles.treasury
        credits = [staking.credit_of(asset, each) for each in (pool, treasury)]
        if not all(credits):
            raise NothingToDo
        note(f"collect {credits} of token {token}")
        pool.collect(asset, sender=self.stage.stranger)
        staking.collect(asset, sender=treasury)
        self.stakes[asset.address].collected += sum(credits)
        assert pool.totals_of(asset).held == asset.balanceOf(pool) >= credits[0]

    @action(token=st.integers(0, 1), share=st.integers(1, 3))
    def pay_insurance(self, token: int, share: int) -> None:
        asset, pool = self.stage.tokens[token], self.stage.system.insurance_pool
        held, timelock = asset.balanceOf(pool), self.stage.roles.timelock
        amount = held // share
        if not amount:
            raise NothingToDo
        note(f"pay {amount} of {held} of the pool in token {token}")
        harmed, reason = self.stage.requesters[0], bytes(32)
        before = asset.balanceOf(harmed)
        pool.pay(asset, harmed, amount, 1, reason, sender=timelock)
        assert asset.balanceOf(harmed) == before + amount
        assert pool.totals_of(asset).held == asset.balanceOf(pool) == held - amount

    def _unslashed(self, task: TaskBooks) -> list[int]:
        if task.ended is not Phase.FINAL:
            return []
        leaves = range(len(task.verdict.slashes))
        return [index for index in leaves if index not in task.slashed]

    def _delay(self, task: TaskBooks, index: int) -> None:
        _, _, worker, amount = task.verdict.slashes.rows[index]
        proof = list(task.verdict.slashes.proof(index))
        verdict, sender = task.verdict.verdict, self.stage.stranger
        self.stage.oracle.delay_worker(verdict, index, worker, amount, proof, sender=sender)

    def _slash(self, task: TaskBooks, index: int) -> int:
        _, _, worker, amount = task.verdict.slashes.rows[index]
        proof = list(task.verdict.slashes.proof(index))
        verdict, sender = task.verdict.verdict, self.stage.stranger
        return int(
            self.stage.oracle.slash_worker(verdict, index, worker, amount, proof, sender=sender)
        )
