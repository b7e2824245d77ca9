import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from scripts.demo.journal import Journal

pytestmark = pytest.mark.unit


@pytest.fixture
def journal() -> Journal:
    """A journal whose clock goes on by two seconds each time it is read."""
    ticks: Iterator[float] = iter(range(0, 100, 2))
    return Journal(Console(file=io.StringIO(), width=100), clock=lambda: next(ticks))


def test_step__ended__shows_seconds_and_outcome(journal: Journal) -> None:
    with journal.step("claim", "Workers claim") as step:
        step.advance(1, 2)
        step.outcome = "2 payouts"

    shown = journal.console.file.getvalue()  # type: ignore[attr-defined]
    assert journal.seconds == {"claim": 2.0}
    assert "✓ Workers claim" in shown
    assert "2.0 s  2 payouts" in shown


def test_step__failed__is_marked_and_not_counted(journal: Journal) -> None:
    with pytest.raises(ValueError, match="no chain"), journal.step("chain", "Start the chain"):
        raise ValueError("no chain")

    assert journal.seconds == {}
    assert "✗ Start the chain" in journal.console.file.getvalue()  # type: ignore[attr-defined]
