"""The task document: what a requester asks."""

from dataclasses import dataclass
from typing import Any

from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import (
    cids,
    digest_from_hex,
    read_method,
    to_hex,
    write_method,
)
from dao_client.types import Bps, Digest, Json, Method, Wei
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """An answer is one of these labels."""

    labels: tuple[str, ...]

    def accepts(self, value: Json) -> bool:
        """Tell whether a value is an answer that the task asks for."""
        return isinstance(value, str) and value in self.labels


@dataclass(frozen=True, slots=True)
class GoldPromise:
    """Gold that the requester has fixed and opens after the answers: document and salted root."""

    root: Digest
    document: Cid
    count: int


@dataclass(frozen=True, slots=True)
class TaskDocument:
    """What a requester asks; `seat_size` is the stake that a worker needs for one seat.

    Items get `overlap` answers first and up to `overlap_most` where the lead is small. With
    `has_entry` newcomers without a seat may answer and fill their stake from their pay.
    `error_limit` is the share of wrong labels above which the requester does not want the task.
    """

    title: str
    instructions: str
    answer: ChoiceAnswer
    overlap: int
    item_count: int
    pages: tuple[Cid, ...]
    method: Method
    seat_size: Wei
    overlap_most: int = 0
    gold: GoldPromise | None = None
    has_entry: bool = False
    error_limit: Bps | None = None

    @property
    def most_answers(self) -> int:
        """Return how many answers an item gets at most."""
        return max(self.overlap, self.overlap_most)


def build_task(task: TaskDocument) -> bytes:
    """Write a task document."""
    return write(
        Kind.TASK,
        {
            "title": task.title,
            "instructions": task.instructions,
            "answer": {"type": "choice", "labels": list(task.answer.labels)},
            "overlap": task.overlap,
            "item_count": task.item_count,
            "pages": list(task.pages),
            "method": write_method(task.method),
            "seat_size": str(task.seat_size),
            **_optional(task),
        },
    )


def _optional(task: TaskDocument) -> dict[str, Json]:
    """Leave out what is not asked for, so that one task has one document."""
    members: dict[str, Json] = {}
    if task.overlap_most:
        _check_overlap(task)
        members["overlap_most"] = task.overlap_most
    if task.gold:
        gold = task.gold
        members["gold"] = {
            "root": to_hex(gold.root),
            "document": gold.document,
            "count": gold.count,
        }
    if task.has_entry:
        members["has_entry"] = True
    if task.error_limit is not None:
        members["error_limit_bps"] = task.error_limit
    return members


def _check_overlap(task: TaskDocument) -> None:
    if task.overlap_most <= task.overlap:
        refuse(Kind.TASK, "$.overlap_most", task.overlap_most, f"must be more than {task.overlap}")


def _read_gold(members: dict[str, Any]) -> GoldPromise | None:
    gold = members.get("gold")
    if gold is None:
        return None
    return GoldPromise(digest_from_hex(gold["root"]), Cid(gold["document"]), gold["count"])


def parse_task(block: bytes) -> TaskDocument:
    """Read a task document."""
    members: dict[str, Any] = read(Kind.TASK, block)
    task = TaskDocument(
        title=members["title"],
        instructions=members["instructions"],
        answer=ChoiceAnswer(tuple(members["answer"]["labels"])),
        overlap=members["overlap"],
        item_count=members["item_count"],
        pages=cids(members["pages"]),
        method=read_method(members["method"]),
        seat_size=Wei(int(members["seat_size"])),
        overlap_most=members.get("overlap_most", 0),
        gold=_read_gold(members),
        has_entry=members.get("has_entry", False),
        error_limit=members.get("error_limit_bps"),
    )
    if task.overlap_most:
        _check_overlap(task)
    return task
