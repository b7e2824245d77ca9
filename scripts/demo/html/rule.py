"""The sections that show the money rule at work: audits, strategies, slashes."""

from collections.abc import Iterator

from scripts.demo.amounts import percent, tokens
from scripts.demo.html import charts, parts
from scripts.demo.report import Report
from scripts.demo.rule_report import AuditFacts, WorkerRow

BPS_PER_PERCENT = 100
REASONS = {
    "audits": "wrong too often on audited items",
    "peers": "agrees with the others no better than chance",
    "withheld": "answers that nobody could open",
}


def sections(report: Report) -> Iterator[str]:
    """Show what was audited, what each strategy came to, and who lost stake."""
    why = (
        "A block that nobody could know while answers came in draws items and jurors; pay, weights "
        "and slashes rest on these items."
    )
    yield parts.section("Audits", why, _facts(report.audits), _jurors(report))
    why = "Pay less slashes for one answer, in prices: honest work earns, everything else costs."
    yield parts.section(
        "Strategies", why, charts.strategies_chart(report), parts.folded("Figures", _rows(report))
    )
    slashed = [row for row in report.workers if row.slashed]
    if slashed:
        why = "Taken by proof from the verdict's slashes root; half of it goes to the insurance."
        yield parts.section("Slashed stakes", why, _slashed(slashed))


def _facts(audits: AuditFacts) -> str:
    wrong = "" if audits.wrong is None else f", {audits.wrong} of them wrongly"
    paid_by = "audited answers alone" if audits.is_paid_by_audits else "all answers"
    return parts.facts(
        [
            ("beacon", f"block {audits.beacon_block}, seed {audits.seed}"),
            ("rate", f"{audits.rate_bps / BPS_PER_PERCENT:g} % of the items"),
            ("items", f"{audits.drawn} drawn, the jury agreed on {audits.ruled}{wrong}"),
            ("health of the crowd (λ)", f"{audits.health:.3f}"),
            ("crowd's own label differs", f"on {audits.errors} audited items"),
            ("paid by", paid_by),
        ]
    )


def _jurors(report: Report) -> str:
    rows = (
        (row.address, f"{row.answers:,}", f"{row.right:,}", tokens(row.paid))
        for row in report.audits.jurors
    )
    return parts.table(("juror", "answers", "as the jury", "paid"), rows)


def _rows(report: Report) -> str:
    rows = (
        (
            name,
            str(row.wallets),
            f"{row.answers:,}",
            tokens(row.paid),
            tokens(row.slashed),
            str(row.slashed_wallets),
            f"{row.net_per_answer:+.2f}",
        )
        for name, row in report.strategies.items()
    )
    head = ("strategy", "wallets", "answers", "paid", "slashed", "wallets slashed", "net an answer")
    return parts.table(head, rows)


def _slashed(rows: list[WorkerRow]) -> str:
    cells = (
        (
            row.name,
            row.detail,
            "; ".join(REASONS[reason] for reason in row.reasons),
            "" if row.skill is None else percent(row.skill),
            tokens(row.slashed),
        )
        for row in sorted(rows, key=lambda row: (-row.slashed, row.name))
    )
    head = ("worker", "how it answers", "why", "skill", "slashed")
    return parts.table(head, cells, text_columns=3)
