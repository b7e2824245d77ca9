"""The pictures of the report, one function each: report in, inline SVG out."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, PercentFormatter

from scripts.demo.html.theme import Colour, new_chart, svg_of
from scripts.demo.report import Money, Report
from scripts.demo.rule_report import WorkerRow

WIDTH = 7.2
ROW = 0.34


def accuracy_chart(report: Report) -> str:
    """Draw each method's accuracy; the default method is the coloured bar."""
    methods = sorted(report.accuracy.items(), key=lambda pair: (pair[1], pair[0]))
    figure, axes = new_chart("accuracy", WIDTH, 0.75 + ROW * len(methods))
    colours = [Colour.OURS if n == report.default_method else Colour.PLAIN for n, _ in methods]
    values = [100 * fraction for _, fraction in methods]
    _bars(axes, [name.replace("_", " ") for name, _ in methods], values, colours, "{:.1f} %")
    axes.set_xlim(0, 100)
    axes.xaxis.set_major_formatter(PercentFormatter(decimals=0))
    return svg_of(figure, "Accuracy of each method against the truth")


def pay_chart(report: Report) -> str:
    """Draw what one answer of each worker came to against how often the worker is right."""
    figure, axes = new_chart("pay", WIDTH, 3.9)
    for kind, colour, label in (
        (False, Colour.OURS, "workers"),
        (True, Colour.BAD, "spammers"),
    ):
        rows = [r for r in report.workers if r.skill is not None and _is_spammer(r) is kind]
        if rows:
            axes.scatter(
                [100 * (row.skill or 0.0) for row in rows],
                [100 * _net(row) / (report.price * row.answers) for row in rows],
                s=[14 + 120 * row.answers / _busiest(report) for row in rows],
                c=colour.value,
                alpha=0.6,
                linewidths=0,
                label=label,
            )
    axes.plot([0, 100], [0, 100], color=Colour.MUTED.value, linewidth=0.8, linestyle=(0, (4, 4)))
    axes.set_xlabel("answers that are right (skill)")
    axes.axhline(0, color=Colour.MUTED.value, linewidth=0.8)
    axes.set_ylabel("pay less slash, of the full price")
    axes.grid(visible=True)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(decimals=0))
    axes.legend(loc="upper left", labelcolor=Colour.INK.value)
    return svg_of(figure, "Pay against skill, one dot for each worker, larger with more answers")


def strategies_chart(report: Report) -> str:
    """Draw what one answer of each strategy came to; whoever loses is drawn to the left."""
    found = list(reversed(report.strategies.items()))
    figure, axes = new_chart("strategies", WIDTH, 0.75 + ROW * len(found))
    values = [100 * row.net_per_answer for _, row in found]
    colours = [Colour.OURS if value > 0 else Colour.BAD for value in values]
    _bars(axes, [name for name, _ in found], values, colours, "{:+.0f} %")
    axes.axvline(0, color=Colour.MUTED.value, linewidth=0.8)
    axes.margins(x=0.2)
    axes.xaxis.set_major_formatter(PercentFormatter(decimals=0))
    return svg_of(figure, "Pay less slashes of one answer, for each strategy")


def gas_chart(report: Report) -> str:
    """Draw our gas beside the limit and the best known project, on a logarithmic scale."""
    rows = list(reversed(list(report.comparisons.values())))
    figure, axes = new_chart("gas", WIDTH, 0.9 + 0.42 * len(rows))
    places = range(len(rows))
    axes.barh(
        places,
        [row.ours for row in rows],
        color=[(Colour.OURS if row.is_within else Colour.BAD).value for row in rows],
        height=0.55,
        label="Tessera",
    )
    _marks(
        axes, [(p, r.limit) for p, r in zip(places, rows, strict=True)], Colour.INK, "limit", "|"
    )
    known = [(p, r.best_known) for p, r in zip(places, rows, strict=True) if r.best_known]
    _marks(axes, known, Colour.OTHER, "best known elsewhere", "D")
    axes.set_xscale("log")
    axes.set_xlim(left=1_000)
    axes.set_yticks(places, [row.title for row in rows])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda gas, _: f"{gas:,.0f}"))
    axes.grid(visible=True, axis="x")
    figure.legend(loc="outside upper right", ncols=3, labelcolor=Colour.INK.value)
    return svg_of(figure, "Gas of each operation beside the limit and the best known project")


def seconds_chart(report: Report) -> str:
    """Draw how long each step took."""
    steps = list(reversed(list(report.seconds.items())))
    figure, axes = new_chart("seconds", WIDTH, 0.75 + 0.29 * len(steps))
    names = [name.replace("_", " ") for name, _ in steps]
    _bars(axes, names, [seconds for _, seconds in steps], [Colour.OURS] * len(steps), "{:.1f} s")
    return svg_of(figure, "Seconds of each step")


def money_chart(money: Money, token: str) -> str:
    """Draw money in above money out; two bars of the same length when nothing is lost."""
    figure, axes = new_chart(f"money-{token}", WIDTH, 1.7)
    axes.barh(1, 1.0, color=Colour.PLAIN.value, height=0.6, label="funded")
    left, whole = 0.0, max(money.funded, 1)
    for name, amount, colour in (
        ("paid", money.paid, Colour.OURS),
        ("refunded", money.refunded, Colour.OTHER),
        ("fees", money.fees, Colour.INK),
        ("held", money.held, Colour.BAD),
    ):
        axes.barh(0, amount / whole, left=left, color=colour.value, height=0.6, label=name)
        left += amount / whole
    axes.set_yticks([0, 1], ["out", "in"])
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    figure.legend(loc="outside lower center", ncols=5, labelcolor=Colour.INK.value)
    return svg_of(figure, f"Money in and money out of {token}")


def _bars(
    axes: Axes, names: Sequence[str], values: Sequence[float], colours: Sequence[Colour], form: str
) -> None:
    bars = axes.barh(range(len(values)), values, color=[c.value for c in colours], height=0.62)
    axes.bar_label(bars, labels=[form.format(v) for v in values], padding=4)
    axes.set_yticks(range(len(values)), list(names))
    axes.margins(x=0.12)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=True, axis="x")


def _marks(
    axes: Axes, points: Sequence[tuple[int, int]], colour: Colour, label: str, marker: str
) -> None:
    axes.scatter(
        [gas for _, gas in points],
        [place for place, _ in points],
        marker=marker,
        s=150 if marker == "|" else 26,
        linewidths=2 if marker == "|" else 0,
        c=colour.value,
        label=label,
        zorder=3,
    )


def _is_spammer(row: WorkerRow) -> bool:
    return row.kind == "spammer"


def _net(row: WorkerRow) -> int:
    return row.paid - row.slashed


def _busiest(report: Report) -> int:
    return max(row.answers for row in report.workers)
