"""The report for the eyes of whoever ran the demo."""

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from scripts.demo.amounts import percent, tokens
from scripts.demo.report import Report, is_conserved


def print_report(report: Report, console: Console) -> None:
    """Print what matters, a table for each question."""
    console.print()
    for table in _tables(report):
        console.print(table)
        console.print()
    verified = report.verification.exit_code == 0
    console.print(f"{_sign(is_conserved(report))} money in = money out, to the wei")
    console.print(f"{_sign(verified)} {report.verification.command}")


def _tables(report: Report) -> Iterator[Table]:
    if report.accuracy:
        yield _accuracy(report)
        yield _pay(report)
    yield _audits(report)
    yield _strategies(report)
    yield _gas(report)
    yield _money(report)


def _accuracy(report: Report) -> Table:
    table = _table(
        f"Labels of {report.judged_items:,} items", "method", "right", "where nobody audited"
    )
    for method, fraction in report.accuracy.items():
        is_default = method == report.default_method
        note = " [green]← the verdict[/]" if is_default else ""
        unaudited = report.accuracy_unaudited.get(method)
        rest = "-" if unaudited is None else percent(unaudited)
        table.add_row(method + note, f"[bold]{percent(fraction)}[/]", rest)
    return table


def _pay(report: Report) -> Table:
    table = _table(
        "Pay against skill", "workers that are right", "workers", "answers", "paid each", "slashed"
    )
    judged = [row for row in report.workers if row.skill is not None]
    for low, high in ((0.9, 1.01), (0.7, 0.9), (0.5, 0.7), (0.3, 0.5), (0.0, 0.3)):
        rows = [row for row in judged if low <= (row.skill or 0.0) < high]
        if rows:
            answers = sum(row.answers for row in rows)
            paid = sum(row.paid for row in rows) // len(rows)
            span = f"{low * 100:.0f} to {min(high, 1) * 100:.0f} %"
            slashed = sum(row.slashed > 0 for row in rows)
            table.add_row(span, str(len(rows)), f"{answers:,}", tokens(paid), str(slashed))
    return table


def _audits(report: Report) -> Table:
    audits = report.audits
    wrong = "" if audits.wrong is None else f", {audits.wrong} wrongly"
    table = _table(f"Audits, drawn by block {audits.beacon_block}", "", "")
    table.add_row("items drawn", f"{audits.drawn} ({audits.rate_bps / 100:g} %)")
    table.add_row("labelled by the jury", f"{audits.ruled}{wrong}")
    table.add_row("answers of jurors", f"{sum(row.answers for row in audits.jurors):,}")
    table.add_row("health of the crowd (λ)", f"{audits.health:.3f}")
    return table


def _strategies(report: Report) -> Table:
    table = _table(
        "Strategies",
        "answers are",
        "wallets",
        "paid",
        "slashed",
        "wallets slashed",
        "net an answer",
    )
    for name, row in report.strategies.items():
        colour = "green" if row.net_per_answer > 0 else "red"
        table.add_row(
            name,
            str(row.wallets),
            tokens(row.paid),
            tokens(row.slashed),
            str(row.slashed_wallets),
            f"[{colour}]{row.net_per_answer:+.2f} of the price[/]",
        )
    return table


def _gas(report: Report) -> Table:
    table = _table("Gas", "operation", "ours", "per answer", "limit", "best known", "whose")
    for step, row in report.comparisons.items():
        detail = report.gas_detail.get(step)
        table.add_row(
            f"{_sign(row.is_within)} {row.title}",
            f"[bold]{row.ours:,}[/]",
            f"{detail.per_answer:,.1f}" if detail else "-",
            f"{row.limit:,}",
            f"{row.best_known:,}" if row.best_known else "-",
            row.by or "-",
        )
    return table


def _money(report: Report) -> Table:
    table = _table("Money, in wei", "", *(report.tokens[token].symbol for token in report.money))
    for name in ("funded", "paid", "refunded", "fees", "held"):
        table.add_row(name, *(f"{getattr(row, name):,}" for row in report.money.values()))
    for name in ("staked", "slashed"):
        staked = (report.stakes.get(token) for token in report.money)
        table.add_row(name, *(f"{getattr(row, name, 0):,}" for row in staked))
    for name in ("burned", "treasury", "insurance"):
        slashed = (report.slashes.get(token) for token in report.money)
        table.add_row(name, *(f"{getattr(row, name, 0):,}" for row in slashed))
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _sign(is_good: bool) -> str:
    return "[green]✓[/]" if is_good else "[red]✗[/]"
