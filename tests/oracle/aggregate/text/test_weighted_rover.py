"""Weights learned from all items decide single ones."""

import pytest

from oracle.aggregate.text import WEIGHTED_ROVER, aggregate_weighted_rover, parse
from oracle.aggregate.text.rover import align, equal_rates, rule_of
from oracle.aggregate.text.voting import local_rates
from tests.oracle.aggregate.text.crowds import frame_from, run, texts_of

pytestmark = pytest.mark.unit

SENTENCES = [f"item {n} says that word {n * 7} follows word {n * 3} here" for n in range(12)]


def garbled(text: str, worker: int) -> str:
    return " ".join(
        f"{word}{worker}" if (place + worker) % 3 else word
        for place, word in enumerate(text.split())
    )


def crowd(last: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Three careful and three careless workers on twelve items, and `last` on a thirteenth."""
    careful = [(str(n), f"careful {w}", text) for n, text in enumerate(SENTENCES) for w in range(3)]
    careless = [
        (str(n), f"careless {w}", garbled(text, w))
        for n, text in enumerate(SENTENCES)
        for w in range(3)
    ]
    return careful + careless + [("last", worker, text) for worker, text in last]


LAST = [("careful 0", "a bat"), ("careful 1", "a bat")] + [
    (f"careless {w}", "a cat") for w in range(3)
]


def test_weighted_rover__careful_minority__outvotes_the_careless():
    frame = frame_from(crowd(LAST))

    weighted, equal = run("weighted_rover", frame), run("rover", frame)

    assert texts_of(weighted)[list(frame.items).index("last")] == "a bat"
    assert texts_of(equal)[list(frame.items).index("last")] == "a cat"


def test_weighted_rover__skill__tells_careful_from_careless():
    frame = frame_from(crowd(LAST))

    skill = dict(zip(frame.workers, run("weighted_rover", frame).skill_bps.tolist(), strict=True))

    assert min(skill[f"careful {w}"] for w in range(3)) > 9_000
    assert max(skill[f"careless {w}"] for w in range(3)) < 7_000


def test_local_rates__worker_who_lost_the_thread__counts_less_there():
    lost = "one two three four five six q r s t u v"
    kept = "one two three four five six seven eight nine ten eleven twelve"
    answers = parse(frame_from([("x", "a", lost), *(("x", worker, kept) for worker in "bcde")]))
    networks = align(answers, WEIGHTED_ROVER.parameters)
    rates = equal_rates(answers, WEIGHTED_ROVER.parameters)

    local = local_rates(answers.texts, networks, 0, rates, rule_of(WEIGHTED_ROVER.parameters))

    column = networks.rows.tolist().index(0)
    assert local[1, column] < rates[0] < local[10, column]
    assert local[10, 0] < rates[0]


def test_explain__of_learned_weights__shows_who_is_believed():
    frame = frame_from(crowd(LAST))
    result = aggregate_weighted_rover(parse(frame), WEIGHTED_ROVER.parameters)

    explanation = result.explain(list(frame.items).index("last"))

    believed = {each.worker: each.reliability_bps for each in explanation.answers}
    assert believed["careful 0"] > believed["careless 0"]
    assert [vote.word for vote in explanation.words] == ["a", "bat"]
    assert dict(explanation.words[1].weights)["bat"] > dict(explanation.words[1].weights)["cat"]
