"""One call on a table: gold, stakes and threads reach the method; what does not fit is refused."""

import numpy as np
import pyarrow as pa
import pytest

from oracle.aggregate import METHODS
from oracle.crowd_table import aggregate_answers, find_method
from oracle.errors import AggregationRefused, CrowdFileRefused
from tests.oracle.aggregate.seeded_crowds import SIZES, crowds_of

pytestmark = pytest.mark.unit

TABLE = {
    "task": ["a", "a", "a", "b", "b", "b"],
    "worker": [1, 2, 3, 1, 2, 3],
    "label": ["x", "x", "y", "y", "x", "x"],
}


def labels_of(found):
    names = [*found.frame.answers]
    return {
        item: names[code]
        for item, code in zip(found.frame.items, found.outcome.answers.codes, strict=True)
    }


def test_aggregate_answers__columns__gives_labels_confidence_and_skill():
    found = aggregate_answers(TABLE, "majority")

    assert labels_of(found) == {"a": "x", "b": "x"}
    assert found.outcome.confidence_bps.tolist() == [6_666, 6_666]
    assert found.outcome.skill_bps.tolist() == [5_000, 10_000, 5_000]


def test_aggregate_answers__data_frame__is_the_same_as_columns():
    found = aggregate_answers(pa.table(TABLE), "majority")

    assert labels_of(found) == labels_of(aggregate_answers(TABLE, "majority"))


def test_aggregate_answers__numpy_columns__are_the_same():
    arrays = {name: np.array(values) for name, values in TABLE.items()}

    assert labels_of(aggregate_answers(arrays, "majority")) == {"a": "x", "b": "x"}


def test_aggregate_answers__gold__stands_and_counts_what_it_does_not_know():
    gold = {"task": ["a", "z"], "truth": ["y", "x"]}

    found = aggregate_answers(TABLE, "majority", gold=gold)

    assert labels_of(found) == {"a": "y", "b": "x"}
    assert found.outcome.confidence_bps[0] == 10_000
    assert found.unmatched_gold == 1


CHOICES = [name for name in METHODS if METHODS[name].kind == "choice"]
CROWD = crowds_of("choice", SIZES["small"])["gold"]


def rows_of(found):
    """Tell by name what every item has, and how sure."""
    names = [*found.outcome.answers.names]
    labels = [names[code] for code in found.outcome.answers.codes]
    return dict(
        zip(
            found.outcome.names,
            zip(labels, found.outcome.confidence_bps.tolist(), strict=True),
            strict=True,
        )
    )


def test_aggregate_answers__gold_label_that_nobody_gave__stands_for_its_item_alone():
    gold = {"task": ["b"], "truth": ["w"]}

    found, without = (aggregate_answers(TABLE, "majority", gold=each) for each in (gold, None))

    assert rows_of(found) == {"a": ("x", 6_666), "b": ("w", 10_000)}
    assert found.foreign_gold == 1
    assert [*found.frame.answers] == ["x", "y"]
    assert found.outcome.skill_bps.tolist() == without.outcome.skill_bps.tolist()


@pytest.mark.parametrize("method", CHOICES)
def test_aggregate_answers__gold_in_words_of_its_own__changes_no_other_item(method):
    gold = CROWD.options["gold"]
    items = gold["task"]
    own = {"task": items, "truth": [f"{truth}, surely" for truth in gold["truth"]]}

    found, without = (aggregate_answers(CROWD.table, method, gold=each) for each in (own, None))

    wanted = rows_of(without) | {
        item: (truth, 10_000) for item, truth in zip(items, own["truth"], strict=True)
    }
    assert found.foreign_gold == len(items)
    assert rows_of(found) == wanted


@pytest.mark.parametrize("method", CHOICES)
def test_aggregate_answers__gold_of_items_that_nobody_answered__changes_nothing(method):
    gold = CROWD.options["gold"]
    more = {
        "task": [*gold["task"], "no such item", "nor this"],
        "truth": [*gold["truth"], "no such label", gold["truth"][0]],
    }

    found, known = (aggregate_answers(CROWD.table, method, gold=each) for each in (more, gold))

    assert (found.unmatched_gold, found.foreign_gold) == (2, 0)
    assert rows_of(found) == rows_of(known)
    assert found.outcome.skill_bps.tolist() == known.outcome.skill_bps.tolist()


def test_aggregate_answers__stakes__weigh_up_to_two_seats():
    stakes = {"worker": [1, 2, 3, 9], "stake": ["0.25", "0.5", "40", "1"]}

    found = aggregate_answers(TABLE, "stake_weighted", stakes=stakes)

    assert found.crowd.answers.weights.tolist() == [250_000_000, 500_000_000, 2_000_000_000]
    assert labels_of(found) == {"a": "y", "b": "x"}
    assert found.unmatched_stakes == 1


def test_aggregate_answers__two_threads__gives_the_same():
    one, two = (aggregate_answers(TABLE, "dawid_skene", threads=count) for count in (1, 2))

    assert labels_of(one) == labels_of(two)


def test_find_method__unknown__lists_what_there_is():
    with pytest.raises(AggregationRefused, match="no method is called 'wise': choose anchored"):
        find_method("wise")


def test_aggregate_answers__missing_column__is_refused_by_name():
    with pytest.raises(CrowdFileRefused, match="a column worker or performer is needed"):
        aggregate_answers({"task": ["a"], "label": ["x"]}, "majority")


@pytest.mark.parametrize(("given", "named"), [("gold", "gold"), ("stakes", "stakes")])
def test_aggregate_answers__option_that_the_kind_does_not_take__is_refused(given, named):
    table = {"task": ["a"], "worker": ["w"], "answer": ["1.5"]}

    with pytest.raises(AggregationRefused, match=f"take no {named}: leave that out"):
        aggregate_answers(table, "median", **{given: {"task": ["a"], "truth": ["2"]}})
