"""
Measure the gas of every step on real nodes and print it beside the anchors.

    python -m benchmarks.gas [--write] [--out FILE]

`--write` also replaces the snapshot that `tests/integration/test_gas.py` compares with.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from .measure import measure
from .opening import Gas
from .script import write_script
from .snapshot import ROOT, SNAPSHOT, THEIRS, anchor_of, flatness, over_limit

WIDTH = 110
CHAINS = ("anvil", "ganache")
FLAT_STEPS = ("anchor_submissions", "post_verdict", "finalise")


def main() -> None:
    """Measure, print and write the figures."""
    arguments = _arguments()
    script = write_script()
    measured: dict[str, Gas] = {}
    for chain in CHAINS:
        with tempfile.TemporaryDirectory() as folder:
            measured |= measure(chain, Path(folder), script)
    Console(width=WIDTH).print(_table(measured))
    _write(arguments.out, _report(measured))
    if arguments.write:
        _write(SNAPSHOT, measured)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="replace the tests' snapshot")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/gas.json")
    return parser.parse_args()


def _report(measured: Mapping[str, Gas]) -> dict[str, object]:
    """Join figures, limits and the best known figure of each step."""
    ours = {chain: measured[chain] for chain in CHAINS}
    steps = {step: None for gas in ours.values() for step in gas}
    return {
        "steps": {step: _row(ours, step) for step in steps},
        THEIRS: measured[THEIRS],
        "over_limit": {chain: over_limit(gas) for chain, gas in ours.items()},
        "difference_100_to_100000_answers": {
            chain: {step: round(flatness(gas, step), 6) for step in FLAT_STEPS}
            for chain, gas in ours.items()
        },
    }


def _row(measured: Mapping[str, Gas], step: str) -> dict[str, object]:
    figures: dict[str, object] = {chain: gas[step] for chain, gas in measured.items()}
    anchor = anchor_of(step)
    if anchor is None:
        return figures
    best = anchor["best_known"]
    ratios = {
        f"{chain}_to_best": round(gas[step] / best, 3) for chain, gas in measured.items() if best
    }
    return figures | {"limit": anchor["limit"], "best_known": best, "by": anchor["by"]} | ratios


def _table(measured: Mapping[str, Gas]) -> Table:
    table = Table(title="gas of one transaction")
    table.add_column("step", no_wrap=True)
    for column in (*measured, "limit", "best known"):
        table.add_column(column, justify="right")
    for step in next(iter(measured.values())):
        anchor = anchor_of(step) or {}
        limit, best, by = (anchor.get(key) for key in ("limit", "best_known", "by"))
        figures = [
            _figure(gas[step], None if name == THEIRS else limit) if step in gas else ""
            for name, gas in measured.items()
        ]
        known = f"{best:,} {by}" if best else ""
        table.add_row(step, *figures, f"{limit:,}" if limit else "", known)
    return table


def _figure(gas: int, limit: int | None) -> str:
    return f"[red]{gas:,} over[/]" if limit and gas > limit else f"{gas:,}"


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
