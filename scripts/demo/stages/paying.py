"""Let workers take their pay, the requester the rest, the treasury the fee."""

from dao_client.batches import Order, send_many
from dao_client.claims import read_task_payouts
from dao_client.deployment import System
from dao_client.transactions import Sender
from dao_client.types import TaskId
from ipfs_store import Store
from scripts.demo.amounts import tokens
from scripts.demo.errors import StageFailed
from scripts.demo.journal import Step
from scripts.demo.stages.funding import GAS_LIMIT
from scripts.demo.wallets import Wallets


def claim_everything(
    system: System, wallets: Wallets, store: Store, task_id: TaskId, step: Step
) -> None:
    """Send every worker's claim from its own wallet, proved by the verdict's documents."""
    payouts = read_task_payouts(system, store, system.task_escrow.task(task_id))
    signers = {signer.address: signer for signer in wallets.workers}
    orders: list[Order] = [
        (signers[leaf.worker], system.task_escrow.claim(leaf, payouts.tree.proof(leaf.index)))
        for leaf in payouts.leaves
    ]
    send_many(
        system.chain, orders, progress=lambda done: step.advance(done, len(orders)), gas=GAS_LIMIT
    )
    if not all(system.task_escrow.are_claimed(payouts.leaves)):
        raise StageFailed(f"some payouts of task {task_id} are not claimed")
    total = sum(leaf.amount for leaf in payouts.leaves)
    step.outcome = f"{len(orders)} payouts, {tokens(total)} in all"


def return_the_rest(system: System, wallets: Wallets, task_id: TaskId, step: Step) -> None:
    """Send the requester what nobody earned, and the treasury its fee."""
    task = system.task_escrow.task(task_id)
    fee = system.task_escrow.fees_of(task.token)
    if task.refundable:
        refund = system.task_escrow.refund(task_id)
        Sender(system.chain, wallets.requester).send(refund)
    if fee:
        collect = system.task_escrow.collect_fees(task.token)
        Sender(system.chain, wallets.treasury).send(collect)
    step.outcome = f"{tokens(task.refundable)} back to the requester, {tokens(fee)} fee"
