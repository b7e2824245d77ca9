"""The task document: what a requester asks."""

from dataclasses import dataclass
from typing import Any

from dao_client.documents.schema import Kind, read, write
from dao_client.documents.values import cids, read_method, write_method
from dao_client.types import Json, Method, Wei
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """An answer is one of these labels."""

    labels: tuple[str, ...]

    def accepts(self, value: Json) -> bool:
        """Tell whether a value is an answer that the task asks for."""
        return isinstance(value, str) and value in self.labels


@dataclass(frozen=True, slots=True)
class TaskDocument:
    """What a requester asks; `seat_size` is the stake that a worker needs for one seat."""

    title: str
    instructions: str
    answer: ChoiceAnswer
    overlap: int
    item_count: int
    pages: tuple[Cid, ...]
    method: Method
    seat_size: Wei


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
        },
    )


def parse_task(block: bytes) -> TaskDocument:
    """Read a task document."""
    members: dict[str, Any] = read(Kind.TASK, block)
    return TaskDocument(
        title=members["title"],
        instructions=members["instructions"],
        answer=ChoiceAnswer(tuple(members["answer"]["labels"])),
        overlap=members["overlap"],
        item_count=members["item_count"],
        pages=cids(members["pages"]),
        method=read_method(members["method"]),
        seat_size=Wei(int(members["seat_size"])),
    )
