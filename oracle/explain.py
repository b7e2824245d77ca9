"""Say why an item has its label: in a task as operators computed it, or in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from dao_client.amounts import parse_count
from dao_client.documents import parse_snapshot, parse_task
from dao_client.payloads import read_items, read_missing
from dao_client.types import TaskId
from ipfs_store import Store, cid_from_digest

from .aggregate.choice import Explanation, explain
from .chain import OperatorChain
from .collect import collect
from .crowd_table import Labelling
from .errors import NothingToExplain
from .judging import Judged, judge_task
from .types import Evidence, Verified
from .verify import verify_evidence


@dataclass(frozen=True)
class Recount:
    """A task as operators decide it, computed again with everything in between."""

    evidence: Evidence
    verified: Verified
    judged: Judged
    item_ids: tuple[str, ...]


@dataclass(frozen=True)
class ItemExplanation:
    """An explanation with the names behind its numbers; `workers` and `labels` by index."""

    item_id: str
    method: str
    explanation: Explanation
    workers: Sequence[str]
    labels: Sequence[str]


def explain_item(chain: OperatorChain, store: Store, task_id: TaskId, item: str) -> ItemExplanation:
    """Explain an item, named by its id or its number in the task.

    Raises `NothingToExplain` while the evidence is not complete, and for an item that does not
    exist or that nobody answered.
    """
    found = recount(chain, store, task_id)
    place = _place_of(item, found.item_ids, task_id)
    rules, answers = found.evidence.rules, found.judged.answers
    aggregate = found.judged.labels
    if aggregate.labels[place] < 0:
        raise NothingToExplain(f"item {item} of task {task_id} has no counted answer: no label")
    return ItemExplanation(
        item_id=found.item_ids[place],
        method=rules.method.name,
        explanation=explain(answers, aggregate, place),
        workers=found.judged.workers,
        labels=rules.labels,
    )


def explain_row(found: Labelling, item: str) -> ItemExplanation:
    """Explain an item of a table that was aggregated, named as in the table."""
    place = found.frame.items.index_of(item)
    if found.crowd is None or found.result is None:
        raise NothingToExplain(f"{found.method.name} gives no labels: only labels are explained")
    if place is None or found.result.labels[place] < 0:
        raise NothingToExplain(f"{found.frame.source} has no label for an item {item!r}")
    return ItemExplanation(
        item_id=item,
        method=found.method.name,
        explanation=explain(found.crowd.answers, found.result, place),
        workers=found.frame.workers,
        labels=found.frame.answers,
    )


def recount(chain: OperatorChain, store: Store, task_id: TaskId) -> Recount:
    """Compute what the posted verdict was computed from, or what it will be."""
    posted = chain.posted(task_id)
    missing = None
    if posted:
        snapshot = parse_snapshot(store.get_block(cid_from_digest(posted[-1].input_digest)))
        missing = read_missing(store, snapshot.missing)
    collected = collect(chain, store, task_id, missing)
    if collected is None:
        raise NothingToExplain(
            f"answers of task {task_id} may still come: explain it after its reveal deadline, "
            f"see `tessera task show {task_id}`"
        )
    evidence = collected.evidence
    verified = verify_evidence(evidence, chain.wallets(collected.block.number))
    item_ids = _item_ids(chain, store, task_id)
    return Recount(evidence, verified, judge_task(evidence, verified), item_ids)


def _item_ids(chain: OperatorChain, store: Store, task_id: TaskId) -> tuple[str, ...]:
    created = chain.creation(task_id)
    if created is None:
        raise NothingToExplain(f"there is no task {task_id}: `tessera task list` shows them")
    document = parse_task(store.get_block(cid_from_digest(created.spec)))
    return tuple(item.id for item in read_items(store, document))


def _place_of(item: str, item_ids: tuple[str, ...], task_id: TaskId) -> int:
    if item in item_ids:
        return item_ids.index(item)
    place = parse_count(item)
    if place is not None and place < len(item_ids):
        return place
    raise NothingToExplain(
        f"task {task_id} has no item {item!r}: its items are 0..{len(item_ids) - 1}, or their ids"
    )
