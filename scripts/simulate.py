"""`tessera simulate`: what every strategy would earn, and whether the goals hold."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from benchmarks.accuracy.rings import KINDS
from benchmarks.mechanism.comparison import Compared, compare, steps
from benchmarks.mechanism.goals import FULL, QUICK, Size, judge_goals, measure
from benchmarks.mechanism.lone import Tick
from benchmarks.mechanism.pictures import draw_goals, draw_strategies
from benchmarks.mechanism.records import plain, record_of
from benchmarks.mechanism.rule import Rule, rule_of
from benchmarks.mechanism.tables import goal_table
from dao_client.cli.options import AsJson
from dao_client.cli.output import say
from dao_client.errors import MalformedDocument
from dao_client.governance.goals import CONDITIONS

Goals = Annotated[bool, typer.Option("--goals", help="Measure the goals G1 to G13 instead.")]
Full = Annotated[bool, typer.Option("--full", help="With --goals: more seeds, some minutes.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Where chance starts.")]
Seeds = Annotated[int, typer.Option("--seeds", min=2, help="Crowds to take the mean of.")]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help=f"One of {', '.join(KINDS)}; may be repeated.")
]
RingShare = Annotated[
    float, typer.Option("--ring-share", min=0.01, max=0.9, help="Share of a ring in the crowd.")
]
Epochs = Annotated[
    int, typer.Option("--epochs", min=1, help="Tasks that one crowd takes; the last is shown.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Another value of a parameter; repeatable."),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write pictures (SVG) here.")
]


def simulate(
    goals: Goals = False,
    full: Full = False,
    seed: Seed = 1,
    seeds: Seeds = 6,
    kind: Kinds = None,
    ring_share: RingShare = 0.3,
    epochs: Epochs = 2,
    settings: Settings = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Simulate crowds that the oracle's rule pays: what honest work, spam and rings would earn.

    Figures are per answer, in nominal prices: what an .85-accurate worker earns, .6 of the price.
    With --goals the exit code is 1 if one does not hold; a proposal that changes a parameter of
    the mechanism carries this output (`tessera gov propose --attach`).
    """
    rule = rule_of(settings or ())
    if goals:
        _show_goals(rule, seed, FULL if full else QUICK, out, as_json)
        return
    chosen = _kinds(kind)
    with _counting("simulating strategies", steps(len(chosen))) as tick:
        rows = list(compare(rule, seed, seeds, tick, chosen, ring_share, epochs))
    if as_json:
        typer.echo(json.dumps([plain(each) for each in rows], indent=2))
    else:
        for name in chosen:
            Console().print(_table(name, [each for each in rows if each.kind == name]))
    if out is not None:
        draw_strategies([plain(each) for each in rows], out / "strategies.svg")
        say(f"wrote {out / 'strategies.svg'}")


def _show_goals(rule: Rule, seed: int, size: Size, out: Path | None, as_json: bool) -> None:
    """Measure, print, and end with 1 where a goal does not hold."""
    with _counting(f"measuring goals, {size.name}", size.steps) as tick:
        figures = measure(rule, seed, size, tick)
    found = judge_goals(figures, rule, seed, size)
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], indent=2))
    else:
        Console().print(goal_table(found))
        say(f"with {found[0].description.partition(CONDITIONS)[2]}")
    if out is not None:
        for path in draw_goals(record_of(figures), out):
            say(f"wrote {path}")
    if not all(each.holds for each in found):
        raise typer.Exit(1)


def _kinds(wanted: list[str] | None) -> list[str]:
    unknown = [each for each in wanted or () if each not in KINDS]
    if unknown:
        raise MalformedDocument(f"--kind {unknown[0]}: known are {', '.join(KINDS)}")
    return wanted or list(KINDS)


def _table(kind: str, rows: list[Compared]) -> Table:
    table = Table(title=kind, box=None, pad_edge=False, header_style="bold", title_justify="left")
    table.add_column("strategy", no_wrap=True)
    for name in ("crowd", "pay", "effort", "net, 95 %", "honest, 95 %", "slashed"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            row.strategy,
            f"{row.share:.1%}",
            f"{row.pay:+.2f}",
            f"{row.effort:.2f}",
            f"{row.net:+.2f} ±{row.net_pm:.2f}",
            f"{row.honest_net:+.2f} ±{row.honest_net_pm:.2f}",
            "" if row.slashed != row.slashed else f"{row.slashed:.0%}",
        )
    return table


@contextmanager
def _counting(what: str, total: int) -> Iterator[Tick]:
    """Show on a terminal how far it is."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        running = bar.add_task(what, total=total)
        yield lambda: bar.advance(running)
