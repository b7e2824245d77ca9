"""First pay among all other random moves of stake, against the same books."""

from collections import Counter

import pytest
from hypothesis import note, strategies as st
from hypothesis.stateful import initialize, invariant, precondition

from tests.contracts.acting import action, run_and_count
from tests.contracts.conftest import account_of
from tests.contracts.refusals import refused
from tests.contracts.staking.test_stateful import (
    ENTRY_STAKE,
    TOKENS,
    WEALTH,
    StakingMachine,
    amounts,
    shares,
    stakers,
    tokens,
)

pytestmark = pytest.mark.chain

HOLDER = account_of("genesis_holder")


class EntryMachine(StakingMachine):
    """`held` and `seat` by token and account; `own` is what nothing may ever freeze."""

    @initialize()
    def set_up(self):
        super().set_up()
        self.held, self.seat, self.own = Counter(), Counter(), Counter()
        for token in self.tokens.values():
            token.transfer(ENTRY_STAKE, WEALTH, sender=HOLDER)
            token.approve(self.staking, WEALTH, sender=ENTRY_STAKE)

    @action(name=tokens, staker=stakers, amount=amounts)
    def deposit(self, name, staker, amount):
        super().deposit(name, staker, amount)
        self.own[name, staker] += amount

    @action(name=tokens, staker=stakers, amount=amounts, seat=st.integers(1, 2 * 10**6))
    def deposit_entry(self, name, staker, amount, seat):
        note(f"first pay of {amount} {name} into a seat of {seat}")
        token, ledger = self.at(name)
        place = (name, staker)
        self.staking.deposit_entry(token, staker, amount, seat, sender=ENTRY_STAKE)
        if self.is_full(place):
            self.own[place] = ledger.stake[staker]
            self.held[place], self.seat[place] = amount, seat
        else:
            self.held[place] += amount
            self.seat[place] = max(self.seat[place], seat)
        ledger.stake[staker] += amount
        ledger.staked += amount

    def is_full(self, place):
        name, staker = place
        return self.ledgers[name].stake[staker] >= self.seat[place]

    @action(name=tokens, staker=stakers, share=shares)
    def unstake(self, name, staker, share):
        name, staker = self.find(name, staker, "stake")
        token, ledger = self.at(name)
        place, amount = (name, staker), self.part(share, ledger.free(staker))
        if amount and self.is_full(place):
            self.done["full seat is forgotten"] += self.held[place] > 0
            self.held[place] = self.seat[place] = 0
            self.own[place] = ledger.stake[staker]
        elif amount > self.own[place]:
            with refused("staking: seat is not full", self.totals):
                self.staking.unstake(token, amount, sender=staker)
            self.done["held pay stays"] += 1
            return
        super().unstake(name, staker, share)
        self.own[place] -= amount

    @action(name=tokens, staker=stakers, share=st.integers(1, 150))
    def slash(self, name, staker, share):
        name, staker = self.find(name, staker, "stake")
        place, before = (name, staker), self.ledgers[name].stake[staker]
        super().slash(name, staker, share)
        left = self.ledgers[name].stake[staker]
        self.own[place] = max(self.own[place] - (before - left), 0)
        self.held[place] = min(self.held[place], left)
        if not self.held[place]:
            self.seat[place] = 0

    @precondition(lambda self: hasattr(self, "held"))
    @invariant()
    def holds_agree(self):
        for name in TOKENS:
            token, ledger = self.at(name)
            for staker, stake in ledger.stake.items():
                seat, held = self.staking.entry_seat_of(token, staker)
                assert (seat, held) == (self.seat[name, staker], self.held[name, staker])
                assert held + self.own[name, staker] == stake


def test_first_pay__random_moves__keeps_the_books_and_all_happen():
    run_and_count(
        EntryMachine,
        "held pay stays",
        "full seat is forgotten",
        least=5,
        examples=15,
        steps=40,
    )
