"""What a task will cost and how right its labels will be, told before money is locked."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import typer

from dao_client.amounts import format_amount
from dao_client.cli.desk import Desk
from dao_client.cli.output import say, show
from dao_client.cli.task_publishing import Plan
from dao_client.costs import Order, expected_costs, most_costs, paid_share
from dao_client.errors import MalformedDocument
from dao_client.forecast import RING_SHARES, Case, Table

COMMAND = "python -m benchmarks.mechanism.forecast"
TYPICAL_ACCURACY = Fraction(85, 100)
NEW, KNOWN = "new: nothing is known about it, so audits are doubled", "known from earlier tasks"


def order_of(plan: Plan) -> Order:
    """Return what a task file orders."""
    draft = plan.draft
    return Order(
        items=len(draft.items),
        most_answers=max(draft.overlap, draft.overlap_most),
        price=plan.price,
        fee_bps=plan.fee_bps,
        audit_rate_bps=plan.audit_rate_bps,
        token=plan.token,
        locked=plan.budget,
        seat_size=draft.seat_size,
    )


def case_of(plan: Plan) -> Case:
    """Return what to look up for a task file: typical workers, and nothing known about them."""
    draft = plan.draft
    most = max(draft.overlap, draft.overlap_most)
    return Case(len(draft.labels), draft.overlap, most, TYPICAL_ACCURACY)


def ask_to_lock(
    desk: Desk, file: Path, plan: Plan, record: Mapping[str, Any], *, is_agreed: bool
) -> None:
    """Show a forecast to people and ask on a terminal; programs find it in what was created.

    Who answers is a person, even where a program reads the output: the question is in tokens.
    """
    if not desk.as_json:
        show_forecast(desk, record)
    if not is_agreed and sys.stdin.isatty():
        symbol = desk.book.coin(plan.token).symbol
        locked = f"{format_amount(plan.budget, plan.decimals)} {symbol}"
        typer.confirm(f"Lock {locked} for {file}?", abort=True, err=True)


def forecast_record(desk: Desk, found: Table | None, order: Order, case: Case) -> dict[str, Any]:
    """Return the forecast for an honest crowd and for rings; amounts are wei for programs."""
    most = most_costs(order)
    crowds = [_crowd(desk, found, order, case, share) for share in RING_SHARES] if found else []
    return {
        "items": order.items,
        "answers_per_item": f"{case.overlap} to {order.most_answers}",
        "locked": desk.amount(order.token, order.locked),
        "most_for_answers": desk.amount(order.token, most.answers),
        "most_for_audits": desk.amount(order.token, most.audits),
        "most_for_fee": desk.amount(order.token, most.fee),
        "is_funded": order.locked >= most.total,
        "crowd": KNOWN if case.is_known else NEW,
        "accuracy_of_workers": decimals(case.accuracy),
        "top_label": "even" if not case.top_share else decimals(case.top_share),
        "pay_per_answer": _typical_pay(desk, found, order, case),
        "crowds": [each for each in crowds if each],
        "measured_by": (found.command or COMMAND) if found else None,
        "measured_with": differing(desk, found) if found else {},
    }


def show_forecast(desk: Desk, record: Mapping[str, Any]) -> None:
    """Print a forecast for people; say so when there is none."""
    hidden = {"is_funded", "crowds", "measured_by", "measured_with"}
    show({name: value for name, value in record.items() if name not in hidden}, as_json=False)
    if not record["crowds"]:
        say(f"no forecast: nothing was measured for such a task; measure it by `{COMMAND}`")
        return
    show(record["crowds"], as_json=False)
    if not record["is_funded"]:
        say(
            f"warning: {record['locked']} do not pay the most answers and their audits: if they "
            "come, everybody gets the same share"
        )
    for name, (now, then) in record["measured_with"].items():
        say(f"warning: measured with {name} = {then}, the DAO's is {now} now")


def parse_share(text: str, what: str) -> Fraction:
    """Read `0.85`, `.85` or `85 %` as a share of one."""
    number = text.strip().removesuffix("%").strip()
    try:
        share = Fraction(Decimal(number)) / (100 if text.strip().endswith("%") else 1)
    except ArithmeticError as error:
        raise MalformedDocument(f"{what} {text!r} is no share: write 0.85 or 85 %") from error
    if not 0 <= share <= 1:
        raise MalformedDocument(f"{what} {text!r} is no share: it must be 0 to 1")
    return share


def decimals(value: Fraction) -> str:
    """Write three decimals, for people; nothing is computed with them."""
    return f"{value.numerator / value.denominator:.3f}"


def differing(desk: Desk, found: Table) -> dict[str, tuple[int, int]]:
    """Return the parameters that are not as when the table was measured: now, and then."""
    voted = desk.system.parameters.values_of(list(found.fixed))
    return {
        name.name.lower(): (voted[name], then)
        for name, then in found.fixed.items()
        if voted[name] != then
    }


def _crowd(
    desk: Desk, found: Table, order: Order, case: Case, ring_share: Fraction
) -> dict[str, Any] | None:
    expected = found.expect(replace(case, ring_share=ring_share))
    if expected is None:
        return None
    return {
        "ring_share": decimals(ring_share),
        "answers_per_item": decimals(expected.answers_per_item),
        "right_labels": decimals(expected.accuracy_found),
        "audited": decimals(expected.audited_share),
        "cost": desk.amount(order.token, min(order.locked, expected_costs(order, expected).total)),
    }


def _typical_pay(desk: Desk, found: Table | None, order: Order, case: Case) -> str | None:
    """Return what an .85-accurate worker earns per answer among others like that."""
    typical = replace(case, accuracy=TYPICAL_ACCURACY, ring_share=Fraction(0))
    expected = found.expect(typical) if found else None
    if expected is None:
        return None
    share = expected.pay_share * paid_share(order, expected)
    return desk.amount(order.token, int(share * order.price))
