"""`tessera agreement`: how far a crowd can be trusted, before anybody pays for it."""

from fractions import Fraction
from typing import Annotated, Any

import numpy as np
import typer

from dao_client.cli.options import AsJson
from dao_client.cli.output import progress, show
from oracle.aggregate import DEFAULT_METHOD
from oracle.aggregate.choice import Aggregate, Crowd
from oracle.commands.aggregate import AnswersFile, GoldFile, MethodName
from oracle.crowd_table import Labelling, aggregate_answers
from oracle.errors import AggregationRefused
from oracle.statistics import confusion_of, hardest_items, nominal_alpha, overlap_of

Worker = Annotated[
    str | None, typer.Option("--worker", help="Show whom this worker takes for what instead.")
]
Limit = Annotated[int, typer.Option("--hardest", min=0, help="How many hard items to list.")]


def agreement(
    file: AnswersFile,
    method: MethodName = DEFAULT_METHOD,
    gold: GoldFile = None,
    worker: Worker = None,
    hardest: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """Measure how well workers agree: alpha, overlap, the hardest items, or one worker's errors."""
    with progress(f"aggregating {file}"):
        found = aggregate_answers(file, method, gold=gold)
    if worker is not None:
        show(_confusion(found, worker), as_json=as_json)
        return
    summary, hard = _summary(found), _hardest(found, hardest)
    if as_json:
        show(summary | {"hardest": hard}, as_json=True)
        return
    show(summary, as_json=False)
    show(hard, as_json=False)


def _summary(found: Labelling) -> dict[str, Any]:
    crowd, _ = _labels(found)
    overlap = overlap_of(crowd.answers)
    alpha = nominal_alpha(crowd)
    return {
        "krippendorff_alpha": None if alpha is None else _rounded(alpha),
        "answers_per_item": _rounded(overlap.mean),
        "items_by_answers": {
            str(answers): items for answers, items in enumerate(overlap.items_by_answers) if items
        },
        "answers_per_worker": f"{overlap.fewest_by_worker}..{overlap.most_by_worker}",
        "workers_alone": overlap.alone,
    }


def _hardest(found: Labelling, limit: int) -> list[dict[str, Any]]:
    (crowd, result), frame = _labels(found), found.frame
    return [
        {
            "item": frame.items[each.item],
            "label": frame.answers[each.label],
            "confidence_bps": each.confidence_bps,
            "votes": {frame.answers[label]: count for label, count in each.votes},
        }
        for each in hardest_items(crowd.answers, result, limit)
    ]


def _confusion(found: Labelling, name: str) -> list[dict[str, Any]]:
    (crowd, result), frame = _labels(found), found.frame
    worker = frame.workers.index_of(name)
    if worker is None:
        raise AggregationRefused(f"{frame.source} has no answer of a worker {name!r}")
    counts = confusion_of(crowd, result.labels, worker).counts
    names = list(frame.answers)
    seen = np.flatnonzero(counts.any(axis=0) | counts.any(axis=1)).tolist()
    return [
        {"held_for": names[truth]} | {names[label]: int(counts[truth, label]) for label in seen}
        for truth in seen
    ]


def _labels(found: Labelling) -> tuple[Crowd, Aggregate]:
    if found.crowd is None or found.result is None:
        raise AggregationRefused(
            f"agreement is measured on labels, {found.method.name} aggregates answers of the kind "
            f"{found.method.kind.value}: choose another method"
        )
    return found.crowd, found.result


def _rounded(value: Fraction) -> str:
    """Write four decimals; what is printed is not computed with."""
    return f"{value.numerator / value.denominator:.4f}"
