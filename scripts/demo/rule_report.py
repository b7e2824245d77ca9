"""What the money rule did, as the report shows it: audits, slashes, and how each strategy fared."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class WorkerRow:
    """One wallet: `skill` is its share of right answers, none without truth. Amounts in wei.

    `paid` is for the main task, `slashed` what was taken of the stake, and `reasons` say why.
    """

    name: str
    kind: str
    detail: str
    address: str
    answers: int
    skill: float | None
    paid: int
    stake: int
    slashed: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class JurorRow:
    """Who answered audits: `right` of the `answers` equal what the jury agreed on."""

    address: str
    answers: int
    right: int
    paid: int


@dataclass(frozen=True)
class AuditFacts:
    """What was audited. `health` is lambda: how far the crowd agrees with the audits, 1 at most.

    Of the `drawn` items the jury agreed on `ruled`; `wrong` of those are not the truth, none
    without truth. On `errors` of them the crowd's own label was another.
    """

    beacon_block: int
    seed: str
    rate_bps: int
    drawn: int
    ruled: int
    wrong: int | None
    health: float
    errors: int
    is_paid_by_audits: bool
    jurors: tuple[JurorRow, ...]


@dataclass(frozen=True)
class StrategyRow:
    """All wallets that answer the same way; `net_per_answer` is in prices, slashes taken off."""

    wallets: int
    answers: int
    paid: int
    slashed: int
    slashed_wallets: int
    net_per_answer: float


@dataclass(frozen=True)
class Slashes:
    """Slashed stakes of one token in wei: slashed == burned + treasury + insurance."""

    slashed: int
    burned: int
    treasury: int
    insurance: int

    @property
    def is_conserved(self) -> bool:
        """Tell whether every slashed wei is accounted for."""
        return self.slashed == self.burned + self.treasury + self.insurance


def strategies_of(workers: Iterable[WorkerRow], price: int) -> dict[str, StrategyRow]:
    """Put wallets of one strategy together, the best paid first.

    Spammers are told apart by what they do, everybody else by kind.
    """
    rows: dict[str, list[WorkerRow]] = {}
    for row in workers:
        rows.setdefault(row.detail if row.kind == "spammer" else row.kind, []).append(row)
    found = {name: _strategy(each, price) for name, each in rows.items()}
    return dict(sorted(found.items(), key=lambda pair: -pair[1].net_per_answer))


def _strategy(rows: list[WorkerRow], price: int) -> StrategyRow:
    answers = sum(row.answers for row in rows)
    paid, slashed = sum(row.paid for row in rows), sum(row.slashed for row in rows)
    return StrategyRow(
        wallets=len(rows),
        answers=answers,
        paid=paid,
        slashed=slashed,
        slashed_wallets=sum(row.slashed > 0 for row in rows),
        net_per_answer=round((paid - slashed) / (price * answers), 4) if answers else 0.0,
    )
