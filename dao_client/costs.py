"""What a task takes of its budget: at most, exactly; and on average, as measured."""

from dataclasses import dataclass
from fractions import Fraction

from dao_client.audit_rates import SEATS, audits_to_fund
from dao_client.forecast import Expected
from dao_client.types import EVERYTHING_BPS, Address, Wei


@dataclass(frozen=True, slots=True)
class Costs:
    """What a task takes of its budget, in wei."""

    answers: Wei
    audits: Wei
    fee: Wei

    @property
    def total(self) -> Wei:
        """Return the sum."""
        return Wei(self.answers + self.audits + self.fee)


@dataclass(frozen=True, slots=True)
class Order:
    """What a requester orders: the sizes and prices that a cost follows from."""

    items: int
    most_answers: int
    price: Wei
    fee_bps: int
    audit_rate_bps: int
    token: Address
    locked: Wei
    seat_size: Wei


def most_costs(order: Order) -> Costs:
    """Return the cost if every item takes its most answers, all paid in full; exact.

    Audits are those of a crowd without history. If an unhealthy crowd takes more of them, everybody
    is paid a little less: no more than what is locked is ever spent.
    """
    answers = order.items * order.most_answers * order.price
    audits = audits_to_fund(order.items, order.audit_rate_bps) * order.price
    return _with_fee(answers, audits, order.fee_bps)


def expected_costs(order: Order, expected: Expected) -> Costs:
    """Return the cost on average, rounded down; each seat of a jury counts as paid."""
    answers = order.items * expected.answers_per_item * expected.pay_share * order.price
    audits = order.items * expected.audited_share * SEATS * order.price
    return _with_fee(int(answers), int(audits), order.fee_bps)


def paid_share(order: Order, expected: Expected) -> Fraction:
    """Return how much of what is earned the budget pays on average, at most one.

    The escrow takes any budget from one price on; if it cannot pay all that everybody earned, all
    get the same share of it.
    """
    total = expected_costs(order, expected).total
    return min(Fraction(1), Fraction(order.locked, total)) if total else Fraction(1)


def most_payout(held: Wei, fee_bps: int) -> Wei:
    """Return the most that a verdict may pay of what a task holds: the fee comes on top.

    That is the largest t with `t + t * fee_bps // 10_000 <= held`, as TaskEscrow computes it; its
    `settlement_terms` answers for tasks that have not ended only.
    """
    return Wei(((held + 1) * EVERYTHING_BPS - 1) // (EVERYTHING_BPS + fee_bps))


def _with_fee(answers: int, audits: int, fee_bps: int) -> Costs:
    fee = (answers + audits) * fee_bps // EVERYTHING_BPS
    return Costs(Wei(answers), Wei(audits), Wei(fee))
