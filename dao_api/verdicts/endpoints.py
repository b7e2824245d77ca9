"""GET /tasks/{task_id}/verdict."""

from fastapi import APIRouter

from dao_api import errors
from dao_api.context import Gateway
from dao_api.problems import refusals
from dao_api.schemas import Limit, Offset, Page, hexadecimal
from dao_api.tasks.endpoints import CHAIN, STORE, TaskIdPath, phase_name
from dao_api.tasks.schemas import MethodOut
from dao_api.verdicts.schemas import LabelOut, VerdictOut
from dao_api.verdicts.service import CheckedVerdict
from dao_client.types import TaskId
from ipfs_store import cid_from_digest

router = APIRouter(prefix="/tasks/{task_id}/verdict", tags=["verdicts"])


@router.get(
    "",
    responses=refusals(
        errors.TaskUnknown, errors.VerdictUnknown, errors.RootMismatched, *CHAIN, *STORE
    ),
)
def show_verdict(
    gateway: Gateway, task_id: TaskIdPath, offset: Offset = 0, limit: Limit = 100
) -> VerdictOut:
    """Show the verdict that stands for a task, with a page of its labels."""
    checked = gateway.verdicts.verdict(TaskId(task_id))
    verdict, method = checked.verdict, checked.document.method
    return VerdictOut(
        task_id=task_id,
        phase=phase_name(gateway.tasks.phase(TaskId(task_id))),
        input_digest=hexadecimal(verdict.input_digest),
        labels_root=hexadecimal(verdict.labels_root),
        payouts_root=hexadecimal(verdict.payouts_root),
        slashes_root=hexadecimal(verdict.slashes_root),
        total_payout=str(verdict.total_payout),
        method_hash=hexadecimal(verdict.method_hash),
        method=MethodOut(
            name=method.name, version=method.version, parameters=dict(method.parameters)
        ),
        document=cid_from_digest(checked.document_digest),
        snapshot=checked.document.snapshot,
        labels=_labels(checked, offset, limit),
    )


def _labels(checked: CheckedVerdict, offset: int, limit: int) -> Page[LabelOut]:
    rows = [
        LabelOut(
            item=row.item,
            answer=row.answer,
            confidence_bps=row.confidence,
            proof=[hexadecimal(each) for each in checked.labels_tree.proof(offset + position)],
        )
        for position, row in enumerate(checked.labels[offset : offset + limit])
    ]
    return Page(total=len(checked.labels), offset=offset, limit=limit, rows=rows)
