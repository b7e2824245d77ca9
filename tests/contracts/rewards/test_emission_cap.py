"""Random work against the schedule: no week, and no task, ever creates more than is its."""

from collections import Counter
from fractions import Fraction

import boa
import pytest
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.rewards.settling import settle_work
from tests.contracts.rewards.stage import (
    CAP,
    HOLDER,
    HOUR,
    HOUSE_CAP,
    RATE,
    SUPPLY,
    TIMELOCK,
    WEEK,
    deploy_stage,
)
from tests.contracts.verdict_oracle.verdicts import CHALLENGE

pytestmark = pytest.mark.chain

WORKERS = [account_of(f"worker {number}") for number in range(3)]
YEAR = 365 * 86_400

pays = st.lists(st.tuples(st.sampled_from(WORKERS), st.integers(0, 10**10)), min_size=1, max_size=3)


class Emission(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        self.token = deploy("mocks/PaymentToken", "Dollar", "USD", 6, HOLDER, SUPPLY)
        self.stage = deploy_stage([(self.token.address, RATE)])
        self.rewards, self.start = self.stage.rewards, self.stage.rewards.started_at()
        self.rate = RATE
        self.works = []  # [work, rate, epoch or None, claimed pay, claimed indices, earned at]
        self.demand, self.created, self.balances = Counter(), Counter(), Counter()
        self.power, self.year = dict.fromkeys(WORKERS, Fraction(0)), 0

    def epoch(self):
        return (boa.env.timestamp - self.start) // WEEK

    def facts(self):
        return self.stage.tes.totalSupply(), self.rewards.demand_of(self.epoch())

    def year_at(self, timepoint):
        return (timepoint - self.stage.house.started_at()) // YEAR

    def age(self):
        """Halve all power for each year that has passed."""
        year = self.year_at(boa.env.timestamp)
        self.power = {who: old / 2 ** (year - self.year) for who, old in self.power.items()}
        self.year = year

    @rule(amounts=pays, promised=st.integers(20, 100))
    def settle(self, amounts, promised):
        whole = sum(amount for _, amount in amounts) * promised // 100
        note(f"settle {amounts}, in total {whole}")
        work = settle_work(self.stage, self.token, amounts, total=whole)
        posted_at = boa.env.timestamp - CHALLENGE
        self.works.append([work, None, None, 0, set(), posted_at - posted_at % HOUR])
        self.age()

    @rule(rate=st.sampled_from([0, 1, RATE // 3, RATE, 50 * RATE]))
    def set_rate(self, rate):
        self.rewards.set_emission_rate(self.token, rate, sender=TIMELOCK)
        self.rate = rate

    @precondition(lambda self: self.works)
    @rule(pick=st.integers(0, 50))
    def register(self, pick):
        entry = self.works[pick % len(self.works)]
        work = entry[0]
        demand = work.verdict.total_payout * self.rate // 10**18
        if entry[1] is not None:
            reason = "emission: already registered"
        elif demand == 0:
            reason = "emission: nothing to ask for"
        else:
            note(f"register {work.task_id} for {demand}")
            self.rewards.register_task(work.verdict.as_tuple())
            entry[1], entry[2] = self.rate, self.epoch()
            self.demand[entry[2]] += demand
            return
        with refused(reason, self.facts):
            self.rewards.register_task(work.verdict.as_tuple())

    @precondition(lambda self: self.works)
    @rule(pick=st.integers(0, 50), index=st.integers(0, 2))
    def claim(self, pick, index):
        entry = self.works[pick % len(self.works)]
        work, rate, epoch, claimed, indices, earned_at = entry
        index %= len(work.tree.rows)
        _, _, worker, amount = work.tree.rows[index]
        if rate is None:
            reason = "emission: not registered"
        elif index in indices:
            reason = "emission: already claimed"
        elif claimed + amount > work.verdict.total_payout:
            reason = "emission: exceeds the payout"
        elif epoch == self.epoch():
            reason = "emission: week is not over"
        else:
            note(f"claim {index} of {work.task_id}")
            self.rewards.claim_emission(*work.claim(index))
            entry[3] += amount
            indices.add(index)
            self.book(worker, amount * rate // 10**18, epoch, earned_at)
            return
        with refused(reason, self.facts):
            self.rewards.claim_emission(*work.claim(index))

    def book(self, worker, points, epoch, earned_at):
        """Create as the schedule says, by fractions."""
        budget = CAP // 104 // 2 ** (epoch // 52)
        created = int(points * min(Fraction(1), Fraction(budget, self.demand[epoch])))
        self.created[epoch] += created
        self.balances[worker] += created
        age = self.year - self.year_at(earned_at)
        worth = Fraction(min(points, HOUSE_CAP), 2**age)
        self.power[worker] = min(self.power[worker] + worth, Fraction(HOUSE_CAP))
        assert self.created[epoch] <= budget

    @rule(seconds=st.sampled_from([1, 86_400, WEEK, YEAR]))
    def wait(self, seconds):
        boa.env.timestamp += seconds
        self.age()

    @precondition(lambda self: hasattr(self, "year"))
    @invariant()
    def nothing_is_created_beyond_the_schedule(self):
        minted = self.rewards.emission_minted()
        assert minted == self.created.total() == self.stage.tes.totalSupply() - SUPPLY
        assert minted <= CAP
        for who in WORKERS:
            assert self.stage.tes.balanceOf(who) == self.balances[who]
            assert self.stage.house.getVotes(who) == int(self.power[who])
        for epoch, demand in self.demand.items():
            assert self.rewards.demand_of(epoch) == demand


Emission.TestCase.settings = settings(
    max_examples=20, stateful_step_count=30, deadline=None, derandomize=True
)
TestEmission = Emission.TestCase
