"""GET /tasks/{task_id}/payouts and /tasks/{task_id}/payouts/{worker}."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path

from dao_api import errors
from dao_api.context import Context, Gateway
from dao_api.payouts.schemas import AnchorOut, FlatOut, PayoutOut, PayoutsOut
from dao_api.payouts.service import Payout, PayoutList
from dao_api.problems import refusals
from dao_api.schemas import AddressText, Limit, Offset, Page, hexadecimal
from dao_api.tasks.endpoints import CHAIN, STORE, TaskIdPath, phase_name
from dao_client.types import Phase, TaskId

router = APIRouter(prefix="/tasks/{task_id}/payouts", tags=["payouts"])
REFUSED = refusals(
    errors.TaskUnknown,
    errors.VerdictUnknown,
    errors.PayoutsUnknown,
    errors.RootMismatched,
    *CHAIN,
    *STORE,
)


@router.get("", responses=REFUSED)
def list_payouts(
    gateway: Gateway, task_id: TaskIdPath, offset: Offset = 0, limit: Limit = 100
) -> PayoutsOut:
    """List who is paid for a task, with proofs and whether they claimed."""
    found = gateway.payouts.payouts(TaskId(task_id))
    return _page(gateway, task_id, found, found.payouts, offset, limit)


@router.get("/{worker}", responses=REFUSED)
def list_payouts_of(
    gateway: Gateway,
    task_id: TaskIdPath,
    worker: Annotated[AddressText, Path()],
    offset: Offset = 0,
    limit: Limit = 100,
) -> PayoutsOut:
    """List what one worker is paid for a task."""
    found = gateway.payouts.payouts(TaskId(task_id))
    own = [payout for payout in found.payouts if payout.worker == worker]
    if not own:
        raise errors.PayoutsUnknown(f"task {task_id} pays nothing to {worker}")
    return _page(gateway, task_id, found, own, offset, limit)


def _page(
    gateway: Context,
    task_id: int,
    found: PayoutList,
    payouts: Sequence[Payout],
    offset: int,
    limit: int,
) -> PayoutsOut:
    shown = payouts[offset : offset + limit]
    claimed = gateway.payouts.are_claimed(TaskId(task_id), shown)
    rows = [_payout(*pair) for pair in zip(shown, claimed, strict=True)]
    return PayoutsOut(
        task_id=task_id,
        phase=phase_name(found.phase),
        kind="flat" if found.phase is Phase.EXPIRED else "verdict",
        anchors=[
            AnchorOut(root=hexadecimal(each.root), answers=each.answers) for each in found.anchors
        ],
        payouts=Page(total=len(payouts), offset=offset, limit=limit, rows=rows),
    )


def _payout(payout: Payout, is_claimed: bool) -> PayoutOut:
    return PayoutOut(
        index=payout.index,
        worker=payout.worker,
        payee=payout.payee,
        amount=str(payout.amount),
        entry_seat=None if payout.entry_seat is None else str(payout.entry_seat),
        is_claimed=is_claimed,
        proof=[hexadecimal(sibling) for sibling in payout.proof()],
        flat=_flat(payout),
    )


def _flat(payout: Payout) -> FlatOut | None:
    if payout.flat is None:
        return None
    position, leaf = payout.flat
    return FlatOut(
        position=position,
        answers=leaf.answers,
        submission_hash=hexadecimal(leaf.submission_hash),
    )
