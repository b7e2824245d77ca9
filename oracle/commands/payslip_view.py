"""Print a payslip: every figure of the money rule, in the order in which it is computed."""

from fractions import Fraction
from typing import Any

from dao_client.cli.output import show
from oracle.aggregate import UNIT
from oracle.payslip import JudgedAnswer, Payslip
from oracle.settlement import WEIGHT_UNIT, SlashTest


def show_payslip(slip: Payslip, *, as_json: bool) -> None:
    """Print the figures, and below them every answer with the points it earned."""
    if as_json:
        show(_figures(slip) | {"answers": [_row(each) for each in slip.answers]}, as_json=True)
        return
    show(_figures(slip), as_json=False)
    show([_row(each) for each in slip.answers], as_json=False)


def _figures(slip: Payslip) -> dict[str, Any]:
    account = slip.account
    return {
        "worker": slip.worker,
        "task_id": slip.task_id,
        "audited": f"{account.audited} answers, {account.hits} equal the audit",
        "chance_by_audits": [_unit(int(share)) for share in slip.by_audits.shares],
        "audit_score": f"{_unit(account.earned.points)} of {_unit(account.earned.possible)}",
        "with_history": f"{_unit(account.evidence.points)} of {_unit(account.evidence.possible)}",
        "peers_score": f"{_unit(account.refined.points)} of {_unit(account.refined.possible)}",
        "skill": _unit(account.skill),
        "weight": _decimal(Fraction(account.weight, WEIGHT_UNIT)),
        "health_of_crowd": _unit(slip.health),
        "chance_by_labels": [_unit(int(share)) for share in slip.by_labels.shares],
        "judged_answers": account.judged,
        "withheld_answers": account.withheld,
        "points": f"{_unit(account.points)} of {_unit(account.full_points)}",
        "measured_against": _unit(account.measured_against),
        "quality": _unit(account.quality),
        "audits_allow": None if account.quality_cap is None else _unit(account.quality_cap),
        "price_wei": str(slip.price),
        "pay_wei": str(account.pay),
        "is_paid_by_audits": slip.is_paid_by_audits,
        "payout_wei": str(slip.payout),
        "peers_test": _test(account.peers_test),
        "audit_test": _test(account.audit_test),
        "slash_wei": str(account.slash),
        "new_history": f"{_unit(account.history.points)} of {_unit(account.history.possible)}",
        "refused": [str(each.reason) for each in slip.refusals],
    }


def _row(answer: JudgedAnswer) -> dict[str, Any]:
    return {
        "item": answer.item,
        "id": answer.item_id,
        "answer": answer.answer,
        "audit": answer.truth,
        "others": answer.reference,
        "points": _unit(answer.points),
    }


def _test(test: SlashTest) -> str:
    """Write both sides of 4 d² > z² n, as the rule compares them."""
    if not test.is_open:
        return "not open"
    sign = ">" if test.square > test.bound else "<="
    outcome = "slashed" if test.is_hit else "not slashed"
    return f"shortfall {_unit(test.shortfall)}: {test.square} {sign} {test.bound}, {outcome}"


def _unit(value: int) -> str:
    return _decimal(Fraction(value, UNIT))


def _decimal(value: Fraction) -> str:
    """Write nine decimals, all that there are: a payslip can be computed again by hand."""
    billionths = value.numerator * UNIT // value.denominator
    sign = "-" if billionths < 0 else ""
    return f"{sign}{abs(billionths) // UNIT}.{abs(billionths) % UNIT:09d}"
