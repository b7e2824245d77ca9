"""The best order against all orders, and crowds with guessers."""

import json
import random
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings, strategies as st

from oracle.aggregate.rankings import RANKING_METHODS, aggregate_weighted_kemeny
from oracle.frames import frame_of
from oracle.integers import ONE
from tests.oracle.aggregate.rankings.ranking_crowds import (
    GUESSES,
    distance,
    mallows_crowd,
    rankings_of,
)

pytestmark = pytest.mark.unit

(KEMENY,) = RANKING_METHODS


def orders_of(frame):
    return [json.loads(text) for text in KEMENY.outcome(frame, KEMENY.parameters).answers]


def fit(*rows):
    found = rankings_of(*rows)
    return found, aggregate_weighted_kemeny(found, KEMENY.parameters)


def cost(order, answers, weights):
    return sum(
        weight * distance([name for name in order if name in answer], answer)
        for answer, weight in zip(answers, weights, strict=True)
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.permutations("abcde").flatmap(lambda all_: st.integers(1, 5).map(lambda n: all_[:n])),
        min_size=1,
        max_size=6,
    )
)
def test_aggregate__of_any_answers__is_the_first_of_the_cheapest_orders(answers):
    rows = [("i", f"w{place}", ">".join(answer)) for place, answer in enumerate(answers)]

    found, result = fit(*rows)

    names = found.names_of(0, result.orders)
    weights = result.weights.tolist()
    costs = {order: cost(order, answers, weights) for order in permutations(sorted(names))}
    best = [order for order, total in costs.items() if total == min(costs.values())]
    assert tuple(names) == min(best)
    assert bool(result.is_tied[0]) == (len(best) > 1)
    odds = sum(2.0 ** ((min(costs.values()) - total) / ONE) for total in costs.values())
    assert abs(result.confidence_bps[0] - 10_000 / odds) < 3


def test_aggregate__of_one_worker__returns_the_answer():
    found, result = fit(("i", "w", "b>c>a"))

    assert found.names_of(0, result.orders) == ["b", "c", "a"]
    assert result.skill_bps.tolist() == [10_000]
    assert not result.is_tied[0]
    assert 2_500 < result.confidence_bps[0] < 4_000


def test_aggregate__of_two_opposite_answers__takes_the_first_by_name_and_says_tied():
    found, result = fit(("i", "v", "b>a"), ("i", "w", "a>b"))

    assert found.names_of(0, result.orders) == ["a", "b"]
    assert result.is_tied.tolist() == [True]
    assert result.confidence_bps.tolist() == [5_000]


def test_aggregate__of_one_object__is_certain():
    _, result = fit(("i", "v", "a"), ("i", "w", "a"))

    assert result.confidence_bps.tolist() == [10_000]


def test_aggregate__of_a_repeated_answer__counts_it_once():
    found, result = fit(*[("i", "u", "b>a")] * 9, ("i", "v", "a>b"), ("i", "w", "a>b"))

    assert found.names_of(0, result.orders) == ["a", "b"]


def test_aggregate__of_a_crowd_with_guessers__finds_them():
    ratios = [GUESSES] * 6 + [96] * 9
    frame, _ = mallows_crowd(seed=1, items=80, objects=5, answers=6, ratios=ratios)

    outcome = KEMENY.outcome(frame, KEMENY.parameters)

    assert max(outcome.skill_bps[:6]) < min(outcome.skill_bps[6:])


@pytest.mark.parametrize("objects", [5, 11])
def test_aggregate__of_crowds_with_guessers__is_nearer_than_any_equal_vote(objects):
    ratios = [GUESSES] * 8 + [128] * 8
    frame, truths = mallows_crowd(seed=2, items=100, objects=objects, answers=7, ratios=ratios)
    tokens = [f"{item}-{place}" for place, item in enumerate(frame.item_of.tolist())]
    strangers = mallows_like(frame, tokens)

    weighed = sum(map(distance, orders_of(frame), truths))
    equal = sum(map(distance, orders_of(strangers), truths))

    assert weighed < equal * 0.9


def mallows_like(frame, workers):
    """Return the frame with every answer by a worker of its own, of whom nothing is known."""
    items = [frame.items[int(code)] for code in frame.item_of]
    answers = [frame.answers[int(code)] for code in frame.answer_of]
    return frame_of(items, workers, answers)


def test_aggregate__beyond_eight_objects__is_locally_best():
    frame, _ = mallows_crowd(seed=3, items=5, objects=12, answers=5, ratios=[200] * 9)
    rows = [
        (frame.items[int(i)], frame.workers[int(w)], frame.answers[int(a)])
        for i, w, a in zip(frame.item_of, frame.worker_of, frame.answer_of, strict=True)
    ]

    found, result = fit(*rows)

    for item in range(5):
        names = found.names_of(item, result.orders[item * 12 : item * 12 + 12])
        own = [(w, text.split(">")) for i, w, text in rows if i == f"i{item:04}"]
        for upper, lower in pairwise(names):
            weights = {name: int(result.weights[int(name[1:])]) for name, _ in own}
            votes = [weights[w] * (1 if a.index(upper) < a.index(lower) else -1) for w, a in own]
            assert sum(votes) >= 0


def test_aggregate__of_shuffled_rows__is_the_same():
    rows = [("i", f"w{n}", ">".join(random.Random(n).sample("abcdefghij", 10))) for n in range(7)]

    _, first = fit(*rows)
    _, second = fit(*random.Random(1).sample(rows, 7))

    assert first.orders.tolist() == second.orders.tolist()
    assert first.confidence_bps.tolist() == second.confidence_bps.tolist()
