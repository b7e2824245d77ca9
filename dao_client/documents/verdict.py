"""The verdict document: what stands behind a posted verdict."""

from dataclasses import asdict, dataclass

from dao_client.documents.schema import Kind, read, write
from dao_client.documents.values import cids, read_method, write_method
from dao_client.types import Method, TaskId
from ipfs_store import Cid


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the task went: the crowd's health (lambda, by 10**9), and what audits say of its labels.

    `errors` counts `audited` items on which the task's method was wrong before it was overruled.
    """

    health: int
    audited: int
    errors: int
    is_delivered: bool


@dataclass(frozen=True, slots=True)
class VerdictDocument:
    """The input of a verdict and the pages of rows that it came to."""

    task_id: TaskId
    snapshot: Cid
    method: Method
    labels: tuple[Cid, ...]
    payouts: tuple[Cid, ...]
    slashes: tuple[Cid, ...]
    refusals: tuple[Cid, ...]
    outcome: Outcome


def build_verdict(verdict: VerdictDocument) -> bytes:
    """Write a verdict document."""
    return write(
        Kind.VERDICT,
        {
            "task_id": verdict.task_id,
            "snapshot": verdict.snapshot,
            "method": write_method(verdict.method),
            "labels": list(verdict.labels),
            "payouts": list(verdict.payouts),
            "slashes": list(verdict.slashes),
            "refusals": list(verdict.refusals),
            "outcome": asdict(verdict.outcome),
        },
    )


def parse_verdict(block: bytes) -> VerdictDocument:
    """Read a verdict document."""
    members = read(Kind.VERDICT, block)
    return VerdictDocument(
        task_id=TaskId(members["task_id"]),
        snapshot=Cid(members["snapshot"]),
        method=read_method(members["method"]),
        labels=cids(members["labels"]),
        payouts=cids(members["payouts"]),
        slashes=cids(members["slashes"]),
        refusals=cids(members["refusals"]),
        outcome=Outcome(**members["outcome"]),
    )
