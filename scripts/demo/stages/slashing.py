"""Wait until operators have taken what a verdict takes of stakes; share out what it brought."""

from collections.abc import Sequence

from dao_client.contracts.events import WorkerSlashed
from dao_client.deployment import System
from dao_client.documents import PayoutRow, parse_verdict
from dao_client.payloads import read_payouts
from dao_client.transactions import Sender
from dao_client.types import PayoutLeaf, TaskId
from ipfs_store import Store, cid_from_digest
from scripts.demo.amounts import tokens
from scripts.demo.journal import Step
from scripts.demo.processes import Processes
from scripts.demo.stages.ground import OWN_CHAIN, payment_token
from scripts.demo.wallets import Wallets

TIMEOUT_SECONDS = 180.0


def slashes_of(system: System, store: Store, task_id: TaskId) -> tuple[PayoutRow, ...]:
    """Read who is slashed, from the documents of a task's last verdict."""
    *_, posted = system.verdict_oracle.posted(task_id, system.first_block)
    document = parse_verdict(store.get_block(cid_from_digest(posted.document)))
    return read_payouts(store, document.slashes)


def await_slashes(
    system: System, store: Store, processes: Processes, task_ids: Sequence[TaskId], step: Step
) -> None:
    """Wait until every slash of the final verdicts was carried out; operators do that."""
    leaves = [
        PayoutLeaf(task_id, row.index, row.worker, row.amount)
        for task_id in task_ids
        for row in slashes_of(system, store, task_id)
    ]

    def all_slashed() -> bool | None:
        done = sum(system.verdict_oracle.are_slashed(leaves))
        step.advance(done, len(leaves))
        return True if done == len(leaves) else None

    processes.wait_until(all_slashed, "the slash of the last worker", TIMEOUT_SECONDS)
    events = system.verdict_oracle.contract.events(WorkerSlashed, first=system.first_block)
    taken = sum(event.taken for event in events)
    step.outcome = f"{len(leaves)} stakes slashed, {tokens(taken)} in all"


def share_out(system: System, wallets: Wallets) -> None:
    """Bring the halves of what was slashed to insurance pool and treasury; anyone may."""
    token, staking = payment_token(system), system.staking
    for account in (system.insurance_pool, system.treasury):
        if staking.credit_of(token, account.address):
            Sender(system.chain, wallets.requester, OWN_CHAIN).send(account.collect(token))
