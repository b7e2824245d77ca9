"""What anybody may put on a chain: a task whose document is no task document."""

from dao_client.canonical import digest_of
from dao_client.contracts.events import TaskCreated
from dao_client.contracts.task_escrow import TaskTerms
from dao_client.deployment import System
from dao_client.requester import approve
from dao_client.transactions import Sender
from dao_client.types import Task, TaskId
from ipfs_store import Store

DOCUMENT = b"{}"


def publish_malformed(system: System, sender: Sender, store: Store, like: Task) -> TaskId:
    """Create a task with the clocks and the price of another one, and a document that is none."""
    store.put_block(DOCUMENT)
    approve(system, sender, like.token, like.price)
    terms = TaskTerms(
        token=like.token,
        gateway=like.gateway,
        price=like.price,
        budget=like.price,
        spec=digest_of(DOCUMENT),
        submit_deadline=like.submit_deadline,
        reveal_seconds=like.reveal_deadline - like.submit_deadline,
        verdict_seconds=like.verdict_deadline - like.reveal_deadline,
    )
    created = sender.send(system.task_escrow.create_task(terms))
    (event,) = system.task_escrow.contract.events_in(TaskCreated, created.logs)
    return event.task_id
