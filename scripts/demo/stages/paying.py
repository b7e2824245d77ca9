"""Let workers and jurors take their pay, the requester the rest, the stakers' vault the fee."""

from collections.abc import Sequence

from dao_client.batches import send_many
from dao_client.claims import read_task_payouts
from dao_client.contracts import Call
from dao_client.deployment import System
from dao_client.transactions import Sender
from dao_client.types import Address, PayoutLeaf, TaskId
from ipfs_store import Store
from scripts.demo.amounts import tokens
from scripts.demo.errors import StageFailed
from scripts.demo.journal import Step
from scripts.demo.stages.funding import GAS_LIMIT
from scripts.demo.stages.ground import OWN_CHAIN
from scripts.demo.wallets import Wallets

Claim = tuple[PayoutLeaf, Sequence[bytes]]


def claim_everything(
    system: System, wallets: Wallets, store: Store, task_ids: Sequence[TaskId], step: Step
) -> None:
    """Send everybody's claim from the own wallet: one transaction, whatever the tasks."""
    owed = _owed(system, store, task_ids)
    signers = {signer.address: signer for signer in (*wallets.workers, *wallets.operators)}
    orders = [(signers[worker], _claim(system, worker, owed[worker])) for worker in owed]
    send_many(
        system.chain,
        orders,
        OWN_CHAIN,
        progress=lambda done: step.advance(done, len(orders)),
        gas=GAS_LIMIT,
    )
    leaves = [leaf for claims in owed.values() for leaf, _ in claims]
    if not all(system.task_escrow.are_claimed(leaves)):
        raise StageFailed(f"some payouts of the tasks {list(task_ids)} are not claimed")
    total = sum(leaf.amount for leaf in leaves)
    step.outcome = f"{len(leaves)} payouts to {len(owed)} wallets, {tokens(total)} in all"


def return_the_rest(
    system: System, wallets: Wallets, task_ids: Sequence[TaskId], step: Step
) -> None:
    """Send the requester what nobody earned, and the vault of all stakers the fee."""
    tasks = system.task_escrow.tasks(task_ids)
    requester = Sender(system.chain, wallets.requester, OWN_CHAIN)
    for task in tasks:
        if task.refundable:
            requester.send(system.task_escrow.refund(task.task_id))
    fee = system.task_escrow.fees_of(tasks[0].token)
    if fee:
        requester.send(system.task_escrow.collect_fees(tasks[0].token))
    rest = sum(task.refundable for task in tasks)
    step.outcome = f"{tokens(rest)} back to the requester, {tokens(fee)} fee"


def _owed(system: System, store: Store, task_ids: Sequence[TaskId]) -> dict[Address, list[Claim]]:
    """Return each worker's payouts with their proofs, read from the verdicts' documents."""
    owed: dict[Address, list[Claim]] = {}
    for task in system.task_escrow.tasks(task_ids):
        payouts = read_task_payouts(system, store, task)
        for leaf in payouts.leaves:
            owed.setdefault(leaf.worker, []).append((leaf, payouts.tree.proof(leaf.index)))
    return owed


def _claim(system: System, worker: Address, claims: list[Claim]) -> Call:
    escrow = system.task_escrow
    return escrow.claim(*claims[0]) if len(claims) == 1 else escrow.claim_many(worker, claims)
