"""The batch document: the evidence of one anchor."""

from dataclasses import dataclass

from dao_client.documents.schema import Kind, read, write
from dao_client.documents.values import cids
from dao_client.types import TaskId
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class BatchDocument:
    """How many answers lie under an anchor's root, and the pages of their submissions."""

    task_id: TaskId
    answers: int
    pages: tuple[Cid, ...]


def build_batch(batch: BatchDocument) -> bytes:
    """Write a batch document."""
    return write(
        Kind.BATCH,
        {"task_id": batch.task_id, "answers": batch.answers, "pages": list(batch.pages)},
    )


def parse_batch(block: bytes) -> BatchDocument:
    """Read a batch document."""
    members = read(Kind.BATCH, block)
    return BatchDocument(TaskId(members["task_id"]), members["answers"], cids(members["pages"]))
