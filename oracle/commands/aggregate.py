"""`tessera aggregate`: any crowd's answers in, results and the workers' skill out."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from dao_client.cli.options import AsJson
from dao_client.cli.output import progress, say, show
from oracle.aggregate import DEFAULT_METHOD, METHODS, Outcome
from oracle.commands.explain import show_explanation
from oracle.crowd_table import Labelling, aggregate_answers
from oracle.errors import AggregationRefused, NothingToExplain
from oracle.explain import explain_row
from oracle.frames import (
    Column,
    Progress as Read,
    check_target,
    read_gold,
    write_labels,
    write_workers,
)

AnswersFile = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="CSV, CSV.gz or Parquet with task, worker and label."),
]
MethodName = Annotated[str, typer.Option("--method", help=f"One of {', '.join(METHODS)}.")]
GoldFile = Annotated[
    Path | None, typer.Option("--gold", help="task,truth: answers that are known, to learn from.")
]
StakeFile = Annotated[
    Path | None, typer.Option("--stake", help="worker,stake: the stake of each worker, in seats.")
]
TruthFile = Annotated[
    Path | None, typer.Option("--truth", help="task,truth: only to measure the accuracy.")
]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", help="Write results here, skills beside it as NAME.workers.SUFFIX."),
]
Item = Annotated[
    str | None, typer.Option("--explain", help="Print why this item has its label, and no more.")
]
Threads = Annotated[int, typer.Option("--threads", min=1, help="Threads of this machine.")]
Dask = Annotated[
    str | None, typer.Option("--dask", help="Address of a Dask scheduler, or `local`.")
]


def aggregate(
    file: AnswersFile,
    method: MethodName = DEFAULT_METHOD,
    gold: GoldFile = None,
    stake: StakeFile = None,
    truth: TruthFile = None,
    out: OutFile = None,
    explain: Item = None,
    threads: Threads = 1,
    dask: Dask = None,
    as_json: AsJson = False,
) -> None:
    """Turn a file of answers into results, exactly as operators do."""
    if out is not None:
        check_target(out)
    began = time.perf_counter()
    with _reading(file) as read:
        found = aggregate_answers(
            file, method, gold=gold, stakes=stake, threads=threads, dask=dask, progress=read
        )
    record = _record(found) | {"seconds": round(time.perf_counter() - began, 2)}
    _warn(found)
    if out is not None:
        with progress(f"writing {out}"):
            write_labels(out, found.outcome)
            write_workers(workers_path(out), found.frame, found.outcome)
    if explain is not None:
        _check_explained(found, explain)
        show_explanation(explain_row(found, explain), as_json=as_json)
        return
    if truth is not None:
        record |= measure_accuracy(found, truth)
    if out is not None:
        record |= {"results": str(out), "skills": str(workers_path(out))}
    elif as_json:
        record["labels"] = _label_rows(found.outcome)
    show(record, as_json=as_json)


def workers_path(out: Path) -> Path:
    """Return where the skills go: labels.csv.gz has labels.workers.csv.gz beside it."""
    stem, dot, suffix = out.name.partition(".")
    return out.with_name(f"{stem}.workers{dot}{suffix}")


def measure_accuracy(found: Labelling, truth: Path) -> dict[str, Any]:
    """Count the items whose label is the truth of the file, and those whose truth is known."""
    if found.result is None:
        raise AggregationRefused(
            f"--truth compares labels, and {found.method.name} gives none: leave it out"
        )
    gold = read_gold(truth)
    truth_of, unmatched = gold.match(found.frame.items)
    answers = found.outcome.answers
    assert isinstance(answers, Column)
    places = answers.names.places_of(gold.truths.array)
    known = truth_of >= 0
    right = int((places[truth_of[known]] == answers.codes[known]).sum())
    count = int(known.sum())
    if unmatched:
        say(f"{unmatched} truths name items that nobody answered")
    return {"right": right, "known": count, "accuracy": round(right / max(count, 1), 4)}


def _check_explained(found: Labelling, item: str) -> None:
    """Refuse an item whose label no answer speaks for: gold that names what nobody gave."""
    place = found.frame.items.index_of(item)
    answers = found.outcome.answers
    if found.result is None or place is None or not isinstance(answers, Column):
        return
    code = int(answers.codes[place])
    if code >= 0 and answers.names[code] not in found.frame.answers:
        raise NothingToExplain(
            f"the gold gives item {item!r} the label {answers.names[code]!r}, which nobody gave: "
            f"no answer explains it"
        )


def _record(found: Labelling) -> dict[str, Any]:
    return {
        "method": found.method.name,
        "answers": len(found.frame),
        "items": len(found.frame.items),
        "workers": len(found.frame.workers),
        "repeated_answers": found.frame.repeated,
        "iterations": found.outcome.iterations,
    }


def _warn(found: Labelling) -> None:
    if found.unmatched_gold:
        say(f"{found.unmatched_gold} gold items were answered by nobody")
    if found.foreign_gold:
        say(f"{found.foreign_gold} gold rows name labels that nobody gave")
    if found.unmatched_stakes:
        say(f"{found.unmatched_stakes} stakes are of workers who answered nothing")
    if found.frame.repeated:
        say(f"{found.frame.repeated} answers repeat an item of the same worker; all of them count")


def _label_rows(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {"task": name, "label": answer, "confidence_bps": confidence}
        for name, answer, confidence in zip(
            outcome.names,
            _texts(outcome.answers),
            outcome.confidence_bps.tolist(),
            strict=True,
        )
    ]


def _texts(answers: Sequence[str] | Column) -> Sequence[str | None]:
    if not isinstance(answers, Column):
        return answers
    names = list(answers.names)
    return [names[code] if code >= 0 else None for code in answers.codes.tolist()]


@contextmanager
def _reading(file: Path) -> Iterator[Read | None]:
    """Show how far the file is read, on a terminal; then that the method is at work."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        reading = bar.add_task(f"reading {file.name}", total=None)

        def update(done: int, total: int, rows: int) -> None:
            is_read = done >= total
            bar.update(
                reading,
                completed=done,
                total=total,
                description=f"aggregating {rows:,} answers" if is_read else f"{rows:,} answers",
            )

        yield update
