"""Put the report into one HTML file that needs nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from string import Template

from scripts.demo.amounts import percent, tokens
from scripts.demo.html import charts, parts, rule
from scripts.demo.html.parts import GalleryTile
from scripts.demo.report import Report, is_conserved

PAGE = Path(__file__).with_name("page.html")


def render_page(report: Report, tiles: Sequence[GalleryTile]) -> str:
    """Render the whole page; `tiles` are the items worth a look, none for text crowds."""
    return Template(PAGE.read_text()).substitute(
        title=escape(report.crowd.title),
        lead=escape(_lead(report)),
        tiles="".join(_tiles(report)),
        sections="\n".join(_sections(report, tiles)),
    )


def _lead(report: Report) -> str:
    crowd = report.crowd
    return (
        f"{crowd.workers} wallets gave {crowd.answers:,} answers to {crowd.items:,} items. "
        f"{report.verdict.operators} operators computed the labels alone and signed the same "
        f"roots; contracts on {report.chain.node} ({report.chain.evm}) paid. "
        f"Run of {report.started_at}."
    )


def _tiles(report: Report) -> Iterator[str]:
    if report.default_method in report.accuracy:
        yield parts.tile(percent(report.accuracy[report.default_method]), "labels are right")
    paid = sum(row.paid > 0 for row in report.workers)
    yield parts.tile(f"{paid} of {len(report.workers)}", "wallets were paid")
    slashed = sum(row.slashed > 0 for row in report.workers)
    yield parts.tile(f"{slashed} of {len(report.workers)}", "stakes were slashed")
    yield parts.tile("exact" if is_conserved(report) else "broken", "money in = money out")
    yield parts.tile(
        "same" if report.verification.exit_code == 0 else "differs", "recomputed roots"
    )
    per_worker = report.gas.get("task_per_worker")
    if per_worker is not None:
        yield parts.tile(f"{per_worker:,}", "gas per worker, without claims")
    yield parts.tile(f"{sum(report.seconds.values()):.0f} s", "from nothing to paid")


def _sections(report: Report, tiles: Sequence[GalleryTile]) -> Iterator[str]:
    if tiles:
        why = "Items as workers saw them, the labels and their confidence, least sure first."
        yield parts.section("What the crowd read", why, parts.gallery(tiles))
    if report.accuracy:
        why = f"Of {report.judged_items:,} items whose true label the demo, and only it, knows."
        yield parts.section("Accuracy", why, charts.accuracy_chart(report), _unaudited(report))
        why = "Who is right more often earns more with each answer. One dot is one wallet."
        yield parts.section("Pay against skill", why, charts.pay_chart(report), _workers(report))
    yield from rule.sections(report)
    why = "Transactions of this run beside the limits that we set and the best known other project."
    yield parts.section("Gas", why, charts.gas_chart(report), _gas(report))
    why = (
        "Read from the chain after the last claim: events for what moved, balances for what stayed."
    )
    yield parts.section("Money in = money out", why, *_money(report))
    yield parts.section("Time", "Seconds of each step.", charts.seconds_chart(report))
    yield _proof(report)


def _unaudited(report: Report) -> str:
    rows = (
        (name.replace("_", " "), percent(share), percent(report.accuracy_unaudited[name]))
        for name, share in report.accuracy.items()
        if name in report.accuracy_unaudited
    )
    head = ("method", "of all items", "of those that nobody audited")
    return parts.folded("Without audited items", parts.table(head, rows))


def _workers(report: Report) -> str:
    rows = (
        (
            row.name,
            row.detail,
            str(row.answers),
            "" if row.skill is None else percent(row.skill),
            tokens(row.paid),
            tokens(row.slashed),
        )
        for row in sorted(report.workers, key=lambda row: (-row.paid, row.name))
    )
    head = ("worker", "how it answers", "answers", "skill", "paid", "slashed")
    return parts.folded("All workers", parts.table(head, rows, text_columns=2))


def _gas(report: Report) -> str:
    compared = (
        (
            row.title,
            f"{row.ours:,}",
            _per_answer(report, step),
            f"{row.limit:,}",
            f"{row.best_known:,}" if row.best_known else "-",
            row.by or "-",
            parts.mark(row.is_within, "within", "above"),
        )
        for step, row in report.comparisons.items()
    )
    head = ("operation", "ours", "per answer", "limit", "best known", "whose", "")
    every = (
        (
            step.replace("_", " "),
            f"{row.transactions:,}",
            f"{row.smallest:,}",
            f"{row.typical:,}",
            f"{row.largest:,}",
            f"{row.total:,}",
            f"{row.per_answer:,.1f}",
        )
        for step, row in report.gas_detail.items()
    )
    steps = ("step", "transactions", "smallest", "typical", "largest", "total", "per answer")
    return parts.table(head, compared) + parts.folded("Every step", parts.table(steps, every))


def _per_answer(report: Report, step: str) -> str:
    return f"{report.gas_detail[step].per_answer:,.1f}" if step in report.gas_detail else "-"


def _money(report: Report) -> Iterator[str]:
    out, kept = ("paid", "refunded", "fees", "held"), ("held", "withdrawn", "slashed")
    shared = ("burned", "treasury", "insurance")
    for token, money in report.money.items():
        facts = report.tokens[token]
        yield charts.money_chart(money, facts.symbol)
        title = f"rewards in {facts.symbol}"
        yield _ledger(title, "funded", out, asdict(money), facts.decimals)
    for token, stakes in report.stakes.items():
        facts = report.tokens[token]
        title = f"stakes in {facts.symbol}"
        yield _ledger(title, "staked", kept, asdict(stakes), facts.decimals)
    for token, slashes in report.slashes.items():
        if slashes.slashed:
            facts = report.tokens[token]
            title = f"slashed stakes in {facts.symbol}"
            yield _ledger(title, "slashed", shared, asdict(slashes), facts.decimals)


def _ledger(
    title: str, whole: str, parted: Sequence[str], amounts: dict[str, int], decimals: int
) -> str:
    """Show what came in, where it is, and whether both sums are one."""
    gap = amounts[whole] - sum(amounts[name] for name in parted)
    rows = [(name, tokens(amounts[name], decimals), f"{amounts[name]:,}") for name in parted]
    return parts.table(
        (title, "", "wei"),
        [
            (whole, tokens(amounts[whole], decimals), f"{amounts[whole]:,}"),
            *rows,
            ("difference", "", parts.mark(gap == 0, "0", f"{gap:,}")),
        ],
    )


def _proof(report: Report) -> str:
    verdict, evidence = report.verdict, report.evidence
    signed = f"{verdict.signatures} of {verdict.operators} operators"
    listed = parts.facts(
        [
            ("task", str(report.task_id)),
            ("method", report.default_method),
            ("signed by", signed),
            ("snapshot", verdict.input_digest),
            ("labels root", verdict.labels_root),
            ("payouts root", verdict.payouts_root),
            ("slashes root", verdict.slashes_root),
            ("verdict document", verdict.document),
            ("evidence", f"{evidence.file}, {evidence.blocks:,} blocks, {evidence.bytes:,} bytes"),
            *((name, address) for name, address in report.chain.contracts.items()),
        ]
    )
    verification = report.verification
    shown = parts.console(f"$ {verification.command}\n{verification.output}")
    why = "A new process, without key or database, recomputed every root from chain and store."
    return parts.section("Recompute it yourself", why, shown, listed)
