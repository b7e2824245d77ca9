"""Random actors against a Python model of the books, in three tokens at once."""

import boa
import pytest
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import UNBONDING_SECONDS, deploy_parameters
from tests.contracts.staking.ledger import Ledger

pytestmark = pytest.mark.chain

STAKERS = [account_of(f"staker {number}") for number in range(3)]
CONTROLLER = account_of("controller")
TREASURY = account_of("treasury")
ENTRY_STAKE = account_of("entry_stake")
BENEFICIARY = account_of("beneficiary")
EVERYBODY = [*STAKERS, TREASURY, BENEFICIARY]
WEALTH = 10**12
TOKENS = ("TES", "ordinary", "returns nothing")

amounts = st.integers(1, 10**6)
shares = st.integers(0, 100)
tokens = st.sampled_from(TOKENS)
stakers = st.sampled_from(STAKERS)


class StakingMachine(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        holder = account_of("genesis_holder")
        work_token = deploy("WorkToken", [(holder, 10 * WEALTH)], holder)
        self.tokens = {
            "TES": work_token,
            "ordinary": deploy("mocks/PaymentToken", "Dollar", "USD", 6, holder, 10 * WEALTH),
            "returns nothing": deploy("mocks/NoReturnToken", holder, 10 * WEALTH),
        }
        self.staking = deploy(
            "Staking", work_token, CONTROLLER, TREASURY, deploy_parameters(), ENTRY_STAKE
        )
        self.ledgers = {name: Ledger() for name in TOKENS}
        for token in self.tokens.values():
            for staker in STAKERS:
                token.transfer(staker, WEALTH, sender=holder)
                token.approve(self.staking, WEALTH, sender=staker)

    def at(self, name):
        return self.tokens[name], self.ledgers[name]

    def part(self, share, whole):
        """Return the share of `whole` in percent, so that every amount is possible."""
        return whole * share // 100

    @rule(name=tokens, staker=stakers, amount=amounts)
    def deposit(self, name, staker, amount):
        note(f"deposit {amount} {name}")
        token, ledger = self.at(name)
        self.staking.deposit(token, amount, sender=staker)
        ledger.stake[staker] += amount
        ledger.staked += amount

    @rule(name=tokens, staker=stakers, share=shares)
    def unstake(self, name, staker, share):
        token, ledger = self.at(name)
        amount = self.part(share, ledger.free(staker))
        if amount == 0:
            with refused("staking: amount is zero", self.totals):
                self.staking.unstake(token, 0, sender=staker)
            return
        note(f"unstake {amount} {name}")
        self.staking.unstake(token, amount, sender=staker)
        ledger.stake[staker] -= amount
        ledger.unbonding[staker] += amount
        ledger.ends_at[staker] = boa.env.timestamp + UNBONDING_SECONDS

    @rule(name=tokens, staker=stakers)
    def withdraw(self, name, staker):
        token, ledger = self.at(name)
        if not ledger.unbonding[staker]:
            reason = "staking: nothing to withdraw"
        elif boa.env.timestamp < ledger.ends_at[staker]:
            reason = "staking: still unbonding"
        else:
            note(f"withdraw {name}")
            self.staking.withdraw(token, sender=staker)
            ledger.withdrawn += ledger.unbonding.pop(staker)
            return
        with refused(reason, self.totals):
            self.staking.withdraw(token, sender=staker)

    @rule(name=tokens, staker=stakers, share=shares)
    def lock(self, name, staker, share):
        token, ledger = self.at(name)
        amount = self.part(share, ledger.free(staker))
        note(f"lock {amount} {name}")
        self.staking.lock(token, staker, amount, False, sender=CONTROLLER)
        ledger.lock[staker] += amount

    @rule(name=tokens, staker=stakers, share=shares)
    def unlock(self, name, staker, share):
        token, ledger = self.at(name)
        amount = self.part(share, ledger.lock[staker])
        note(f"unlock {amount} {name}")
        self.staking.unlock(token, staker, amount, False, sender=CONTROLLER)
        ledger.lock[staker] -= amount

    @rule(name=tokens, staker=stakers)
    def delay_withdrawal(self, name, staker):
        token, ledger = self.at(name)
        if not ledger.unbonding[staker]:
            with refused("staking: nothing to delay", self.totals):
                self.staking.delay_withdrawal(token, staker, sender=CONTROLLER)
            return
        note(f"delay {name}")
        self.staking.delay_withdrawal(token, staker, sender=CONTROLLER)
        ledger.ends_at[staker] = boa.env.timestamp + UNBONDING_SECONDS

    @rule(name=tokens, staker=stakers, share=st.integers(0, 150))
    def slash(self, name, staker, share):
        token, ledger = self.at(name)
        amount = self.part(share, ledger.stake[staker] + ledger.unbonding[staker])
        note(f"slash {amount} {name}")
        taken = self.staking.slash(token, staker, amount, BENEFICIARY, sender=CONTROLLER)
        from_stake = min(amount, ledger.stake[staker])
        from_unbonding = min(amount - from_stake, ledger.unbonding[staker])
        assert taken == from_stake + from_unbonding
        ledger.stake[staker] -= from_stake
        ledger.unbonding[staker] -= from_unbonding
        ledger.lock[staker] = min(ledger.lock[staker], ledger.stake[staker])
        ledger.slashed += taken
        ledger.credit[BENEFICIARY] += taken // 2
        ledger.credit[TREASURY] += 0 if name == "TES" else taken - taken // 2

    @rule(name=tokens, account=st.sampled_from(EVERYBODY))
    def collect(self, name, account):
        token, ledger = self.at(name)
        if ledger.credit[account]:
            note(f"collect {name}")
            self.staking.collect(token, sender=account)
            del ledger.credit[account]
        else:
            with refused("staking: nothing to collect", self.totals):
                self.staking.collect(token, sender=account)

    @rule(seconds=st.sampled_from([1, UNBONDING_SECONDS // 2, UNBONDING_SECONDS]))
    def wait(self, seconds):
        boa.env.timestamp += seconds

    @rule(name=tokens, staker=stakers, extra=amounts)
    def unstake_too_much(self, name, staker, extra):
        token, ledger = self.at(name)
        with refused("staking: amount exceeds free", self.totals):
            self.staking.unstake(token, ledger.free(staker) + extra, sender=staker)

    @rule(name=tokens, staker=stakers, intruder=st.sampled_from(EVERYBODY), amount=amounts)
    def slash_as_intruder(self, name, staker, intruder, amount):
        with refused("staking: not the controller", self.totals):
            self.staking.slash(self.tokens[name], staker, amount, intruder, sender=intruder)

    def totals(self):
        return [self.staking.totals_of(token) for token in self.tokens.values()]

    @precondition(lambda self: hasattr(self, "staking"))
    @invariant()
    def books_agree(self):
        for name in TOKENS:
            token, ledger = self.at(name)
            for staker in STAKERS:
                assert self.staking.stake_of(token, staker) == ledger.stake[staker]
                assert self.staking.lock_of(token, staker) == ledger.lock[staker]
                unbonding = self.staking.unbonding_of(token, staker)
                assert unbonding.amount == ledger.unbonding[staker]
                assert ledger.lock[staker] <= ledger.stake[staker]
            for account in EVERYBODY:
                assert self.staking.credit_of(token, account) == ledger.credit[account]

    @precondition(lambda self: hasattr(self, "staking"))
    @invariant()
    def money_is_conserved(self):
        for name in TOKENS:
            token, ledger = self.at(name)
            staked, withdrawn, slashed = self.staking.totals_of(token)
            assert (staked, withdrawn) == (ledger.staked, ledger.withdrawn)
            assert slashed == ledger.slashed
            assert staked == ledger.held() + withdrawn + slashed
            assert token.balanceOf(self.staking) == ledger.held() + ledger.credit.total()


StakingMachine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, derandomize=True
)
TestStaking = StakingMachine.TestCase
