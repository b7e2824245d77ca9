"""The sealed document: answers that only operators can read, as a worker signs and hands them in.

`answers` names the answers document inside. Its salts are random, so its CID says nothing about
the answers; whoever opens the seal can check it, and everybody else once it is published.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.documents.values import address, from_hex, to_hex
from dao_client.types import Address, ItemIndex, TaskId
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class SealedDocument:
    """One assignment's answers: `boxes` holds each operator's copy of the key of `ciphertext`.

    Without boxes the worker alone can open it.
    """

    task_id: TaskId
    assignment_id: int
    worker: Address
    items: tuple[ItemIndex, ...]
    answers: Cid
    ciphertext: bytes
    boxes: Mapping[Address, bytes]


def build_sealed(document: SealedDocument) -> bytes:
    """Write a sealed document."""
    _check_items(document.items)
    return write(
        Kind.SEALED,
        {
            "task_id": document.task_id,
            "assignment_id": str(document.assignment_id),
            "worker": document.worker,
            "items": list(document.items),
            "answers": document.answers,
            "ciphertext": base64.b64encode(document.ciphertext).decode("ascii"),
            "boxes": {account: to_hex(box) for account, box in document.boxes.items()},
        },
    )


def parse_sealed(block: bytes) -> SealedDocument:
    """Read a sealed document; refuse items that repeat or are out of order."""
    members = read(Kind.SEALED, block)
    items = tuple(ItemIndex(item) for item in members["items"])
    _check_items(items)
    try:
        ciphertext = base64.b64decode(members["ciphertext"], validate=True)
    except ValueError:
        refuse(Kind.SEALED, "$.ciphertext", members["ciphertext"], "is no base64")
    return SealedDocument(
        task_id=TaskId(members["task_id"]),
        assignment_id=int(members["assignment_id"]),
        worker=address(members["worker"]),
        items=items,
        answers=Cid(members["answers"]),
        ciphertext=ciphertext,
        boxes={Address(account): from_hex(box) for account, box in members["boxes"].items()},
    )


def _check_items(items: tuple[ItemIndex, ...]) -> None:
    for position in range(1, len(items)):
        before, item = items[position - 1], items[position]
        if before >= item:
            refuse(Kind.SEALED, f"$.items[{position}]", item, f"must be greater than {before}")
