"""`tessera forecast`: what a task will cost its requester, or earn a worker."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from dao_client.amounts import parse_count
from dao_client.cli.desk import Desk, with_store
from dao_client.cli.output import progress, say, show
from dao_client.cli.task_forecast import (
    COMMAND,
    TYPICAL_ACCURACY,
    case_of,
    decimals,
    forecast_record,
    order_of,
    parse_share,
    show_forecast,
)
from dao_client.cli.task_publishing import checked_address, plan_task
from dao_client.cli.task_view import check_phase
from dao_client.contracts.parameters import ParameterId
from dao_client.costs import Order, paid_share
from dao_client.documents import History
from dao_client.forecast import Case, Expected, table
from dao_client.types import EVERYTHING_BPS, Address, Phase, TaskId
from dao_client.worker import read_task
from oracle.chain import SystemChain
from oracle.evidence_reader import EvidenceReader
from oracle.forecast import Estimate, estimate
from oracle.history import read_histories

ACCURACIES = ("0.75", "0.85", "0.92")
"""Of whom the pay is shown beside a worker's own estimate."""


@with_store
def forecast(
    desk: Desk,
    what: Annotated[
        str, typer.Argument(metavar="FILE|TASK", help="A task file, or the id of a task.")
    ],
    worker: Annotated[
        str | None, typer.Option("--worker", help="Show what this worker may earn in TASK.")
    ] = None,
    accuracy: Annotated[
        str, typer.Option(help="How often a typical worker is right, 0.85 or 85 %.")
    ] = decimals(TYPICAL_ACCURACY),
    top_share: Annotated[
        str, typer.Option(help="Share of the items with the most frequent label; 0: even.")
    ] = "0",
    is_known: Annotated[
        bool, typer.Option("--known", help="Most workers have a history: fewer audits and answers.")
    ] = False,
) -> None:
    """Say what a task will cost and how right its labels will be, or what a worker may earn in it.

    The figures were measured by the simulator, with the protocol's own rule; the table says how.
    What was not measured is shown by the nearest case that is worse. The most that a task can cost
    is exact: it is what the escrow locks, and what is left of it comes back.
    """
    order, case = _read(desk, what)
    case = replace(
        case,
        accuracy=parse_share(accuracy, "accuracy"),
        top_share=parse_share(top_share, "top share"),
        is_known=is_known,
    )
    if worker is None:
        record = forecast_record(desk, table(), order, case)
        if desk.as_json:
            show(record, as_json=True)
        else:
            show_forecast(desk, record)
        return
    _show_worker(desk, checked_address(worker, "worker"), order, case)


def _read(desk: Desk, what: str) -> tuple[Order, Case]:
    number = parse_count(what)
    if number is None:
        plan = plan_task(desk.system, Path(what))
        return order_of(plan), case_of(plan)
    system, task_id = desk.system, TaskId(number)
    check_phase(system, task_id, Phase.OPEN, "it has answers to forecast")
    task = system.task_escrow.task(task_id)
    document = read_task(system, desk.store, task_id)
    voted = system.parameters
    order = Order(
        items=document.item_count,
        most_answers=document.most_answers,
        price=task.price,
        fee_bps=voted.value_for_task(ParameterId.PROTOCOL_FEE_BPS, task_id),
        audit_rate_bps=voted.value_for_task(ParameterId.AUDIT_RATE_BPS, task_id),
        token=task.token,
        locked=task.claimable,
        seat_size=document.seat_size,
    )
    labels = len(document.answer.labels)
    return order, Case(labels, document.overlap, document.most_answers)


def _show_worker(desk: Desk, worker: Address, order: Order, case: Case) -> None:
    with progress("Reading what earlier tasks say about workers"):
        history = _history(desk, worker)
    record = _worker_record(desk, worker, order, case, estimate(history, case.labels))
    others = _others(desk, order, case)
    if desk.as_json:
        show(record | {"workers_like": others}, as_json=True)
        return
    show(record, as_json=False)
    if others:
        say("measured pay of workers by how often they are right, in a crowd of their like:")
        show(others, as_json=False)
    else:
        say(f"nothing was measured for such a task; measure it by `{COMMAND}`")


def _history(desk: Desk, worker: Address) -> History:
    chain = SystemChain(desk.system)
    reader = EvidenceReader(desk.store, (), is_overdue=False)
    known = read_histories(chain, reader, chain.head()).of_worker
    return known.get(worker, History(0, 0))


def _worker_record(
    desk: Desk, worker: Address, order: Order, case: Case, found: Estimate | None
) -> dict[str, Any]:
    stake = desk.system.staking.stake_of(order.token, worker)
    expected = _expected(case)
    share = Fraction(1) if expected is None else paid_share(order, expected)
    slash_bps = desk.system.parameters.value_of(ParameterId.SLASH_PER_ANSWER_BPS)
    return {
        "worker": worker,
        "price": desk.amount(order.token, order.price),
        "audited_answers_known": decimals(found.answers) if found else "0: nothing is known yet",
        "skill": decimals(found.skill) if found else None,
        "pay_share": decimals(found.usual) if found else None,
        "pay_share_from": decimals(found.least) if found else None,
        "pay_share_to": decimals(found.most) if found else None,
        "pay_per_answer": (
            desk.amount(order.token, int(found.usual * share * order.price)) if found else None
        ),
        "slash_per_answer": desk.amount(order.token, order.price * slash_bps // EVERYTHING_BPS),
        "stake": desk.amount(order.token, stake),
        "seat_size": desk.amount(order.token, order.seat_size),
        "has_seat": stake >= order.seat_size,
    }


def _expected(case: Case) -> Expected | None:
    """Return what a crowd of typical workers comes to, if that was measured."""
    found = table()
    return found.expect(replace(case, accuracy=TYPICAL_ACCURACY)) if found else None


def _others(desk: Desk, order: Order, case: Case) -> list[dict[str, Any]]:
    found = table()
    if found is None:
        return []
    rows = []
    for text in ACCURACIES:
        expected = found.expect(replace(case, accuracy=parse_share(text, "accuracy")))
        if expected is not None:
            pay = int(expected.pay_share * paid_share(order, expected) * order.price)
            rows.append(
                {
                    "right": text,
                    "pay_share": decimals(expected.pay_share),
                    "pay_per_answer": desk.amount(order.token, pay),
                }
            )
    return rows
