"""What pay is measured over, and what a worker is told of it."""

import pytest

from dao_client.cli.answer import remark_few
from dao_client.least_answers import LEAST_ANSWERS, least_answers

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("items", "least"), [(3, 3), (LEAST_ANSWERS, LEAST_ANSWERS), (10**6, LEAST_ANSWERS)]
)
def test_least_answers__small_task__asks_for_all_its_items(items: int, least: int) -> None:
    assert least_answers(items) == least


@pytest.mark.parametrize(("answers", "items"), [(LEAST_ANSWERS - 1, 400), (2, 3)])
def test_remark_few__fewer_than_pay_asks_for__is_told(answers, items, capsys) -> None:
    remark_few(answers, items)

    assert f"at least {least_answers(items)} answers" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(("answers", "items"), [(LEAST_ANSWERS, 400), (3, 3)])
def test_remark_few__enough__says_nothing(answers, items, capsys) -> None:
    remark_few(answers, items)

    assert capsys.readouterr().err == ""
