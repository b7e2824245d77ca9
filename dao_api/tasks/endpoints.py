"""GET /tasks, /tasks/{task_id}, /tasks/{task_id}/items, /tasks/{task_id}/items/counts."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Path, Query

from dao_api import errors
from dao_api.context import Gateway
from dao_api.database import TaskRow
from dao_api.problems import refusals
from dao_api.schemas import AddressText, Limit, Offset, Page, hexadecimal
from dao_api.tasks.schemas import (
    ChoiceOut,
    ItemCount,
    ItemCounts,
    ItemOut,
    MethodOut,
    PhaseName,
    TaskDetail,
    TaskSummary,
)
from dao_client.documents import Item, Text
from dao_client.types import Address, Phase, TaskId
from ipfs_store import cid_from_digest

router = APIRouter(prefix="/tasks", tags=["tasks"])
TaskIdPath = Annotated[int, Path(ge=1, le=2**63 - 1, description="the task's id on the chain")]
CHAIN = (errors.MalformedRequest, errors.ChainUnreachable, errors.DatabaseUnreachable)
STORE = (errors.PayloadRefused, errors.StoreUnreachable)


@router.get("", responses=refusals(*CHAIN))
def list_tasks(
    gateway: Gateway,
    of_gateway: Annotated[AddressText | None, Query(description="only tasks that name it")] = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Page[TaskSummary]:
    """List tasks, newest first."""
    wanted = Address(of_gateway) if of_gateway else None
    total, rows = gateway.task_rows.page(wanted, offset, limit)
    phases = gateway.view.phases([TaskId(row.task_id) for row in rows])
    listed = [TaskSummary(**_summary(row, phase)) for row, phase in zip(rows, phases, strict=True)]
    return Page(total=total, offset=offset, limit=limit, rows=listed)


@router.get("/{task_id}", responses=refusals(errors.TaskUnknown, *CHAIN, *STORE))
def show_task(gateway: Gateway, task_id: TaskIdPath) -> TaskDetail:
    """Show a task with its document and what the escrow holds of it."""
    row = gateway.task_rows.find(TaskId(task_id))
    if row is None:
        raise errors.TaskUnknown(
            f"task {task_id} is not in the index (yet); GET /health shows its lag"
        )
    task = gateway.tasks.task(TaskId(task_id))
    document = gateway.tasks.document(TaskId(task_id))
    return TaskDetail(
        **_summary(row, gateway.tasks.phase(TaskId(task_id))),
        title=document.title,
        instructions=document.instructions,
        answer=ChoiceOut(labels=list(document.answer.labels)),
        overlap=document.overlap,
        item_count=document.item_count,
        seat_size=str(document.seat_size),
        method=MethodOut(
            name=document.method.name,
            version=document.method.version,
            parameters=dict(document.method.parameters),
        ),
        claimable=str(task.claimable),
        refundable=str(task.refundable),
        flat_price=str(task.flat_price),
        anchored_answers=task.anchored_answers,
        anchors=task.anchors,
        has_forced=task.has_forced,
    )


@router.get("/{task_id}/items", responses=refusals(errors.TaskUnknown, *CHAIN, *STORE))
def list_items(
    gateway: Gateway, task_id: TaskIdPath, offset: Offset = 0, limit: Limit = 100
) -> Page[ItemOut]:
    """List a task's items in order, read from the store."""
    document = gateway.tasks.document(TaskId(task_id))
    items = gateway.payloads.items(document, offset, limit)
    rows = [_item(offset + position, item) for position, item in enumerate(items)]
    return Page(total=document.item_count, offset=offset, limit=limit, rows=rows)


@router.get("/{task_id}/items/counts", responses=refusals(errors.TaskUnknown, *CHAIN, *STORE))
def count_answers(
    gateway: Gateway,
    task_id: TaskIdPath,
    worker: Annotated[AddressText | None, Query(description="whose items to list")] = None,
) -> ItemCounts:
    """Count the answers of every item that has one; the items of a submission are no secret."""
    document = gateway.tasks.document(TaskId(task_id))
    deadline = gateway.tasks.task(TaskId(task_id)).submit_deadline
    rows = gateway.submission_rows.answers_of_items(TaskId(task_id), deadline)
    answered = gateway.submission_rows.items_of_worker(TaskId(task_id), Address(worker or ""))
    return ItemCounts(
        task_id=task_id,
        item_count=document.item_count,
        overlap=document.overlap,
        overlap_most=document.most_answers,
        counts=[ItemCount(item=row[0], answers=row[1], anchored=row[2]) for row in rows],
        answered=list(answered),
    )


def phase_name(phase: Phase) -> PhaseName:
    """Name a phase as the wire does."""
    return cast(PhaseName, phase.name.lower())


def _summary(row: TaskRow, phase: Phase) -> dict[str, Any]:
    return {
        "task_id": row.task_id,
        "phase": phase_name(phase),
        "requester": row.requester,
        "token": row.token,
        "gateway": row.gateway,
        "price": str(row.price),
        "budget": str(row.budget),
        "spec": hexadecimal(row.spec),
        "document": cid_from_digest(row.spec),
        "submit_deadline": row.submit_deadline,
        "reveal_deadline": row.reveal_deadline,
        "verdict_deadline": row.verdict_deadline,
    }


def _item(index: int, item: Item) -> ItemOut:
    if isinstance(item.content, Text):
        return ItemOut(item=index, id=item.id, text=item.content.text)
    return ItemOut(item=index, id=item.id, image=item.content.image)
