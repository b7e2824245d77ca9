"""Say what a beacon drew, for people and for programs."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from dao_client.documents import Image, Item
from dao_client.governance.units import write_bps
from dao_client.types import Task
from dao_client.windows import Windows
from oracle.audit_desk import DrawnItem, items_by_rate, state_of
from oracle.drawing import Drawn


def item_row(drawn: DrawnItem, item: Item) -> dict[str, Any]:
    """Show what an item asks."""
    content = item.content
    return {
        "item": drawn.item,
        "id": item.id,
        "rate": write_bps(drawn.rate),
        "text": None if isinstance(content, Image) else content.text,
        "image": content.image if isinstance(content, Image) else None,
    }


def state_record(task: Task, clock: int, *, is_drawn: bool) -> dict[str, Any]:
    """Show where a task is, and its deadlines."""
    windows = Windows.of(task)
    return {
        "task_id": task.task_id,
        "state": str(state_of(task, clock, is_drawn=is_drawn)),
        "submit_deadline": windows.submit_deadline,
        "opening_deadline": windows.opening_deadline,
        "answer_by": windows.audits_until,
        "audit_deadline": windows.audit_deadline,
        "reveal_deadline": windows.reveal_deadline,
    }


def draw_record(drawn: Drawn, found: Sequence[DrawnItem]) -> dict[str, Any]:
    """Show the beacon, how many items each rate has, and who may be seated."""
    draw, block = drawn.draw, drawn.beacon.block
    counts = items_by_rate(draw, found)
    levels = zip(counts, accumulate(counts.values()), strict=True)
    return {
        "beacon_block": block.number,
        "beacon_hash": "0x" + block.hash.hex(),
        "seed": "0x" + draw.seed.hex(),
        "first_rate": write_bps(draw.rate),
        "items_at_rate": {write_bps(rate): items for rate, items in levels},
        "candidates": list(draw.jury.candidates),
        "operators_for_empty_seats": list(draw.jury.fillers),
    }


def seat_row(drawn: DrawnItem) -> dict[str, Any]:
    """Show who audits an item."""
    return {"item": drawn.item, "rate": write_bps(drawn.rate), "jury": list(drawn.seats)}
