"""Rows of the page about the mechanism, from `benchmarks/results/mechanism.json`."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table

from dao_client.governance.goals import CONDITIONS, Goal

from .few import COUNTS
from .goals import ACCURACIES, TARGETS
from .pictures import COLOURS

Record = dict[str, Any]
Row = Sequence[str]
KINDS = tuple(COLOURS)

GOAL_HEADING: Row = ("goal", "value", "bound", "holds", "what")
STRATEGY_HEADING: Row = ("strategy", "of the crowd", *KINDS)
OVERLAP_HEADING: Row = ("answers per item", *KINDS)
RING_HEADING: Row = (
    *("task", "ring", "epoch 1: accuracy", "answers", "ring's net"),
    *("epoch 4: accuracy", "answers", "ring's net", "honest net"),
)
FEW_HEADING: Row = ("strategy", "task", *map(str, COUNTS))
SPLIT_HEADING: Row = ("strategy", "task", "1 name", "2", "4", "8", "16")


def goal_rows(found: Record) -> Iterator[Row]:
    """Give one row per goal."""
    for goal, target in zip(found["goals"], TARGETS, strict=True):
        holds = "yes" if goal["holds"] else "**no**"
        bound = f"{target.sign} {target.bound:g}"
        what, _, _ = goal["description"].partition(CONDITIONS)
        yield goal["goal"], f"{goal['value']:g}", bound, holds, what


def strategy_rows(found: Record) -> Iterator[Row]:
    """Give one row per strategy: its net in every kind, with its interval."""
    rows = {(row["strategy"], row["kind"]): row for row in found["strategies"]}
    for strategy in dict.fromkeys(row["strategy"] for row in found["strategies"]):
        own = [rows[strategy, kind] for kind in KINDS]
        share = f"{own[0]['share']:.1%}"
        yield strategy, share, *(f"{row['net']:+.2f} ± {row['net_pm']:.2f}" for row in own)


def overlap_rows(found: Record) -> Iterator[Row]:
    """Give one row per fixed overlap: honest work and the best spammer."""
    nets = {(row["overlap"], row["kind"], row["strategy"]): row["net"] for row in found["overlaps"]}
    for overlap in dict.fromkeys(row["overlap"] for row in found["overlaps"]):
        yield (
            str(overlap),
            *(
                f"{nets[overlap, kind, 'honest']:+.2f} / {nets[overlap, kind, 'best spammer']:+.2f}"
                for kind in KINDS
            ),
        )
    yield "rounds of 5 to 11", *(_rounds(found, kind) for kind in KINDS)


def _rounds(found: Record, kind: str) -> str:
    """Return honest work in the worse pool, and the best spammer in its better one."""
    own = [(row["strategy"], row["net"]) for row in found["rounds"] if row["kind"] == kind]
    honest = min(net for strategy, net in own if strategy == "honest")
    return f"{honest:+.2f} / {max(net for strategy, net in own if strategy != 'honest'):+.2f}"


def ring_rows(found: Record) -> Iterator[Row]:
    """Give one row per kind and share of the ring."""
    rows = {(row["kind"], row["share"], row["epoch"]): row for row in found["rings"]}
    last = max(row["epoch"] for row in found["rings"])
    for kind in KINDS:
        for share in dict.fromkeys(row["share"] for row in found["rings"]):
            new, known = rows[kind, share, 1], rows[kind, share, last]
            yield (
                kind,
                f"{share:.0%}",
                *_ring(new),
                *_ring(known),
                f"{known['honest_net']:+.2f}",
            )


def split_rows(found: Record) -> Iterator[Row]:
    """Give one row per strategy and kind: the net under one name and under several."""
    for row in found["splits"]:
        yield row["strategy"], row["kind"], *(f"{net:+.2f}" for net in row["net"].values())


def few_rows(found: Record) -> Iterator[Row]:
    """Give one row per strategy and kind: the net under names of few answers each."""
    for row in found["few_answers"]:
        yield row["strategy"], row["kind"], *(f"{net:+.2f}" for net in row["net"].values())


def _ring(row: Record) -> Iterator[str]:
    bound = ACCURACIES.get(row["share"])
    accuracy = f"{row['accuracy']:.3f}"
    yield f"**{accuracy}**" if bound and row["accuracy"] < bound else accuracy
    yield f"{row['answers_per_item']:.1f}"
    yield "" if row["ring_net"] is None else f"{row['ring_net']:+.2f}"


def goal_table(goals: list[Goal]) -> Table:
    """Return the goals as a table, each bound with its sign."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("goal")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("bound", justify="right", no_wrap=True)
    table.add_column("holds")
    table.add_column("what", overflow="fold")
    for goal, target in zip(goals, TARGETS, strict=True):
        holds = "yes" if goal.holds else "[bold red]no[/]"
        bound = f"{target.sign} {target.bound:g}"
        table.add_row(goal.goal, f"{goal.value:g}", bound, holds, target.what)
    return table
