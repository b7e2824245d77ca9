"""Equal votes, word by word."""

import pytest

from oracle.aggregate.text import ROVER, aggregate_rover, parse
from tests.oracle.aggregate.text.crowds import answered, run, texts_of

pytestmark = pytest.mark.unit

ROVERS = ("rover", "weighted_rover")


def text_of(name: str, *texts: str) -> str:
    (text,) = texts_of(run(name, answered(*texts)))
    return text


@pytest.mark.parametrize("name", ROVERS)
def test_rovers__errors_in_different_words__write_what_nobody_wrote(name):
    assert text_of(name, "a bat sat there", "a cat sat their", "a cat set there") == (
        "a cat sat there"
    )


@pytest.mark.parametrize("name", ROVERS)
def test_rovers__word_that_most_left_out__is_left_out(name):
    assert text_of(name, "the cat sat", "the cat sat", "the cat sat down") == "the cat sat"


@pytest.mark.parametrize("name", ROVERS)
def test_rovers__capitals_and_punctuation__are_voted_by_themselves(name):
    assert text_of(name, "The cat, sat!", "the Cat, sat.", "The cat sat.") == "The cat, sat."


@pytest.mark.parametrize("name", ROVERS)
def test_rovers__punctuation_on_a_tie__is_left_out(name):
    assert text_of(name, "the cat.", "the cat") == "the cat"


@pytest.mark.parametrize("name", ROVERS)
def test_rovers__text_without_spaces__is_voted_sign_by_sign(name):
    signs = ("\u4eca\u65e5\u306f", "\u4eca\u65e5\u308f", "\u4eca\u660e\u306f")

    assert text_of(name, *signs) == "\u4eca\u65e5\u306f"


def test_rover__half_of_a_hyphenated_word__leaves_the_hyphen():
    assert text_of("rover", "an a-b", "an b", "an b", "an x-b", "an y-b") == "an b"


@pytest.mark.parametrize("name", ROVERS)
@pytest.mark.parametrize(
    ("texts", "expected", "confidence"),
    [
        (["?"], "?", 10_000),
        (["?", "!", "?", "!"], "!", 5_000),
        (["...", "...", "...", "well"], "...", 7_500),
    ],
)
def test_rovers__no_word_wins__take_the_commonest_answer_without(name, texts, expected, confidence):
    outcome = run(name, answered(*texts))

    assert texts_of(outcome) == [expected]
    assert outcome.confidence_bps.tolist() == [confidence]


@pytest.mark.parametrize("name", ROVERS)
def test_rovers__one_answer__is_kept_without_certainty(name):
    outcome = run(name, answered("Only, one"))

    assert texts_of(outcome) == ["Only, one"]
    assert 5_000 < outcome.confidence_bps[0] < 9_000


@pytest.mark.parametrize("name", ROVERS)
def test_rovers__all_equal__is_surer_than_a_split(name):
    agreed = run(name, answered("a cat", "a cat", "a cat"))
    split = run(name, answered("a cat", "a dog", "a fox"))

    assert agreed.confidence_bps[0] > 9_000
    assert split.confidence_bps[0] < 8_500
    assert agreed.skill_bps.min() > split.skill_bps.max()


def test_rover__word_bonus_above_one_vote__keeps_what_one_answer_adds():
    answers = parse(answered("a cat", "a cat", "a cat down"))
    generous = {**ROVER.parameters, "word_bonus_millibits": 5_000}

    assert aggregate_rover(answers, ROVER.parameters).texts == ["a cat"]
    assert aggregate_rover(answers, generous).texts == ["a cat down"]


def test_explain__of_a_vote__names_answers_weights_and_winners():
    result = aggregate_rover(parse(answered("a cat", "a cat", "a cut off")), ROVER.parameters)

    explanation = result.explain(0)

    assert [vote.word for vote in explanation.words] == ["a", "cat", ""]
    assert explanation.words[1].weights == (("", 0), ("cat", 8_174), ("cut", 4_087))
    assert [each.reliability_bps for each in explanation.answers] == [8_501] * 3
    assert explanation.answers[2].answer == "a cut off"
