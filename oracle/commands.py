"""Commands that the oracle adds to `tessera`: verify, aggregate."""

import csv
import os
import time
from pathlib import Path
from typing import Annotated

import typer

from dao_client.cli.desk import Desk, with_store
from dao_client.cli.options import AsJson, TaskArgument
from dao_client.cli.output import progress, show
from dao_client.evidence import export_evidence
from dao_client.types import TaskId
from ipfs_store import CarStore, Cid, Store

from .aggregate import DEFAULT_METHOD, METHODS
from .aggregate.choice import Aggregate, LocalCrowd
from .chain import SystemChain
from .crowd_file import Crowd, count_right, read_crowd, read_truths
from .errors import CrowdFileRefused
from .recompute import Comparison, recompute

CarFile = Annotated[
    Path | None,
    typer.Option("--car", help="Read the evidence from this CAR file and from nowhere else."),
]
AnswersFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="CSV with task,worker,answer (or label); .gz too.")
]
MethodName = Annotated[str, typer.Option("--method", help=f"One of {', '.join(METHODS)}.")]
OutFile = Annotated[
    Path | None, typer.Option("--out", help="Write the labels to this CSV file as well.")
]
TruthFile = Annotated[
    Path | None, typer.Option("--truth", help="CSV with task,truth to measure the accuracy.")
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


def aggregate(
    file: AnswersFile,
    method: MethodName = DEFAULT_METHOD,
    out: OutFile = None,
    truth: TruthFile = None,
    as_json: AsJson = False,
) -> None:
    """Turn a CSV of answers into labels, as operators do."""
    if method not in METHODS:
        raise CrowdFileRefused(f"no method is called {method!r}: choose {', '.join(METHODS)}")
    with progress(f"aggregating {file}"):
        crowd = read_crowd(file)
        began = time.perf_counter()
        result: Aggregate = METHODS[method].aggregate(
            LocalCrowd(crowd.answers), METHODS[method].parameters
        )
        seconds = time.perf_counter() - began
    if out is not None:
        _write_labels(out, crowd, result)
    record: dict[str, object] = {
        "method": method,
        "answers": crowd.answers.answer_count,
        "items": len(crowd.items),
        "workers": len(crowd.workers),
        "repeated_answers": crowd.repeated,
        "seconds": round(seconds, 3),
    }
    if truth is not None:
        right, known = count_right(crowd, result, read_truths(truth))
        record |= {"right": right, "known": known, "accuracy": round(right / max(known, 1), 4)}
    if as_json and out is None:
        record["labels"] = [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(crowd, result)]
    show(record, as_json=as_json)


def _read_all(store: Store, document: Cid) -> None:
    """Read what no root depends on too (items, images): a damaged block raises with its CID."""
    with Path(os.devnull).open("wb") as nowhere:
        export_evidence(store, document, nowhere)


_COLUMNS = ("task", "answer", "confidence_bps")


def _rows(crowd: Crowd, result: Aggregate) -> list[tuple[str, str, int]]:
    return [
        (item, crowd.labels[label], confidence)
        for item, label, confidence in zip(
            crowd.items, result.labels.tolist(), result.confidence_bps.tolist(), strict=True
        )
    ]


def _write_labels(path: Path, crowd: Crowd, result: Aggregate) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_rows(crowd, result))


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
        "differences": list(comparison.differences),
    }
