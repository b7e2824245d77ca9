"""Give every worker a wallet with a stake, and every operator a bond."""

from collections.abc import Sequence
from functools import partial

from dao_client.batches import send_many
from dao_client.contracts import Call
from dao_client.deployment import System
from dao_client.keys import LocalSigner
from dao_client.types import Wei
from scripts.demo.crowd import CrowdWorker
from scripts.demo.journal import Step
from scripts.demo.stages.ground import OWN_CHAIN, payment_token
from scripts.demo.wallets import Wallets

ONE = 10**18
PRICE = Wei(ONE // 20)
SEAT_SIZE = Wei(100 * PRICE)
"""What the money rule wants at stake: the price of a hundred answers."""
GAS_LIMIT = 300_000

Order = tuple[LocalSigner, Call]


def stake_of(worker: CrowdWorker) -> Wei:
    """Return what a worker puts at stake."""
    return Wei(SEAT_SIZE * worker.stake_percent // 100)


def stake_workers(
    system: System, wallets: Wallets, crowd: Sequence[CrowdWorker], step: Step
) -> None:
    """Send each worker its stake in the payment token; each approves and deposits it itself."""
    address = payment_token(system)
    token, staking = system.token(address), system.staking
    owners = list(zip(wallets.workers, map(stake_of, crowd), strict=True))
    rounds: list[list[Order]] = [
        [(wallets.deployer, token.transfer(owner.address, stake)) for owner, stake in owners],
        [(owner, token.approve(staking.address, stake)) for owner, stake in owners],
        [(owner, staking.deposit(address, stake)) for owner, stake in owners],
    ]
    _send_rounds(system, rounds, step)
    step.outcome = f"{len(owners)} wallets with {len(owners)} stakes"


def register_operators(system: System, wallets: Wallets, step: Step) -> None:
    """Send each operator TES; each deposits it and locks it as an operator."""
    token, staking = system.work_token, system.staking
    operators, stake = wallets.operators, system.parameters.min_operator_stake()
    rounds: list[list[Order]] = [
        [(wallets.deployer, token.transfer(owner.address, stake)) for owner in operators],
        [(owner, token.approve(staking.address, stake)) for owner in operators],
        [(owner, staking.deposit(token.address, stake)) for owner in operators],
        [(owner, system.verdict_oracle.register_operator(stake)) for owner in operators],
    ]
    _send_rounds(system, rounds, step)
    step.outcome = f"{len(operators)} operators with {stake // ONE:,} TES each"


def _send_rounds(system: System, rounds: Sequence[Sequence[Order]], step: Step) -> None:
    """Send one round after the other: each stands on the one before."""
    total, done = sum(map(len, rounds)), 0
    for orders in rounds:
        progress = partial(step.after, done, total)
        send_many(system.chain, orders, OWN_CHAIN, progress, GAS_LIMIT)
        done += len(orders)
