"""`tessera slash`: carry out the slashes of a final verdict."""

from dao_client.cli.desk import Desk, with_store_and_wallet
from dao_client.cli.options import TaskArgument
from dao_client.cli.output import progress
from dao_client.errors import TransactionRefused
from dao_client.types import Phase, TaskId
from oracle.chain import SystemChain
from oracle.slashing import carry_out, pending_slashes


@with_store_and_wallet
def slash(desk: Desk, task: TaskArgument) -> None:
    """Slash whom a task's final verdict slashes, one transaction each. Anyone may.

    Operators do it by themselves; this is for when they do not. What is done already is left out.
    """
    chain = SystemChain(desk.system, desk.sender)
    phase = chain.phases([TaskId(task)])[0]
    if phase is not Phase.FINAL:
        raise TransactionRefused(
            f"task {task} is {phase.name}: only a final verdict slashes, wait for it",
            "verdict is not final",
        )
    posted = chain.posted(TaskId(task))[-1]
    token = desk.system.task_escrow.task(TaskId(task)).token
    with progress(f"slashing the workers of task {task}"):
        rows = [
            {
                "worker": pending.leaf.worker,
                "index": pending.leaf.index,
                "amount": desk.amount(token, pending.leaf.amount),
                "outcome": "slashed" if carry_out(chain, pending) else "done by another",
            }
            for pending in pending_slashes(chain, desk.store, posted)
        ]
    desk.show(rows)
