"""Random proposals against a Python twin: the limit rolls, grants are exact, promises are kept."""

import boa
import pytest
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.treasury.conftest import DAY, WEALTH, WINDOW
from tests.contracts.treasury.twin import Promise, Twin

pytestmark = pytest.mark.chain

TIMELOCK = account_of("timelock")
DONOR = account_of("donor")
RECIPIENT = account_of("recipient")
HOLDERS = [account_of(f"grant holder {number}") for number in range(2)]

shares = st.integers(1, 100)
known_grant = precondition(lambda self: self.twin.promises)


class TreasuryMachine(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        self.token = deploy("WorkToken", [(DONOR, 10**12)], TIMELOCK)
        self.vault = deploy("Treasury", TIMELOCK, RECIPIENT, [])
        self.token.transfer(self.vault, WEALTH, sender=DONOR)
        self.twin = Twin(WEALTH)

    def books(self):
        return self.vault.free_balance(self.token), self.vault.reserved_of(self.token)

    @rule(amount=st.integers(1, WEALTH))
    def donate(self, amount):
        note(f"donate {amount}")
        self.token.transfer(self.vault, amount, sender=DONOR)
        self.twin.balance += amount

    @rule(share=shares)
    def spend(self, share):
        amount = self.twin.spendable(boa.env.timestamp) * share // 100
        if amount:
            note(f"spend {amount}")
            self.vault.spend(self.token, RECIPIENT, amount, sender=TIMELOCK)
            self.twin.spendings.append((boa.env.timestamp, amount))
            self.twin.balance -= amount

    @rule(share=st.integers(1, 30))
    def spend_over_limit(self, share):
        amount = self.twin.free(boa.env.timestamp) * share // 100
        if amount:
            note(f"spend {amount} over the limit")
            self.vault.spend_over_limit(self.token, RECIPIENT, amount, sender=TIMELOCK)
            self.twin.spendings.append((boa.env.timestamp, amount))
            self.twin.balance -= amount

    @rule(extra=st.integers(1, WEALTH))
    def spend_too_much(self, extra):
        now = boa.env.timestamp
        with refused("treasury: exceeds the limit", self.books):
            amount = self.twin.spendable(now) + extra
            self.vault.spend(self.token, RECIPIENT, amount, sender=TIMELOCK)
        with refused("treasury: exceeds free balance", self.books):
            amount = self.twin.free(now) + extra
            self.vault.spend_over_limit(self.token, RECIPIENT, amount, sender=TIMELOCK)

    @rule(
        share=shares,
        holder=st.sampled_from(HOLDERS),
        delay=st.integers(-20, 20),
        cliff=st.integers(0, 40),
        duration=st.integers(1, 120),
        odd=st.integers(0, 3_600),
    )
    def open_grant(self, share, holder, delay, cliff, duration, odd):
        now = boa.env.timestamp
        amount = self.twin.spendable(now) * share // 100
        if amount == 0:
            return
        times = (now + delay * DAY, min(cliff, duration) * DAY, duration * DAY + odd)
        note(f"grant {amount} {times}")
        self.vault.open_grant(self.token, holder, amount, *times, sender=TIMELOCK)
        self.twin.spendings.append((now, amount))
        self.twin.promises.append(Promise(holder, amount, *times))

    @known_grant
    @rule(pick=st.integers(0, 100))
    def cancel_grant(self, pick):
        now, index = boa.env.timestamp, pick % len(self.twin.promises)
        promise = self.twin.promises[index]
        if promise.stopped_at is not None:
            reason = "grant: already cancelled"
        elif promise.vested(now) == promise.amount:
            reason = "grant: already vested"
        else:
            note(f"cancel {index}")
            self.vault.cancel_grant(index + 1, sender=TIMELOCK)
            promise.stopped_at = now
            return
        with refused(reason, self.books):
            self.vault.cancel_grant(index + 1, sender=TIMELOCK)

    @known_grant
    @rule(pick=st.integers(0, 100))
    def claim_grant(self, pick):
        now, index = boa.env.timestamp, pick % len(self.twin.promises)
        promise = self.twin.promises[index]
        due = promise.vested(now) - promise.paid
        if due == 0:
            with refused("grant: nothing vested", self.books):
                self.vault.claim_grant(index + 1)
            return
        note(f"claim {due} of {index}")
        before = self.token.balanceOf(promise.holder)
        self.vault.claim_grant(index + 1)
        assert self.token.balanceOf(promise.holder) == before + due
        promise.paid += due
        self.twin.balance -= due

    @rule(seconds=st.sampled_from([1, DAY, 7 * DAY, WINDOW - 1, WINDOW]))
    def wait(self, seconds):
        boa.env.timestamp += seconds

    @precondition(lambda self: hasattr(self, "twin"))
    @invariant()
    def books_agree(self):
        now = boa.env.timestamp
        assert self.token.balanceOf(self.vault) == self.twin.balance
        assert self.vault.reserved_of(self.token) == self.twin.reserved(now)
        assert self.vault.free_balance(self.token) == self.twin.free(now) >= 0
        assert self.vault.spent_of(self.token) == self.twin.spent(now)
        assert self.vault.spendable_of(self.token) == self.twin.spendable(now)
        for index, promise in enumerate(self.twin.promises):
            due = promise.vested(now) - promise.paid
            assert self.vault.claimable_grant(index + 1) == due >= 0


TreasuryMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, derandomize=True
)
TestTreasury = TreasuryMachine.TestCase
