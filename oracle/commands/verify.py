"""`tessera verify`: compute a verdict again, and compare."""

import os
from pathlib import Path
from typing import Annotated

import typer

from dao_client.cli.desk import Desk, with_store
from dao_client.cli.options import TaskArgument
from dao_client.cli.output import progress
from dao_client.evidence import export_evidence
from dao_client.types import TaskId
from ipfs_store import CarStore, Cid, Store
from oracle.chain import SystemChain
from oracle.recompute import Comparison, recompute

CarFile = Annotated[
    Path | None,
    typer.Option("--car", help="Read the evidence from this CAR file and from nowhere else."),
]


@with_store
def verify(desk: Desk, task: TaskArgument, car: CarFile = None) -> None:
    """Compute a task's verdict again from chain and store, and compare every root.

    Needs no key and no database, but a node that still has the state of the snapshot's block. Exits
    with 1 and names the first differing leaf, or the damaged block and what it holds.
    """
    system = desk.system
    system.task_escrow.task(TaskId(task))  # raises when there is none
    blocks = desk.store if car is None else CarStore(car)
    with progress(f"computing task {task} again"):
        comparison = recompute(SystemChain(system), blocks, TaskId(task))
        if car is not None:
            _read_all(blocks, comparison.document)
    desk.show(_comparison_record(comparison))
    if comparison.differences:
        raise typer.Exit(1)


def _read_all(store: Store, document: Cid) -> None:
    """Read what no root depends on too (items, images): a damaged block raises with its CID."""
    with Path(os.devnull).open("wb") as nowhere:
        export_evidence(store, document, nowhere)


def _comparison_record(comparison: Comparison) -> dict[str, object]:
    computed = comparison.computed
    return {
        "task_id": computed.task_id,
        "is_equal": not comparison.differences,
        "input_digest": "0x" + computed.input_digest.hex(),
        "labels_root": "0x" + computed.labels_root.hex(),
        "payouts_root": "0x" + computed.payouts_root.hex(),
        "slashes_root": "0x" + computed.slashes_root.hex(),
        "total_payout": str(computed.total_payout),
        "method_hash": "0x" + computed.method_hash.hex(),
        "verdict_document": comparison.document,
        "given_up_by_operators_but_here": list(comparison.found),
        "differences": list(comparison.differences),
    }
