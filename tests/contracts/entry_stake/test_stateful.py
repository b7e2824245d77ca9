"""Random verdicts, claims, credits and gifts against a Python twin of all purses."""

from collections import Counter

import pytest
from hypothesis import note, strategies as st
from hypothesis.stateful import initialize, invariant, precondition

from dao_client.documents import PayoutRow
from tests.contracts.acting import ActingMachine, NothingToDo, action, run_and_count
from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.entry_stake.conftest import PROXIES, deploy_contracts
from tests.contracts.refusals import refused

pytestmark = [pytest.mark.chain, PROXIES]

WORKERS = [account_of(f"newcomer {number}") for number in range(3)]
SEATS = (100, 1_000)
TOKENS = ("ordinary", "returns nothing")
WEALTH = 10**9

names = st.sampled_from(TOKENS)
workers = st.sampled_from(WORKERS)
seats = st.sampled_from(SEATS)
seeds = st.integers(0, 2**16)
pays = st.lists(st.tuples(workers, seats, st.integers(1, 300)), min_size=1, max_size=4)


class EntryStakeMachine(ActingMachine):
    """`waits` is what a purse holds of payouts, `gifts` what strangers sent it."""

    @initialize()
    def set_up(self):
        requester = account_of("requester")
        self.contracts = deploy_contracts()
        self.tokens = {
            "ordinary": deploy("mocks/PaymentToken", "Dollar", "USD", 6, requester, WEALTH),
            "returns nothing": deploy("mocks/NoReturnToken", requester, WEALTH),
        }
        for token in self.tokens.values():
            token.approve(self.contracts.escrow, WEALTH, sender=requester)
        self.payouts, self.claimed, self.credited = [], set(), set()
        self.waits, self.gifts, self.stake = Counter(), Counter(), Counter()

    def purse(self, worker, seat):
        return self.contracts.entry.purse_of(worker, seat)

    @action(name=names, pays=pays)
    def settle(self, name, pays):
        rows = [
            PayoutRow(index, worker, wei, seat) for index, (worker, seat, wei) in enumerate(pays)
        ]
        verdict = self.contracts.settle(self.tokens[name], rows)
        note(f"task {verdict.task_id} pays {pays} in {name}")
        self.payouts += [(name, verdict, row) for row in rows]

    def pick(self, seed, is_wanted):
        found = [each for each in range(len(self.payouts)) if is_wanted(each)]
        if not found:
            raise NothingToDo
        return found[seed % len(found)]

    @action(seed=seeds)
    def claim(self, seed):
        place = self.pick(seed, lambda each: each not in self.claimed)
        name, verdict, row = self.payouts[place]
        note(f"claim row {row.index} of task {verdict.task_id}")
        self.contracts.escrow.claim(*verdict.claim_of(row.index))
        self.claimed.add(place)
        self.waits[name, row.worker, row.entry_seat] += row.amount

    @action(seed=seeds)
    def credit(self, seed):
        place = self.pick(seed, lambda each: each not in self.credited)
        name, verdict, row = self.payouts[place]
        note(f"credit row {row.index} of task {verdict.task_id}")
        self.contracts.entry.credit(*verdict.credit_of(row.index))
        if place in self.claimed:
            self.done["credit of what was claimed"] += 1
            self.waits[name, row.worker, row.entry_seat] -= row.amount
        self.claimed.add(place)
        self.credited.add(place)
        self.stake[name, row.worker] += row.amount

    @action(seed=seeds)
    def credit_again(self, seed):
        place = self.pick(seed, lambda each: each in self.credited)
        _, verdict, row = self.payouts[place]
        with refused("entry: already credited", self.totals):
            self.contracts.entry.credit(*verdict.credit_of(row.index))

    @action(seed=seeds, thief=workers, seat=seats)
    def credit_to_another(self, seed, thief, seat):
        def is_foreign(each):
            row = self.payouts[each][2]
            return each not in self.credited and (row.worker, row.entry_seat) != (thief, seat)

        place = self.pick(seed, is_foreign)
        _, verdict, row = self.payouts[place]
        task_id, index, _, _, amount, proof = verdict.credit_of(row.index)
        with refused("merkle: invalid proof", self.totals):
            self.contracts.entry.credit(task_id, index, thief, seat, amount, proof)

    @action(
        name=names, worker=workers, seat=seats, amount=st.integers(1, 50), is_purse=st.booleans()
    )
    def give(self, name, worker, seat, amount, is_purse):
        place = (worker, seat) if is_purse else ()
        to = self.purse(worker, seat) if is_purse else self.contracts.entry
        self.tokens[name].transfer(to, amount, sender=account_of("requester"))
        self.gifts[name, *place] += amount

    def totals(self):
        return [self.contracts.staking.totals_of(token) for token in self.tokens.values()]

    @precondition(lambda self: hasattr(self, "stake"))
    @invariant()
    def every_wei_is_where_it_belongs(self):
        staking, entry = self.contracts.staking, self.contracts.entry
        for name, token in self.tokens.items():
            assert token.balanceOf(entry) == self.gifts[(name,)]
            for worker in WORKERS:
                assert staking.stake_of(token, worker) == self.stake[name, worker]
                for seat in SEATS:
                    place = (name, worker, seat)
                    held = token.balanceOf(self.purse(worker, seat))
                    assert held == self.waits[place] + self.gifts[place]
            staked = sum(self.stake[name, worker] for worker in WORKERS)
            assert tuple(staking.totals_of(token)) == (staked, 0, 0)
            assert token.balanceOf(staking) == staked


def test_purses__random_moves__hold_what_is_theirs_and_all_happen():
    run_and_count(
        EntryStakeMachine,
        "credit of what was claimed",
        least=10,
        examples=12,
        steps=30,
    )
