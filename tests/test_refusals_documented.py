"""Every refusal of a contract has a test of its exact text, and its line in docs/refusals.md."""

import re

import pytest

from tests.refusals import HEADING, PAGE, ROOT, asserting, contracts, refusals, refusals_of, table

pytestmark = pytest.mark.unit

LONGEST_REASON = 32
NAMED_TEST = re.compile(r"`(test_\w+__\w+)`")


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


@pytest.mark.parametrize("text", refusals())
def test_refusal__of_a_contract__is_asserted_by_a_test(text: str) -> None:
    assert asserting()[text], "no test of a contract asserts this text"
    assert len(text) <= LONGEST_REASON


def test_page__each_named_test__exists() -> None:
    assert set(NAMED_TEST.findall(PAGE.read_text())) <= all_tests()


def test_page__its_last_table__is_what_contracts_and_tests_say() -> None:
    """After a change: `make docs`."""
    assert PAGE.read_text("utf-8").split(HEADING)[1] == f"\n\n{table()}"
