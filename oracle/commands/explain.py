"""`tessera explain`: which answers, with which weights, gave an item its label."""

from fractions import Fraction
from typing import Annotated, Any

import typer

from dao_client.cli.desk import Desk, with_store
from dao_client.cli.options import TaskArgument
from dao_client.cli.output import progress, show
from dao_client.types import TaskId
from oracle.aggregate.choice import Explanation
from oracle.chain import SystemChain
from oracle.explain import ItemExplanation, explain_item

ItemArgument = Annotated[
    str, typer.Argument(metavar="ITEM", help="Id of the item, or its number in the task.")
]


@with_store
def explain(desk: Desk, task: TaskArgument, item: ItemArgument) -> None:
    """Say why an item has its label: every answer, its weight, and the worker's skill.

    Computes the verdict's evidence again from chain and store, so it needs no key and no trust. A
    weight is what the answer added for the label and against the runner-up.
    """
    with progress(f"computing task {task} again"):
        found = explain_item(SystemChain(desk.system), desk.store, TaskId(task), item)
    show_explanation(found, as_json=desk.as_json)


def show_explanation(found: ItemExplanation, *, as_json: bool) -> None:
    """Print what decided, and below it every answer."""
    if as_json:
        show(_summary(found) | {"answers": _answers(found)}, as_json=True)
        return
    show(_summary(found), as_json=False)
    show(_answers(found), as_json=False)


def _summary(found: ItemExplanation) -> dict[str, Any]:
    explanation = found.explanation
    return {
        "item": explanation.item,
        "id": found.item_id,
        "label": found.labels[explanation.label],
        "confidence_bps": explanation.confidence_bps,
        "runner_up": found.labels[explanation.runner_up] if explanation.runner_up >= 0 else None,
        "method": found.method,
        "lead": f"{_decimal(explanation.lead)} {explanation.unit}",
        "before_any_answer": f"{_decimal(explanation.prior)} {explanation.unit}",
        "why": _why(explanation),
    }


def _answers(found: ItemExplanation) -> list[dict[str, Any]]:
    return [
        {
            "worker": found.workers[reason.worker],
            "answer": found.labels[reason.label],
            "skill_bps": reason.skill_bps,
            "weight": _decimal(reason.weight),
        }
        for reason in found.explanation.reasons
    ]


def _why(explanation: Explanation) -> str:
    if explanation.is_known:
        return "an audit or the requester's gold gives this label"
    if explanation.runner_up < 0:
        return "the task has no other label"
    if explanation.lead == 0:
        return "an exact tie, decided by the hash of task, item and label"
    return "the weights add up to the lead over the runner-up"


def _decimal(value: Fraction) -> str:
    """Write four decimals; what is printed is not computed with."""
    return f"{value.numerator / value.denominator:+.4f}"
