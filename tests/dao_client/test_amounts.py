"""Amounts and times as people type them."""

import pytest
from hypothesis import given, strategies as st

from dao_client.amounts import format_amount, parse_amount, parse_count, parse_seconds
from dao_client.errors import MalformedDocument

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "decimals", "wei"),
    [
        ("1.5", 18, 15 * 10**17),
        ("0", 18, 0),
        ("1_000", 6, 10**9),
        ("0.000001", 6, 1),
        ("1500000 wei", 18, 1_500_000),
        (2, 2, 200),
        (0.02, 6, 20_000),
        (str(2**256 - 1), 0, 2**256 - 1),
    ],
)
def test_parse_amount__well_written__is_exact(text: object, decimals: int, wei: int) -> None:
    assert parse_amount(text, decimals) == wei


@pytest.mark.parametrize("text", ["-1", "1.0000001", "abc", "nan", "inf", "1e999999999", "0.5wei"])
def test_parse_amount__anything_else__is_refused(text: str) -> None:
    with pytest.raises(MalformedDocument, match=r"is no amount: write 1\.5"):
        parse_amount(text, 6)


@given(st.integers(min_value=0, max_value=10**60), st.integers(min_value=0, max_value=24))
def test_format_amount__any_amount__reads_back(amount: int, decimals: int) -> None:
    assert parse_amount(format_amount(amount, decimals), decimals) == amount


def test_parse_seconds__each_unit__is_read() -> None:
    assert [parse_seconds(text) for text in (90, "30m", "12h", "3d")] == [
        90,
        1_800,
        43_200,
        259_200,
    ]


@pytest.mark.parametrize("text", ["soon", "-5", "1.5h", "", "²", "٣h", "9" * 5_000])
def test_parse_seconds__anything_else__is_refused(text: str) -> None:
    with pytest.raises(MalformedDocument, match="is no length of time"):
        parse_seconds(text)


def test_parse_count__digits__are_read() -> None:
    assert [parse_count(text) for text in ("0", " 17 ", 5, "9" * 18)] == [0, 17, 5, 10**18 - 1]


@pytest.mark.parametrize("text", ["", "-1", "1.0", "²", "٣", "1 2", "9" * 19, "9" * 5_000, None])
def test_parse_count__anything_else__is_none(text: object) -> None:
    assert parse_count(text) is None
