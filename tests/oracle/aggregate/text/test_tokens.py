"""What counts as a word, and what a text looks like put together again."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.text.tokens import MAX_CHARACTERS, fold, join, tokenise

pytestmark = pytest.mark.unit


def words(text: str) -> list[str]:
    return [token.word for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stay  here, (Bob)!", ["stay", "here", "bob"]),
        ("don\u2019t DON'T don't", ["don't"] * 3),
        ("air-tight", ["air", "tight"]),
        ("1,000.5 m or 3. Then", ["1,000.5", "m", "or", "3", "then"]),
        ("\uff26\uff35\uff2c\uff2c Stra\u00dfe", ["full", "strasse"]),
        ("cafe\u0301 caf\u00e9", ["caf\u00e9"] * 2),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", ["\u0939\u093f\u0928\u094d\u0926\u0940"]),
        ("\u4eca\u65e5GPT\u306f", ["\u4eca", "\u65e5", "gpt", "\u306f"]),
        ("?! \u2014 \U0001f44d", []),
        ("", []),
    ],
)
def test_tokenise__of_a_text__compares_words_alone(text, expected):
    assert words(text) == expected


def test_tokenise__punctuation__belongs_to_the_word_beside_it():
    parts = [tuple(token[1:]) for token in tokenise('"Stay  here, (Bob , now)!')]

    assert parts == [
        (' "', "Stay", ""),
        (" ", "here", ","),
        (" (", "Bob", " ,"),
        (" ", "now", ")!"),
    ]


@given(st.text())
def test_join__of_all_parts_of_a_text__is_the_text_with_single_spaces(text):
    tokens = tokenise(text)

    joined = join(part for token in tokens for part in token[1:])

    expected = " ".join(unicodedata.normalize("NFC", text).split())
    assert not tokens or " ".join(joined.split()) == expected


@given(st.text())
def test_fold__of_a_folded_word__changes_nothing(text):
    for word in words(text):
        assert fold(word) == word


def test_tokenise__text_of_a_megabyte__is_read_to_the_bound():
    assert len(words("ab " * 400_000)) == MAX_CHARACTERS // 3 + 1


def test_tokenise__marks_without_end__keeps_thirty_of_them():
    """In the worst order a megabyte of marks would take minutes to normalise."""
    (token,) = tokenise("a" + "\u0315\u0316" * 500_000)

    assert token.core == "a" + "\u0316" * 15 + "\u0315" * 15
