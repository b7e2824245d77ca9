"""Stakers and operators come and go as they may."""

from hypothesis import note, strategies as st

from tests.contracts.acting import NothingToDo, action
from tests.contracts.stateful.machine import SystemMachine
from tests.system import DAY, TES

WAIT = (7 + 21 + 3) * DAY


class StakeRules(SystemMachine):
    """Deposit, unstake, withdraw, collect, register, retire, release."""

    @action(worker=st.integers(0, 3), token=st.integers(0, 1), amount=st.integers(1, 10_000))
    def deposit(self, worker: int, token: int, amount: int) -> None:
        asset = self.stage.tokens[token]
        note(f"worker {worker} stakes {amount} of token {token}")
        self.stage.staking.deposit(asset, amount, sender=self.stage.workers[worker])
        self.stakes[asset.address].staked += amount

    @action(worker=st.integers(0, 3), token=st.integers(0, 1), share=st.integers(1, 4))
    def unstake(self, worker: int, token: int, share: int) -> None:
        asset, account = self.stage.tokens[token], self.stage.workers[worker]
        amount = self.stage.staking.stake_of(asset, account) // share
        if not amount:
            raise NothingToDo
        note(f"worker {worker} unstakes {amount} of token {token}")
        self.stage.staking.unstake(asset, amount, sender=account)

    @action(worker=st.integers(0, 3), token=st.integers(0, 1))
    def withdraw(self, worker: int, token: int) -> None:
        asset, account = self.stage.tokens[token], self.stage.workers[worker]
        unbonding = self.stage.staking.unbonding_of(asset, account)
        if not unbonding.amount:
            raise NothingToDo
        self.travel_to(unbonding.ends_at)
        note(f"worker {worker} withdraws {unbonding.amount} of token {token}")
        self.stage.staking.withdraw(asset, sender=account)
        self.stakes[asset.address].withdrawn += unbonding.amount

    @action()
    def collect_credits(self) -> None:
        accounts = (self.stage.challenger, self.stage.roles.treasury)
        credits = {
            account: credit
            for account in accounts
            if (credit := self.stage.staking.credit_of(self.stage.tes, account))
        }
        if not credits:
            raise NothingToDo
        for account, credit in credits.items():
            note(f"{account} collects {credit}")
            self.stage.staking.collect(self.stage.tes, sender=account)
            self.stakes[self.stage.tes.address].collected += credit

    @action(number=st.integers(0, 2))
    def retire(self, number: int) -> None:
        address = self.stage.operators[number].address
        operator = self.stage.oracle.operator_of(address)
        is_last = self.stage.oracle.total_operator_stake() == operator.stake
        if not operator.stake or operator.retired_at or is_last:
            raise NothingToDo
        note(f"operator {number} retires")
        self.stage.oracle.retire_operator(sender=address)

    @action(number=st.integers(0, 2))
    def release_and_return(self, number: int) -> None:
        address = self.stage.operators[number].address
        operator = self.stage.oracle.operator_of(address)
        if not operator.retired_at:
            raise NothingToDo
        self.travel_to(operator.retired_at + WAIT)
        note(f"operator {number} is released with {operator.stake}")
        self.stage.oracle.release_operator(sender=address)
        if operator.stake >= self.values.min_operator_stake_tes * TES:
            self.stage.oracle.register_operator(operator.stake, sender=address)
