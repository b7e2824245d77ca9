"""What a task costs its requester at most."""

import pytest

from dao_client.methods import DEFAULT_METHOD
from dao_client.requester import DraftItem, TaskDraft, budget_for
from dao_client.types import Wei

pytestmark = pytest.mark.unit


def draft(items: int, overlap: int, overlap_most: int = 0) -> TaskDraft:
    return TaskDraft(
        title="Cats",
        instructions="Is it one?",
        labels=("yes", "no"),
        items=tuple(DraftItem(str(each), text="a tabby") for each in range(items)),
        overlap=overlap,
        seat_size=Wei(1),
        method=DEFAULT_METHOD,
        overlap_most=overlap_most,
    )


@pytest.mark.parametrize(
    ("items", "overlap", "most", "audit_rate", "answers_and_audits"),
    [
        (100, 5, 0, 500, 500 + 50),
        (100, 5, 11, 500, 1_100 + 50),
        (101, 5, 11, 500, 1_111 + 55),
        (100, 5, 11, 3_000, 1_100 + 150),
    ],
)
def test_budget_for__a_draft__pays_the_most_answers_and_a_new_pool_s_audits(
    items, overlap, most, audit_rate, answers_and_audits
) -> None:
    budget = budget_for(draft(items, overlap, most), Wei(1_000), 200, audit_rate)

    assert budget == answers_and_audits * 1_000 * 102 // 100
