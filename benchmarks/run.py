"""
Run every benchmark, print what it finds, and write `results/` and `docs/benchmarks.md`.

    make bench

Each is a program of its own, so that one's memory and imports do not count for another.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = (
    "benchmarks.storage",
    "benchmarks.gas",
    "benchmarks.accuracy",
    "benchmarks.mechanism",
    "benchmarks.mechanism.few",
    "benchmarks.aggregate_speed",
    "benchmarks.report",
)


def main() -> None:
    """Run them in turn; stop at the first that fails."""
    for program in PROGRAMS:
        print(f"python -m {program}", flush=True)
        ended = subprocess.run([sys.executable, "-m", program], cwd=ROOT, check=False)
        if ended.returncode:
            sys.exit(f"{program} ended with {ended.returncode}")


if __name__ == "__main__":
    main()
