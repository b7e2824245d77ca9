"""JSON that must not end the process, whatever the recursion limit."""

import sys
from decimal import Decimal

import pytest

from oracle.aggregate.strict_json import DEEPEST, JsonRefused, is_text, read_json

pytestmark = pytest.mark.unit


@pytest.fixture
def high_recursion_limit():
    """Let Python recurse far deeper than its stack bears; some libraries do this."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(10**9)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize("opening", ["[", '{"a":', '["]",'])
def test_read_json__nested_too_deep__is_refused(opening, high_recursion_limit):
    with pytest.raises(JsonRefused) as refused:
        read_json(opening * 100_000)

    assert str(refused.value) == f"its brackets are nested deeper than {DEEPEST}"


def test_read_json__as_deep_as_allowed__is_read():
    assert read_json("[" * DEEPEST + "]" * DEEPEST)


def test_read_json__many_brackets_in_a_text__are_no_nesting():
    assert read_json('"' + '[\\"' * 1_000 + '"') == '["' * 1_000


def test_read_json__number__is_exact():
    assert read_json("[0.1, 3]") == [Decimal("0.1"), Decimal(3)]


@pytest.mark.parametrize("text", ["", "[1", "nan", "'a'"])
def test_read_json__no_json__is_refused(text):
    with pytest.raises(JsonRefused, match="it is not JSON"):
        read_json(text)


@pytest.mark.parametrize(("value", "expected"), [("a", True), ("", False), (1, False)])
def test_is_text__value__tells_texts(value, expected):
    assert is_text(value) is expected


def test_is_text__half_a_pair__is_none():
    assert not is_text("a\udc00")
