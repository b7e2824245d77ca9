"""Random actors against a Python model of the books, in three tokens at once."""

import boa
import pytest
from hypothesis import note, strategies as st
from hypothesis.stateful import initialize, invariant, precondition

from tests.contracts.acting import ActingMachine, NothingToDo, action, run_and_count
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
shares = st.integers(1, 100)
tokens = st.sampled_from(TOKENS)
stakers = st.sampled_from(STAKERS)


class StakingMachine(ActingMachine):
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

    def find(self, name, staker, books):
        """Return a token and a staker that has something in `books`, best those that were drawn."""
        for each in sorted(TOKENS, key=lambda token: token != name):
            for account in sorted(STAKERS, key=lambda account: account != staker):
                if getattr(self.ledgers[each], books)[account]:
                    return each, account
        raise NothingToDo

    def part(self, share, whole):
        """Return the share of `whole` in percent, so that every amount is possible."""
        return whole * share // 100

    @action(name=tokens, staker=stakers, amount=amounts)
    def deposit(self, name, staker, amount):
        note(f"deposit {amount} {name}")
        token, ledger = self.at(name)
        self.staking.deposit(token, amount, sender=staker)
        ledger.stake[staker] += amount
        ledger.staked += amount

    @action(name=tokens, staker=stakers, share=shares)
    def unstake(self, name, staker, share):
        name, staker = self.find(name, staker, "stake")
        token, ledger = self.at(name)
        amount = self.part(share, ledger.free(staker))
        if amount == 0:
            raise NothingToDo
        note(f"unstake {amount} {name}")
        self.staking.unstake(token, amount, sender=staker)
        ledger.stake[staker] -= amount
        ledger.unbonding[staker] += amount
        ledger.ends_at[staker] = boa.env.timestamp + UNBONDING_SECONDS

    @action(name=tokens, staker=stakers)
    def withdraw(self, name, staker):
        name, staker = self.find(name, staker, "unbonding")
        token, ledger = self.at(name)
        if not ledger.unbonding[staker]:
            raise NothingToDo
        if boa.env.timestamp < ledger.ends_at[staker]:
            with refused("staking: still unbonding", self.totals):
                self.staking.withdraw(token, sender=staker)
            boa.env.timestamp = ledger.ends_at[staker]
        note(f"withdraw {name}")
        self.staking.withdraw(token, sender=staker)
        ledger.withdrawn += ledger.unbonding.pop(staker)

    @action(name=tokens, staker=stakers, share=shares)
    def lock(self, name, staker, share):
        name, staker = self.find(name, staker, "stake")
        token, ledger = self.at(name)
        amount = self.part(share, ledger.free(staker))
        if amount == 0:
            raise NothingToDo
        note(f"lock {amount} {name}")
        self.staking.lock(token, staker, amount, False, sender=CONTROLLER)
        ledger.lock[staker] += amount

    @action(name=tokens, staker=stakers, share=shares)
    def unlock(self, name, staker, share):
        name, staker = self.find(name, staker, "lock")
        token, ledger = self.at(name)
        amount = self.part(share, ledger.lock[staker])
        if amount == 0:
            raise NothingToDo
        note(f"unlock {amount} {name}")
        self.staking.unlock(token, staker, amount, False, sender=CONTROLLER)
        ledger.lock[staker] -= amount

    @action(name=tokens, staker=stakers)
    def delay_withdrawal(self, name, staker):
        name, staker = self.find(name, staker, "unbonding")
        token, ledger = self.at(name)
        note(f"delay {name}")
        self.staking.delay_withdrawal(token, staker, sender=CONTROLLER)
        ledger.ends_at[staker] = boa.env.timestamp + UNBONDING_SECONDS

    @action(name=tokens, staker=stakers, share=st.integers(1, 150))
    def slash(self, name, staker, share):
        name, staker = self.find(name, staker, "stake")
        token, ledger = self.at(name)
        amount = self.part(share, ledger.stake[staker] + ledger.unbonding[staker])
        if amount == 0:
            raise NothingToDo
        note(f"slash {amount} {name}")
        taken = self.staking.slash(token, staker, amount, BENEFICIARY, sender=CONTROLLER)
        from_unbonding = min(max(amount - ledger.free(staker), 0), ledger.unbonding[staker])
        from_stake = min(amount - from_unbonding, ledger.stake[staker])
        assert taken == from_stake + from_unbonding
        self.done["slash of what unbonds"] += from_unbonding > 0
        self.done["slash of what is locked"] += from_stake > ledger.free(staker)
        ledger.stake[staker] -= from_stake
        ledger.unbonding[staker] -= from_unbonding
        ledger.lock[staker] = min(ledger.lock[staker], ledger.stake[staker])
        ledger.slashed += taken
        ledger.credit[BENEFICIARY] += taken // 2
        ledger.credit[TREASURY] += 0 if name == "TES" else taken - taken // 2

    @action(name=tokens, account=st.sampled_from(EVERYBODY))
    def collect(self, name, account):
        if not any(ledger.credit.total() for ledger in self.ledgers.values()):
            raise NothingToDo
        name = max(TOKENS, key=lambda each: self.ledgers[each].credit[account])
        token, ledger = self.at(name)
        if not ledger.credit[account]:
            account = max(EVERYBODY, key=ledger.credit.__getitem__)
        if not ledger.credit[account]:
            raise NothingToDo
        note(f"collect {name}")
        self.staking.collect(token, sender=account)
        del ledger.credit[account]

    @action(seconds=st.sampled_from([1, UNBONDING_SECONDS // 2, UNBONDING_SECONDS]))
    def wait(self, seconds):
        boa.env.timestamp += seconds

    @action(name=tokens, staker=stakers, intruder=st.sampled_from(EVERYBODY), extra=amounts)
    def ask_for_too_much(self, name, staker, intruder, extra):
        token, ledger = self.at(name)
        with refused("staking: amount exceeds free", self.totals):
            self.staking.unstake(token, ledger.free(staker) + extra, sender=staker)
        with refused("staking: amount is zero", self.totals):
            self.staking.unstake(token, 0, sender=staker)
        with refused("staking: not the controller", self.totals):
            self.staking.slash(token, staker, extra, intruder, sender=intruder)
        if not ledger.unbonding[staker]:
            with refused("staking: nothing to withdraw", self.totals):
                self.staking.withdraw(token, sender=staker)
            with refused("staking: nothing to delay", self.totals):
                self.staking.delay_withdrawal(token, staker, sender=CONTROLLER)
        if not ledger.credit[intruder]:
            with refused("staking: nothing to collect", self.totals):
                self.staking.collect(token, sender=intruder)

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
                if unbonding.amount:
                    assert unbonding.ends_at == ledger.ends_at[staker]
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


def test_stakes__random_moves__keep_the_books_and_all_happen():
    run_and_count(
        StakingMachine,
        "slash of what unbonds",
        "slash of what is locked",
        least=5,
        examples=15,
        steps=40,
    )
