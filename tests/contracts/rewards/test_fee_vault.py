"""The fee vault against exact fractions: random stakers, slashes and fees in two tokens."""

from collections import Counter
from contextlib import nullcontext, suppress
from fractions import Fraction

import boa
import pytest
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.rewards.stage import HOLDER, SUPPLY, deploy_stage

pytestmark = pytest.mark.chain

STAKERS = [account_of(f"staker {number}") for number in range(4)]
MOST_FOR_A_WEI = 2**64
"""What one round shares for each wei of stake."""
TOKENS = ("ordinary", "returns nothing")

stakers = st.sampled_from(STAKERS)
tokens = st.sampled_from(TOKENS)
amounts = st.one_of(st.integers(1, 50), st.integers(1, 10**22))


class FeeVault(RuleBasedStateMachine):
    """`stakes` are those of now; a round is shared by `settled`, those of the last second."""

    @initialize()
    def set_up(self):
        self.stage = deploy_stage()
        self.rewards = self.stage.rewards
        self.tokens = {
            "ordinary": deploy("mocks/PaymentToken", "Dollar", "USD", 6, HOLDER, SUPPLY),
            "returns nothing": deploy("mocks/NoReturnToken", HOLDER, SUPPLY),
        }
        self.stakes, self.settled = Counter(), Counter()
        self.fresh = Counter()
        self.earned = {name: dict.fromkeys(STAKERS, Fraction(0)) for name in TOKENS}
        self.paid = {name: Counter() for name in TOKENS}

    def facts(self):
        return [
            (self.rewards.owed_fees(token), token.balanceOf(self.rewards))
            for token in self.tokens.values()
        ]

    @rule(staker=stakers, amount=amounts)
    def stake(self, staker, amount):
        note(f"{staker} stakes {amount}")
        self.stage.stake(staker, amount)
        self.stakes[staker] += amount

    @rule(staker=stakers, share=st.integers(1, 100))
    def unstake(self, staker, share):
        amount = self.stakes[staker] * share // 100
        if amount:
            note(f"{staker} unstakes {amount}")
            self.stage.staking.unstake(self.stage.tes, amount, sender=staker)
            self.stakes[staker] -= amount

    @rule(staker=stakers, share=st.integers(1, 120))
    def slash(self, staker, share):
        amount = self.stakes[staker] * share // 100
        note(f"{staker} is slashed by {amount}")
        self.stage.slash(staker, amount)
        self.stakes[staker] -= min(amount, self.stakes[staker])

    @rule(staker=stakers, delegatee=stakers)
    def delegate(self, staker, delegatee):
        self.stage.staking.delegate(delegatee, sender=staker)

    @rule(staker=stakers)
    def fidget(self, staker):
        note(f"{staker} stakes a wei in each of 12 seconds")
        for _ in range(12):
            self.wait(1)
            self.stage.stake(staker, 1)
            self.stakes[staker] += 1

    @rule(name=tokens, amount=amounts)
    def donate(self, name, amount):
        note(f"{amount} {name}")
        self.tokens[name].transfer(self.rewards, amount, sender=HOLDER)
        self.fresh[name] += amount

    @rule(name=tokens, payout=st.integers(1_000, 10**12))
    def earn(self, name, payout):
        fee = self.stage.earn(self.tokens[name], payout)
        self.settled = Counter(self.stakes)  # a day has passed
        note(f"a fee of {fee} {name}")
        self.fresh[name] += fee

    @rule(name=tokens)
    def distribute(self, name):
        token, total = self.tokens[name], self.settled.total()
        if not self.fresh[name] or not total:
            reason = "nobody staked" if self.fresh[name] else "nothing to share"
            with refused(f"rewards: {reason}", self.facts):
                self.rewards.distribute(token)
            return
        shared = min(self.fresh[name], total * MOST_FOR_A_WEI)
        note(f"share {shared} {name}")
        self.rewards.distribute(token)
        ((_, fields),) = last_events(self.rewards)
        assert (fields["amount"], fields["total_stake"]) == (shared, total)
        for staker in STAKERS:
            self.earned[name][staker] += Fraction(shared * self.settled[staker], total)
        self.fresh[name] -= shared

    @rule(name=tokens, staker=stakers)
    def claim(self, name, staker):
        token = self.tokens[name]
        whole = self.rewards.claimable_fees(token, staker)
        before = token.balanceOf(staker)
        with nullcontext() if whole else suppress(boa.BoaError):
            self.rewards.claim_fees(token, staker)
        paid = token.balanceOf(staker) - before
        note(f"{staker} claims {paid} {name}")
        self.paid[name][staker] += paid
        assert self.rewards.claimable_fees(token, staker) == whole - paid

    @rule(seconds=st.sampled_from([1, 5, 86_400]))
    def wait(self, seconds):
        boa.env.timestamp += seconds
        self.settled = Counter(self.stakes)

    @precondition(lambda self: hasattr(self, "paid"))
    @invariant()
    def shares_are_exact_and_covered(self):
        for name, token in self.tokens.items():
            claimable = {who: self.rewards.claimable_fees(token, who) for who in STAKERS}
            owed = self.rewards.owed_fees(token)
            held = token.balanceOf(self.rewards)
            uncollected = self.stage.escrow.fees_of(token)
            assert sum(claimable.values()) <= owed <= held
            assert held + uncollected == owed + self.fresh[name]
            for who in STAKERS:
                got = self.paid[name][who] + claimable[who]
                assert token.balanceOf(who) == self.paid[name][who]
                assert abs(got - int(self.earned[name][who])) <= 1


FeeVault.TestCase.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, derandomize=True
)
TestFeeVault = FeeVault.TestCase
