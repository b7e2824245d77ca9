"""Tasks in TES, of which one verdict slashes workers who also operate and dispute."""

from random import Random

import boa
from eth_account import Account
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.task_escrow.tasks import Terms, payouts
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    DOCUMENT,
    REVEAL_ENDS,
    STAKE,
    Verdict,
    sign_all,
)
from tests.system import Roles, deploy_system

HOLDER, REQUESTER, GATEWAY, TREASURY, ARBITRATOR, FEES, TIMELOCK = (
    account_of(role)
    for role in (
        *("genesis_holder", "requester", "gateway"),
        *("treasury", "arbitrator", "fee_recipient", "timelock"),
    )
)
KEYS = sorted(
    (Account.from_key(keccak(text=f"operator {number}")) for number in range(3)),
    key=lambda key: int(key.address, 16),
)
WORKERS = [*(key.address for key in KEYS), account_of("challenger")]
SLASHED = [*WORKERS, WORKERS[3], WORKERS[3]]  # who pledges nothing but bonds, most often
LEAVES, DISPUTABLE = 24, (2, 3, 4)


class SlashWorld:
    """The contracts, the final verdict's tree, and what was slashed, locked and withdrawn."""

    def build(self, seed):
        """Deploy, stake, register, and post the verdicts."""
        system = deploy_system(Roles(HOLDER, TREASURY, ARBITRATOR, FEES, TIMELOCK))
        self.oracle, self.staking, self.tes = (
            *(system.verdict_oracle, system.staking, system.work_token),
        )
        self.escrow, self.pool = system.task_escrow, system.insurance_pool
        for account in WORKERS:
            self.tes.transfer(account, 4 * STAKE, sender=HOLDER)
            self.tes.approve(self.staking, 4 * STAKE, sender=account)
            amount = 2 * BOND if account == WORKERS[3] else 2 * STAKE
            self.staking.deposit(self.tes, amount, sender=account)
        for account in WORKERS[:3]:
            self.oracle.register_operator(STAKE, sender=account)
        self.slashed, self.open, self.disputed, self.struck = set(), {}, set(), set()
        self.bonds, self.deferred = dict.fromkeys(WORKERS, 0), dict.fromkeys(WORKERS, 0)
        self.taken = self.bonds_lost = self.withdrawn = 0
        self.post_verdicts(Random(seed))

    def post_verdicts(self, dice):
        """Make the first task's verdict final, and those of the others open to disputes."""
        self.tes.transfer(REQUESTER, 10**9, sender=HOLDER)
        self.tes.approve(self.escrow, 10**9, sender=REQUESTER)
        for _ in (1, *DISPUTABLE):
            terms = Terms(self.tes.address, GATEWAY).as_tuple()
            self.escrow.create_task(terms, sender=REQUESTER)
        sizes = (1, BOND, STAKE // 3, STAKE, 3 * STAKE)
        rows = [(dice.choice(SLASHED), dice.choice(sizes)) for _ in range(LEAVES)]
        self.tree = payouts(1, rows)
        self.verdict = Verdict(1, slashes_root=self.tree.root)
        boa.env.timestamp += REVEAL_ENDS
        self.post(self.verdict)
        boa.env.timestamp += CHALLENGE
        self.oracle.finalise(self.verdict.as_tuple())
        for task_id in DISPUTABLE:
            self.post(Verdict(task_id))

    def post(self, verdict):
        signatures = sign_all(verdict, self.oracle, KEYS)
        self.oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures, sender=WORKERS[0])

    def end_bond(self, task_id, is_lost):
        """Book the end of a dispute: slashes get what they wait for, unless the bond is lost."""
        account = self.open.pop(task_id)
        due = 0 if is_lost else min(self.deferred[account], BOND)
        self.bonds[account] -= BOND
        self.bonds_lost += BOND if is_lost else 0
        self.deferred[account] = min(self.deferred[account] - due, self.bonds[account])
        self.taken += due

    def stake_of(self, account):
        return self.staking.stake_of(self.tes, account)

    def free_of(self, account):
        return self.stake_of(account) - self.staking.lock_of(self.tes, account)

    def unbonding_of(self, account):
        return self.staking.unbonding_of(self.tes, account).amount
