"""Workers who pledge, unstake and dispute while they are slashed in TES.

In any order every lock has its stake, every dispute ends and every operator is released.
"""

import boa
import pytest
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

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


class SlashMachine(RuleBasedStateMachine, SlashWorld):
    @initialize(seed=st.integers(0, 2**32))
    def set_up(self, seed):
        self.build(seed)

    @rule(place=st.integers(0, LEAVES - 1))
    def slash(self, place):
        _, _, account, amount = self.tree.rows[place]
        slashable = self.stake_of(account) + self.unbonding_of(account) - self.bonds[account]
        if place in self.slashed:
            with refused("verdict: worker already slashed", lambda: self.stake_of(account)):
                slash_leaf(self.oracle, self.verdict, self.tree, place, sender=HOLDER)
            return
        note(f"slash {amount} of {slashable} of {account}")
        taken = slash_leaf(self.oracle, self.verdict, self.tree, place, sender=HOLDER)
        assert taken == min(amount, slashable)
        self.slashed.add(place)
        self.taken += taken
        waiting = self.deferred[account] + amount - taken
        self.deferred[account] = min(waiting, self.bonds[account])

    @rule(number=worker, parts=share)
    def unstake(self, number, parts):
        account = WORKERS[number]
        if amount := self.free_of(account) // parts:
            note(f"{account} unstakes {amount}")
            self.staking.unstake(self.tes, amount, sender=account)

    @rule(number=worker)
    def register(self, number):
        account, amount = WORKERS[number], self.free_of(WORKERS[number])
        operator = self.oracle.operator_of(account)
        if operator.retired_at == 0 and amount + operator.stake >= STAKE:
            note(f"{account} pledges {amount}")
            self.oracle.register_operator(amount, sender=account)

    @rule(number=worker)
    def retire(self, number):
        account = WORKERS[number]
        operator = self.oracle.operator_of(account)
        if operator.stake and operator.retired_at == 0:
            note(f"{account} retires")
            self.oracle.retire_operator(sender=account)

    @rule(task_id=st.sampled_from(DISPUTABLE), number=worker)
    def dispute(self, task_id, number):
        account, record = WORKERS[number], self.oracle.verdict_of(task_id)
        is_late = boa.env.timestamp >= record.posted_at + CHALLENGE
        if task_id not in self.open and not is_late and self.free_of(account) >= BOND:
            note(f"{account} disputes {task_id}")
            self.oracle.open_dispute(task_id, EVIDENCE, sender=account)
            self.open[task_id] = account
            self.bonds[account] += BOND

    @rule(hours=st.integers(1, 8))
    def wait(self, hours):
        boa.env.timestamp += hours * 3_600

    @rule(number=worker)
    def withdraw(self, number):
        account = WORKERS[number]
        unbonding = self.staking.unbonding_of(self.tes, account)
        if unbonding.amount and boa.env.timestamp >= unbonding.ends_at:
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
        if DISPUTABLE[0] in self.open:
            rule_on(self.oracle, Verdict(DISPUTABLE[0]), False, sender=ARBITRATOR)
            self.end_bond(DISPUTABLE[0], is_lost=True)
        boa.env.timestamp += RULING + CHALLENGE
        for task_id in DISPUTABLE:
            self.oracle.finalise(Verdict(task_id).as_tuple())
            if task_id in self.open:
                self.end_bond(task_id, is_lost=False)
        self.every_lock_has_a_reason()
        assert not any(self.deferred.values())
        for number, account in enumerate(WORKERS):
            self.retire(number)
            boa.env.timestamp += RELEASE
            if self.oracle.operator_of(account).retired_at:
                self.oracle.release_operator(sender=account)
            assert self.free_of(account) == self.stake_of(account)
        if self.staking.credit_of(self.tes, self.pool):
            self.pool.collect(self.tes)
        assert self.pool.totals_of(self.tes).held <= self.taken // 2
        self.every_wei_is_accounted_for()


SlashMachine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, derandomize=True
)
TestSlashes = SlashMachine.TestCase
