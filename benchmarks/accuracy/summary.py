"""From trials to the figures that are committed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from statistics import mean
from typing import Any

from benchmarks.accuracy.calibration import accuracy_percent, bins, calibration_error_bps
from benchmarks.accuracy.choices import AUDIT_PERCENT, OURS_WITH_GOLD, PLAIN, Trial
from benchmarks.accuracy.crowds import Crowd

Figures = dict[str, Any]
Table = dict[str, dict[str, Figures]]
"""Set, then method, to figures. A method of crowd-kit is `crowd-kit NAME`."""

AUDITED = " + audits"


def summarise(crowds: Sequence[Crowd], trials: Sequence[Trial], seeds: int) -> Figures:
    """Join what every set gave with the means over the sets and the worst against majority."""
    table = tabulate(trials)
    return {
        "disguises": seeds,
        "audit_percent": AUDIT_PERCENT,
        "sets": {crowd.name: _size(crowd) | {"methods": table[crowd.name]} for crowd in crowds},
        "means": means(table),
        "worst_against_majority": {
            name: worst(table, name) for name in _methods(table) if not name.endswith(AUDITED)
        },
        "gain_by_audits": {
            name: gain(table, name) for name in OURS_WITH_GOLD if name in _methods(table)
        },
        "reliability": {
            name: [
                asdict(each)
                for each in bins([guess for trial in of_method for guess in trial.guesses])
            ]
            for name, of_method in _grouped(trials, name_of)
        },
    }


def name_of(trial: Trial) -> str:
    owner = "" if trial.whose == "ours" else f"{trial.whose} "
    return f"{owner}{trial.method}{AUDITED if trial.gold else ''}"


def tabulate(trials: Iterable[Trial]) -> Table:
    """Take the mean over the disguises of each set."""
    return {
        name: {method: _figures(list(same)) for method, same in _grouped(of_set, name_of)}
        for name, of_set in _grouped(trials, lambda trial: trial.set)
    }


def means(table: Table) -> dict[str, Figures]:
    """Take the mean over the sets; each counts once, however large."""
    rows = list(table.values())
    return {
        name: {key: _mean_of([row[name][key] for row in rows], key) for key in rows[0][name]}
        for name in _methods(table)
    }


def worst(table: Table, method: str) -> Figures:
    """Find the set on which a method falls furthest below our majority, or gains least."""
    gains = {name: row[method]["accuracy"] - row[PLAIN]["accuracy"] for name, row in table.items()}
    lowest = min(gains, key=gains.__getitem__)
    return {"set": lowest, "points": _round(gains[lowest])}


def gain(table: Table, method: str) -> Figures:
    """Compare a method with audits and without.

    On the items that nobody audited (`mean` and `sets`), and on all that are delivered, audited
    ones with the label that the audit gave them.
    """
    points = {
        name: _round(row[method + AUDITED]["accuracy"] - row[method + AUDITED]["without_audits"])
        for name, row in table.items()
    }
    delivered = mean(row[method + AUDITED]["delivered_gain"] for row in table.values())
    return {
        "mean": _round(mean(points.values())),
        "delivered": _round(delivered),
        "sets": points,
    }


def _figures(trials: Sequence[Trial]) -> Figures:
    figures = {
        "accuracy": _round(mean(accuracy_percent(trial.guesses) for trial in trials)),
        "ece_bps": round(mean(calibration_error_bps(trial.guesses) for trial in trials)),
        "cpu_seconds": round(mean(trial.cpu_seconds for trial in trials), 4),
    }
    same = [trial.same_percent for trial in trials if trial.same_percent is not None]
    figures |= {"same_labels": _round(mean(same))} if same else {}
    blind = [accuracy_percent(trial.without_audits) for trial in trials if trial.without_audits]
    figures |= {"without_audits": _round(mean(blind))} if blind else {}
    gains = [trial.delivered_gain for trial in trials if trial.delivered_gain is not None]
    return figures | ({"delivered_gain": _round(mean(gains))} if gains else {})


def _size(crowd: Crowd) -> Figures:
    return {
        "items": len(crowd.items),
        "workers": len({row[1] for row in crowd.rows}),
        "answers": len(crowd.rows),
        "labels": len({row[2] for row in crowd.rows}),
        "judged": len(crowd.judged),
    }


def _methods(table: Table) -> list[str]:
    return list(dict.fromkeys(name for row in table.values() for name in row))


def _grouped(
    trials: Iterable[Trial], key: Callable[[Trial], str]
) -> Iterable[tuple[str, list[Trial]]]:
    """Group in the order in which the keys come first."""
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return groups.items()


def _mean_of(values: Sequence[float], key: str) -> float:
    """Take the least where the mean says nothing: each set must agree."""
    return min(values) if key == "same_labels" else _round(mean(values))


def _round(value: float) -> float:
    return round(value, 2)
