"""`tessera explain`: which answers gave an item its label, or which figures a worker its pay."""

from fractions import Fraction
from typing import Annotated, Any

import typer
from eth_utils.address import to_checksum_address

from dao_client.abi_rows import is_address
from dao_client.amounts import parse_count
from dao_client.cli.desk import Desk, with_store
from dao_client.cli.output import progress, show
from dao_client.types import Address, TaskId
from oracle.aggregate.choice import Explanation
from oracle.chain import SystemChain
from oracle.errors import NothingToExplain
from oracle.explain import ItemExplanation, explain_item
from oracle.payslip import payslip

from .payslip_view import show_payslip

FirstArgument = Annotated[
    str, typer.Argument(metavar="TASK|WORKER", help="Number of the task, or a worker's address.")
]
SecondArgument = Annotated[
    str,
    typer.Argument(
        metavar="ITEM|TASK", help="The item's id or number, or the task that the worker did."
    ),
]


@with_store
def explain(desk: Desk, first: FirstArgument, second: SecondArgument) -> None:
    """Say why an item has its label (TASK ITEM), or how a worker's pay came about (WORKER TASK).

    Computes the verdict's evidence again from chain and store, so it needs no key and no trust. A
    weight is what the answer added for the label and against the runner-up.
    """
    chain = SystemChain(desk.system)
    if first.startswith("0x"):
        worker, task = _worker(first), _task(second)
        with progress(f"computing task {task} again"):
            slip = payslip(chain, desk.store, worker, task)
        show_payslip(slip, as_json=desk.as_json)
        return
    task = _task(first)
    with progress(f"computing task {task} again"):
        found = explain_item(chain, desk.store, task, second)
    show_explanation(found, as_json=desk.as_json)


def _task(text: str) -> TaskId:
    number = parse_count(text)
    if number is None:
        raise NothingToExplain(
            f"{text!r} is no task: write `tessera explain TASK ITEM` or `tessera explain WORKER "
            "TASK`, the task as a number"
        )
    return TaskId(number)


def _worker(text: str) -> Address:
    if not is_address(text):
        raise NothingToExplain(f"{text!r} is no address: a worker is 0x and 40 hex digits")
    return Address(to_checksum_address(text))


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
