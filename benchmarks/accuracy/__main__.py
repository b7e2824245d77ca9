"""
Label real crowds with ours and with crowd-kit's, in one run, and write what is right.

    python -m benchmarks.accuracy [--sets NAME,…] [--disguises N] [--out FILE]

The crowds are not ours to copy: without `../shared/data` this says so and measures nothing.
"""

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks import crowdkit
from benchmarks.accuracy.choices import run_trials
from benchmarks.accuracy.crowds import CHOICE_SETS, DATA, read_crowd
from benchmarks.accuracy.kinds import measure_kinds
from benchmarks.accuracy.rings import measure_rings
from benchmarks.accuracy.summary import summarise
from benchmarks.accuracy.tables import print_figures

OUT = Path(__file__).resolve().parents[1] / "results" / "accuracy.json"


def main() -> None:
    """Measure, print and write the figures."""
    arguments = _arguments()
    if not DATA.is_dir():
        print(f"no crowds at {DATA}: accuracy was not measured")
        return
    if not crowdkit.PYTHON.exists():
        raise SystemExit("crowd-kit is not installed: run `make install`")
    crowds = [read_crowd(name) for name in arguments.sets.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        trials = list(run_trials(crowds, arguments.disguises, Path(folder)))
    report = {
        "choice": summarise(crowds, trials, arguments.disguises),
        "rings": measure_rings(),
        "kinds": measure_kinds(),
    }
    print_figures(report)
    arguments.out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", default=",".join(CHOICE_SETS), help="which of them")
    parser.add_argument("--disguises", type=int, default=3, help="permutations of each set")
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


if __name__ == "__main__":
    main()
