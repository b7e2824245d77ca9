"""Rewards among the real contracts whose money it shares; an account plays the Timelock."""

from dataclasses import astuple, dataclass

import boa
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.task_escrow.tasks import DAY, HOUR, Terms
from tests.system import METHOD, TES, ParameterValues

WEEK = 7 * DAY
SUPPLY = 1_000_000 * TES
CAP = 104_000 * TES  # 1,000 TES a week in the first year
HOUSE_CAP = 1_000 * TES
RATE = 10**30  # one TES for a dollar of 10**6 wei

HOLDER = account_of("genesis_holder")
TIMELOCK = account_of("timelock")
TREASURY = account_of("treasury")
REQUESTER = account_of("requester")
GATEWAY = account_of("gateway")
ARBITRATOR = account_of("arbitrator")
INSURANCE = account_of("insurance")


@dataclass(frozen=True)
class Stage:
    tes: VyperContract
    staking: VyperContract
    escrow: VyperContract
    oracle: VyperContract
    parameters: VyperContract
    house: VyperContract
    rewards: VyperContract

    def stake(self, account: str, amount: int) -> None:
        """Give an account TES and stake them in its name."""
        self.tes.transfer(account, amount, sender=HOLDER)
        self.tes.approve(self.staking, amount, sender=account)
        self.staking.deposit(self.tes, amount, sender=account)

    def slash(self, account: str, amount: int) -> None:
        """Slash as VerdictOracle does."""
        sender = self.oracle.address
        self.staking.slash(self.tes, account, amount, TREASURY, sender=sender)

    def create_task(self, token: VyperContract, budget: int) -> int:
        """Post a task; the requester is given what it costs."""
        token.transfer(REQUESTER, budget, sender=HOLDER)
        token.approve(self.escrow, budget, sender=REQUESTER)
        terms = Terms(token.address, GATEWAY, budget=budget)
        return int(self.escrow.create_task(terms.as_tuple(), sender=REQUESTER))

    def settle(self, task_id: int, root: bytes, payout: int, fee_bps: int = 200) -> None:
        """End a task as VerdictOracle does, without its signatures; a day and an hour pass."""
        boa.env.timestamp += DAY + HOUR
        sender = self.oracle.address
        self.escrow.settle(task_id, root, payout, fee_bps, sender=sender)

    def earn(self, token: VyperContract, payout: int) -> int:
        """Let a task end that leaves a fee of 2 % of `payout`, and return the fee."""
        task_id = self.create_task(token, payout * 2)
        self.settle(task_id, keccak(b"payouts"), payout)
        return payout * 200 // 10_000


def deploy_stage(rates: list[tuple[str, int]] | None = None, cap: int = CAP) -> Stage:
    """Deploy what Rewards works with, and Rewards as the only minter and fee recipient."""
    tes, staking, escrow, oracle, parameters, house, rewards = predict_addresses(7)
    deployed = (
        deploy("WorkToken", [(HOLDER, SUPPLY)], rewards),
        deploy("Staking", tes, oracle, TREASURY, parameters, account_of("entry_stake")),
        deploy("TaskEscrow", oracle, rewards),
        deploy(
            "VerdictOracle",
            *(staking, escrow, tes, parameters, ARBITRATOR, TREASURY, INSURANCE),
        ),
        deploy("Parameters", TIMELOCK, escrow, list(astuple(ParameterValues())), [METHOD]),
        deploy("WorkerHouse", rewards, HOUSE_CAP, 0),
        deploy("Rewards", tes, staking, escrow, oracle, house, TIMELOCK, cap, rates or []),
    )
    assert deployed[-1].address == rewards
    return Stage(*deployed)
