"""
The digest of what every method makes of one seeded crowd of its kind.

    python -m tests.oracle.aggregate.digests [--size small] [--method NAME ...]   print them
    python -m tests.oracle.aggregate.digests --write                             golden.json

Write them anew only when a method is meant to give other results: each change is a new version.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from oracle.aggregate import METHODS, Outcome
from oracle.crowd_table import aggregate_answers
from oracle.frames import Column

from .seeded_crowds import SIZES, SeededCrowd, crowds_of

GOLDEN = Path(__file__).parent / "golden.json"

Change = Callable[[SeededCrowd], SeededCrowd]


def digests(
    size: str, methods: Iterable[str] = tuple(METHODS), change: Change | None = None, **options: Any
) -> dict[str, str]:
    """Return a digest per method and crowd; `options` go to `aggregate_answers`."""
    found = {}
    for method in methods:
        for name, crowd in crowds_of(METHODS[method].kind.value, SIZES[size]).items():
            given = change(crowd) if change else crowd
            labelling = aggregate_answers(given.table, method, **given.options, **options)
            found[f"{method}/{name}"] = digest_of(labelling.outcome)
    return found


def digest_of(outcome: Outcome) -> str:
    """Return the digest of all that an outcome says, as JSON."""
    said = {
        "names": list(outcome.names),
        "answers": answers_of(outcome),
        "confidence_bps": outcome.confidence_bps.tolist(),
        "skill_bps": outcome.skill_bps.tolist(),
        "iterations": int(outcome.iterations),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def answers_of(outcome: Outcome) -> list[str | None]:
    """Return the answer of each row as text; none where an item got none."""
    if not isinstance(outcome.answers, Column):
        return list(outcome.answers)
    names = [*outcome.answers.names, None]
    return [names[code] for code in outcome.answers.codes.tolist()]


def golden(size: str) -> dict[str, str]:
    """Return the committed digests."""
    committed: dict[str, str] = json.loads(GOLDEN.read_text("utf-8"))[size]
    return committed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--method", choices=METHODS, action="append")
    chosen = parser.parse_args()
    found = {size: digests(size, chosen.method or METHODS) for size in chosen.size or SIZES}
    text = json.dumps(found, indent=2) + "\n"
    if chosen.write:
        GOLDEN.write_text(text, "utf-8")
    else:
        print(text, end="")  # noqa: T201


if __name__ == "__main__":
    main()
