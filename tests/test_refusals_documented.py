"""Every refusal of a contract has a test of its exact text, and its line in docs/refusals.md."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "refusals.md"
REASON = re.compile(r'(?:assert\b.*,|\),|raise) "([^"]+)"$')
LONGEST_REASON = 32
NAMED_TEST = re.compile(r"`(test_\w+__\w+)`")


def contracts() -> list[Path]:
    folder = ROOT / "contracts"
    return sorted([*folder.glob("*.vy"), *(folder / "modules").glob("*.vy")])


def refusals_of(source: str) -> Iterator[str]:
    """Find what a contract says when it refuses, also where the condition has many lines."""
    for line in source.splitlines():
        if found := REASON.search(line.strip()):
            yield found[1]


def all_refusals() -> list[str]:
    return sorted({text for path in contracts() for text in refusals_of(path.read_text())})


@cache
def asserted() -> frozenset[str]:
    """Return every string literal inside a test of the contracts, decorators included."""
    return frozenset(
        constant.value
        for path in (ROOT / "tests" / "contracts").rglob("test_*.py")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_")
        for constant in ast.walk(function)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    )


@cache
def all_tests() -> frozenset[str]:
    found = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
    sources = (path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for source in sources for name in found.findall(source))


def test_refusals_of__each_form_of_assert__is_found() -> None:
    source = (
        'assert a, "x: one"\n) == b, "no"\n    ), "x: two"\n  raise "x: three"\nlog "x: four"\n'
    )

    assert list(refusals_of(source)) == ["x: one", "x: two", "x: three"]


def test_contracts__every_assert__says_why() -> None:
    silent = [
        f"{path.name}:{number}"
        for path in contracts()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if line.strip().startswith("assert ") and not line.strip().endswith(('"', "("))
    ]

    assert silent == []


@pytest.mark.parametrize("text", all_refusals())
def test_refusal__of_a_contract__is_asserted_by_a_test_and_documented(text: str) -> None:
    assert text in asserted(), "no test of a contract asserts this text"
    assert f"| `{text}` |" in PAGE.read_text(), "docs/refusals.md does not list this text"
    assert len(text) <= LONGEST_REASON


@pytest.mark.parametrize("name", sorted(set(NAMED_TEST.findall(PAGE.read_text()))))
def test_page__each_named_test__exists(name: str) -> None:
    assert name in all_tests()


def test_page__every_text_in_its_last_table__is_still_refused() -> None:
    table = PAGE.read_text().split("## Every refusal of the contracts")[1]

    assert sorted(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)) == all_refusals()
