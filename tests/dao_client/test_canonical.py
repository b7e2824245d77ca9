import json
import random

import pytest
from hypothesis import given, strategies as st

from dao_client.canonical import digest_of, from_canonical, show, to_canonical
from dao_client.errors import MalformedDocument
from dao_client.types import Json
from tests.dao_client.strategies import json_values

pytestmark = pytest.mark.unit


@given(json_values)
def test_from_canonical__of_canonical_bytes__gives_the_value_back(value: Json) -> None:
    block = to_canonical(value)

    assert from_canonical(block) == value
    assert to_canonical(from_canonical(block)) == block


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 9), max_size=8), st.randoms())
def test_to_canonical__members_in_any_order__gives_the_same_bytes(
    members: dict[str, int], chance: random.Random
) -> None:
    shuffled = list(members.items())
    chance.shuffle(shuffled)

    assert _bytes_or_refusal(dict(shuffled)) == _bytes_or_refusal(members)


def _bytes_or_refusal(members: dict[str, int]) -> bytes:
    try:
        return to_canonical(members)
    except MalformedDocument:
        return b"refused"


def test_to_canonical__rfc_example__gives_the_bytes_of_the_rfc() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    block = to_canonical(dict.fromkeys(names))

    in_order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(block)) == in_order


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "float 1.5 at $: no float on the wire, scale it or write a string"),
        ({"a": [0, 2.0]}, "float 2.0 at $.a[1]: no float on the wire, scale it or write a string"),
        (2**53, f"value {2**53} has no canonical JSON"),
        ({1: "one"}, "object keys must be strings"),
        (b"raw", "unsupported type"),
        ("\ud800", "non-UTF-8 codepoints"),
        ({"\ud800": 1}, "surrogates not allowed"),
    ],
)
def test_to_canonical__what_json_cannot_hold__is_refused(value: object, text: str) -> None:
    with pytest.raises(MalformedDocument) as refusal:
        to_canonical(value)

    assert text in str(refusal.value)


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (b'{"a":1,"a":1}', "JSON object has the member 'a' twice"),
        (b"1.0", "JSON number '1.0' is not an integer"),
        (b"NaN", "JSON number 'NaN' is not an integer"),
        (b"-0", "is not canonical"),
        (b' {"a":1}', "is not canonical"),
        (b'{"b":1,"a":1}', "is not canonical"),
        (b'"\\u0041"', "is not canonical"),
        (b'"\\ud800"', "has no canonical JSON"),
        (b"\xff", "is not JSON"),
        (b"{", "is not JSON"),
        (b"", "is not JSON"),
        (b"1" * 5_000, "is not JSON"),
        (b"[" * 100_000, "is nested more than 64 deep"),
    ],
)
def test_from_canonical__other_bytes__are_refused(block: bytes, text: str) -> None:
    with pytest.raises(MalformedDocument) as refusal:
        from_canonical(block)

    assert text in str(refusal.value)


def test_from_canonical__an_open_string_of_escapes__is_refused_at_once() -> None:
    block = b'"' + b'\\"' * 500_000

    with pytest.raises(MalformedDocument, match="is not JSON"):
        from_canonical(block)


def test_from_canonical__brackets_within_a_string__are_no_nesting() -> None:
    assert from_canonical(b'"' + b"[" * 100 + b'\\"["') == "[" * 100 + '"['


def test_to_canonical__deep_nesting__is_refused() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]

    with pytest.raises(MalformedDocument, match="value is nested more than 64 deep"):
        to_canonical(value)


def test_digest_of__empty_block__is_the_sha2_256_of_nothing() -> None:
    assert digest_of(b"").hex().startswith("e3b0c44298fc1c149afbf4c8996fb924")


def test_show__a_long_value__is_cut_to_one_line() -> None:
    assert show("x" * 500) == "'" + "x" * 78 + "…"
