"""Which answers made an order, and how much each counted."""

import pytest

from oracle.aggregate.rankings import aggregate_weighted_kemeny, explain_ranking
from oracle.errors import AggregationRefused
from tests.oracle.aggregate.rankings.ranking_crowds import rankings_of

pytestmark = pytest.mark.unit

ROWS = ("i", "u", "a>b>c"), ("i", "v", "a>c"), ("i", "w", "c>b>a"), ("j", "u", "z")


def test_explain_ranking__of_an_item__lists_its_answers():
    found = rankings_of(*ROWS)
    result = aggregate_weighted_kemeny(found, {"prior_lists": 2})

    reason = explain_ranking(found, result, 0)

    assert reason.order == ("a", "b", "c")
    assert [vote.order for vote in reason.votes] == [("a", "b", "c"), ("a", "c"), ("c", "b", "a")]
    assert [vote.contradicted for vote in reason.votes] == [0, 0, 3]
    assert [vote.weight for vote in reason.votes] == result.weights.tolist()
    assert not reason.is_tied


def test_explain_ranking__of_an_unknown_item__is_refused():
    found = rankings_of(*ROWS)
    result = aggregate_weighted_kemeny(found, {"prior_lists": 2})

    with pytest.raises(AggregationRefused, match=r"item 2 is outside 0\.\.1"):
        explain_ranking(found, result, 2)
