"""Workers who pledge, unstake and dispute while they are slashed in TES.

In any order every lock has its stake, every dispute ends and every operator is released.
"""

from contextlib import suppress

import boa
import pytest
from hypothesis import note, strategies as st
from hypothesis.stateful import initialize, invariant, precondition

from tests.contracts.acting import ActingMachine, NothingToDo, action, run_and_count
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import EVIDENCE
from tests.contracts.verdict_oracle.slash_world import (
    ARBITRATOR,
    DISPUTABLE,
    HOLDER,
    LEAVES,
    WORKERS,
    SlashWorld,
)
from tests.contracts.verdict_oracle.slashing import slash_leaf
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    RULING,
    STAKE,
    Verdict,
    rule as rule_on,
)
from tests.system import DAY

pytestmark = pytest.mark.chain

RELEASE = (7 + 21 + 3) * DAY

worker = st.integers(0, 3)
share = st.integers(1, 4)


class SlashMachine(ActingMachine, SlashWorld):
    @initialize(seed=st.integers(0, 2**32))
    def set_up(self, seed):
        self.build(seed)

    @action(place=st.integers(0, LEAVES - 1))
    def slash(self, place):
        _, _, account, amount = self.tree.rows[place]
        slashable = self.stake_of(account) + self.unbonding_of(account) - self.bonds[account]
        if place in self.slashed:
            with refused("verdict: worker already slashed", lambda: self.stake_of(account)):
                slash_leaf(self.oracle, self.verdict, self.tree, place, sender=HOLDER)
            raise NothingToDo
        note(f"slash {amount} of {slashable} of {account}")
        taken = slash_leaf(self.oracle, self.verdict, self.tree, place, sender=HOLDER)
        assert taken == min(amount, slashable)
        self.slashed.add(place)
        self.taken += taken
        waiting = self.deferred[account] + amount - taken
        self.done["slash that took something"] += taken > 0
        self.done["slash that waits"] += min(waiting, self.bonds[account]) > self.deferred[account]
        self.deferred[account] = min(waiting, self.bonds[account])

    @action(number=worker, parts=share)
    def unstake(self, number, parts):
        account = WORKERS[number]
        amount = self.free_of(account) // parts
        if not amount:
            raise NothingToDo
        note(f"{account} unstakes {amount}")
        self.staking.unstake(self.tes, amount, sender=account)

    @action(number=worker)
    def register(self, number):
        account, amount = WORKERS[number], self.free_of(WORKERS[number])
        operator = self.oracle.operator_of(account)
        if operator.retired_at or not amount or amount + operator.stake < STAKE:
            raise NothingToDo
        note(f"{account} pledges {amount}")
        self.oracle.register_operator(amount, sender=account)

    @action(number=worker)
    def retire(self, number):
        account = WORKERS[number]
        operator = self.oracle.operator_of(account)
        if operator.retired_at or not operator.stake:
            raise NothingToDo
        note(f"{account} retires")
        self.oracle.retire_operator(sender=account)

    @action(task_id=st.sampled_from(DISPUTABLE), number=st.sampled_from((0, 1, 2, 3, 3, 3)))
    def dispute(self, task_id, number):
        account = WORKERS[number]
        if task_id in self.disputed or self.free_of(account) < BOND:
            raise NothingToDo
        if boa.env.timestamp >= self.oracle.verdict_of(task_id).posted_at + CHALLENGE:
            raise NothingToDo
        note(f"{account} disputes {task_id}")
        self.oracle.open_dispute(task_id, EVIDENCE, sender=account)
        self.disputed.add(task_id)
        self.open[task_id] = account
        self.bonds[account] += BOND

    @action(
        task_id=st.sampled_from(DISPUTABLE),
        is_upheld=st.sampled_from((True, True, False)),
        delay=st.integers(0, 2),
    )
    def give_ruling(self, task_id, is_upheld, delay):
        if delay or task_id not in self.open:
            raise NothingToDo
        if boa.env.timestamp >= self.oracle.dispute_of(task_id).opened_at + RULING:
            raise NothingToDo
        note(f"rule on {task_id}: upheld is {is_upheld}")
        rule_on(self.oracle, Verdict(task_id), is_upheld, sender=ARBITRATOR)
        self.done["ruling that pays a slash"] += is_upheld and self.deferred[self.open[task_id]] > 0
        self.end_bond(task_id, is_lost=not is_upheld)
        if is_upheld:
            self.struck.add(task_id)

    @action(hours=st.integers(-3, 3))
    def wait(self, hours):
        if hours <= 0:
            raise NothingToDo
        boa.env.timestamp += hours * 3_600

    @action(number=worker, patience=st.integers(0, 3))
    def withdraw(self, number, patience):
        account = WORKERS[number]
        unbonding = self.staking.unbonding_of(self.tes, account)
        if patience or not unbonding.amount:
            raise NothingToDo
        boa.env.timestamp = max(boa.env.timestamp, unbonding.ends_at)
        note(f"{account} withdraws {unbonding.amount}")
        self.staking.withdraw(self.tes, sender=account)
        self.withdrawn += unbonding.amount

    @precondition(lambda self: hasattr(self, "tree"))
    @invariant()
    def every_lock_has_a_reason(self):
        active = 0
        for account in WORKERS:
            operator = self.oracle.operator_of(account)
            lock = self.staking.lock_of(self.tes, account)
            assert lock == operator.stake + self.bonds[account] <= self.stake_of(account)
            assert self.oracle.deferred_slash_of(account) == self.deferred[account]
            active += 0 if operator.retired_at else operator.stake
        assert self.oracle.total_operator_stake() == active

    @precondition(lambda self: hasattr(self, "tree"))
    @invariant()
    def every_wei_is_accounted_for(self):
        totals = self.staking.totals_of(self.tes)
        held = sum(self.stake_of(each) + self.unbonding_of(each) for each in WORKERS)
        assert totals.slashed == self.taken + self.bonds_lost
        assert totals.staked == held + totals.withdrawn + totals.slashed
        assert totals.withdrawn == self.withdrawn

    def teardown(self):
        """Refuse a state that cannot be left."""
        if not hasattr(self, "tree"):
            return
        boa.env.timestamp += RULING + CHALLENGE
        for task_id in DISPUTABLE:
            if task_id in self.struck:
                self.oracle.expire_task(task_id)
            else:
                self.oracle.finalise(Verdict(task_id).as_tuple())
            if task_id in self.open:
                self.done["end that pays a slash"] += self.deferred[self.open[task_id]] > 0
                self.end_bond(task_id, is_lost=False)
        self.every_lock_has_a_reason()
        assert not any(self.deferred.values())
        for number, account in enumerate(WORKERS):
            with suppress(NothingToDo):
                self.retire(number)
            boa.env.timestamp += RELEASE
            if self.oracle.operator_of(account).retired_at:
                self.oracle.release_operator(sender=account)
            assert self.free_of(account) == self.stake_of(account)
        if self.staking.credit_of(self.tes, self.pool):
            self.pool.collect(self.tes)
        assert self.pool.totals_of(self.tes).held <= self.taken // 2
        self.every_wei_is_accounted_for()


def test_slashes__random_moves__spare_no_stake_and_all_happen():
    run_and_count(
        SlashMachine,
        "slash that took something",
        "slash that waits",
        "ruling that pays a slash",
        "end that pays a slash",
        least=2,
        examples=20,
        steps=40,
    )
