"""Random slashes, donations and payments: `collected + donated == held + paid`, as the twin."""

from collections import Counter

import pytest
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.insurance_pool.conftest import REASON, TASK
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain

TIMELOCK, CONTROLLER, TREASURY, DONOR, RECIPIENT = (
    account_of(role) for role in ("timelock", "controller", "treasury", "donor", "recipient")
)
WEALTH = 10**12

amounts = st.integers(1, 10**6)
choice = st.integers(0, 1)


class PoolMachine(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        tes = deploy("WorkToken", [(DONOR, WEALTH)], TIMELOCK)
        self.tokens = (tes, deploy("mocks/NoReturnToken", DONOR, WEALTH))
        self.staking = deploy("Staking", tes, CONTROLLER, TREASURY, DONOR, DONOR)
        self.pool = deploy("InsurancePool", TIMELOCK, self.staking)
        for token in self.tokens:
            token.approve(self.staking, WEALTH, sender=DONOR)
            self.staking.deposit(token, WEALTH // 2, sender=DONOR)
        self.sums = [Counter(), Counter()]

    @rule(which=choice, amount=amounts)
    def slash(self, which, amount):
        note(f"slash {amount} of token {which}")
        self.staking.slash(self.tokens[which], DONOR, amount, self.pool, sender=CONTROLLER)
        self.sums[which]["credit"] += amount // 2

    @rule(which=choice)
    def collect(self, which):
        credit = self.sums[which].pop("credit", 0)
        if not credit:
            with refused("staking: nothing to collect", lambda: self.seen(which)):
                self.pool.collect(self.tokens[which])
            return
        note(f"collect {credit} of token {which}")
        self.pool.collect(self.tokens[which])
        self.sums[which]["collected"] += credit

    @rule(which=choice, amount=amounts)
    def donate(self, which, amount):
        note(f"donate {amount} of token {which}")
        self.tokens[which].transfer(self.pool, amount, sender=DONOR)
        self.sums[which]["donated"] += amount

    @rule(which=choice, amount=amounts)
    def pay(self, which, amount):
        payment = (self.tokens[which], RECIPIENT, amount, TASK, REASON)
        if amount > self.held(which):
            with refused("insurance: exceeds what is held", lambda: self.seen(which)):
                self.pool.pay(*payment, sender=TIMELOCK)
            return
        note(f"pay {amount} of token {which}")
        self.pool.pay(*payment, sender=TIMELOCK)
        self.sums[which]["paid"] += amount

    @rule(which=choice, amount=amounts, thief=st.sampled_from([CONTROLLER, DONOR, RECIPIENT]))
    def steal(self, which, amount, thief):
        with refused("insurance: not the timelock", lambda: self.seen(which)):
            self.pool.pay(self.tokens[which], thief, amount, TASK, REASON, sender=thief)

    def held(self, which):
        sums = self.sums[which]
        return sums["collected"] + sums["donated"] - sums["paid"]

    def seen(self, which):
        return self.pool.totals_of(self.tokens[which]), self.tokens[which].balanceOf(RECIPIENT)

    @precondition(lambda self: hasattr(self, "pool"))
    @invariant()
    def books_agree(self):
        for which, (token, sums) in enumerate(zip(self.tokens, self.sums, strict=True)):
            found, held = self.pool.totals_of(token), self.held(which)
            assert found == (sums["collected"], sums["donated"], sums["paid"], held)
            assert found.collected + found.donated == found.held + found.paid
            assert token.balanceOf(self.pool) == held
            assert token.balanceOf(RECIPIENT) == sums["paid"]
            assert self.staking.credit_of(token, self.pool) == sums["credit"]


PoolMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, derandomize=True
)
TestPool = PoolMachine.TestCase
