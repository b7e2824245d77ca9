"""
Find what the contracts refuse and which tests assert it; write the last table of docs/refusals.md.

    python -m tests.refusals
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "refusals.md"
HEADING = "## Every refusal of the contracts"
TABLE_HEAD = "| text | source | test |\n|---|---|---|\n"
REASON = re.compile(r'(?:assert\b.*,|\),|raise) "([^"]+)"$')


def contracts() -> list[Path]:
    """Return every contract and module but the mocks."""
    found = (ROOT / "contracts").rglob("*.vy")
    return sorted(path for path in found if "mocks" not in path.parts)


def refusals_of(source: str) -> Iterator[str]:
    """Find what a contract says when it refuses, also where the condition has many lines."""
    for line in source.splitlines():
        if found := REASON.search(line.strip()):
            yield found[1]


@cache
def refusals() -> Mapping[str, list[str]]:
    """Return each text with the stems of the contracts that say it."""
    sources: dict[str, set[str]] = defaultdict(set)
    for path in contracts():
        for text in refusals_of(path.read_text()):
            sources[text].add(path.stem)
    return {text: sorted(stems) for text, stems in sorted(sources.items())}


@cache
def asserting() -> Mapping[str, list[str]]:
    """Return the tests in which each string stands, decorators included."""
    tests: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests" / "contracts").rglob("test_*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                for text in _strings(function):
                    tests[text].append(function.name)
    return tests


def _strings(function: ast.FunctionDef) -> set[str]:
    nodes = (node for node in ast.walk(function) if isinstance(node, ast.Constant))
    return {node.value for node in nodes if isinstance(node.value, str)}


def table() -> str:
    """Write a row for each refusal: its text, who says it, and a test that proves it."""
    rows = (_row(text, stems, asserting()[text]) for text, stems in refusals().items())
    return TABLE_HEAD + "".join(rows)


def _row(text: str, stems: list[str], tests: list[str]) -> str:
    if not tests:
        raise LookupError(f"no test of a contract asserts {text!r}")
    return f"| `{text}` | {', '.join(f'`{stem}`' for stem in stems)} | `{tests[0]}` |\n"


def main() -> None:
    """Replace the last table of the page."""
    kept = PAGE.read_text("utf-8").split(HEADING)[0]
    PAGE.write_text(f"{kept}{HEADING}\n\n{table()}", "utf-8")


if __name__ == "__main__":
    main()
