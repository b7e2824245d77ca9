"""Numbers of the protocol as people write them."""

import pytest
from hypothesis import given, strategies as st

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument
from dao_client.governance.units import (
    parameter_name,
    parse_bps,
    parse_number,
    parse_parameter,
    parse_percent,
    write_bps,
    write_parameter,
    write_seconds,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("PROTOCOL_FEE_BPS", 200, "2 %"),
        ("OPERATOR_QUORUM_BPS", 6_666, "66.66 %"),
        ("CHALLENGE_SECONDS", 86_400, "24 h"),
        ("UNBONDING_SECONDS", 7 * 86_400, "7 d"),
        ("REVEAL_SECONDS", 5_400, "90 min"),
        ("GRACE_SECONDS", 3_601, "3601 s"),
        ("CHALLENGE_BOND_PRICES", 20, "20 prices"),
        ("SEAT_SIZE_TES", 100, "100 TES"),
        ("WEIGHT_CAP", 2, "2"),
        ("PRICE_FLOOR_PER_HOUR", 1_500, "1.5 tokens/h"),
    ],
)
def test_write_parameter__each_unit__is_spelt_for_people(name: str, value: int, text: str) -> None:
    assert write_parameter(ParameterId[name], value) == text


@given(st.sampled_from(ParameterId), st.integers(min_value=0, max_value=2**32 - 1))
def test_parse_parameter__what_was_written__reads_back(name: ParameterId, value: int) -> None:
    assert parse_parameter(name, write_parameter(name, value)) == value


@pytest.mark.parametrize(
    ("name", "text", "refusal"),
    [
        ("PROTOCOL_FEE_BPS", 2, "2 is no share: write 2 %, 0.5 % or 50 bps"),
        ("PROTOCOL_FEE_BPS", "0.001 %", "'0.001 %' is no share"),
        ("CHALLENGE_SECONDS", "soon", "'soon' is no length of time"),
        ("SEAT_SIZE_TES", "1.5", "'1.5' is no whole number"),
        ("SEAT_SIZE_TES", "5 prices", "'5 prices' is no whole number"),
        ("WEIGHT_CAP", True, "True is no whole number"),
        ("PRICE_FLOOR_PER_HOUR", "0.0001", "'0.0001' is no price per hour"),
    ],
)
def test_parse_parameter__another_unit__is_refused(name: str, text: object, refusal: str) -> None:
    with pytest.raises(MalformedDocument) as refused:
        parse_parameter(ParameterId[name], text)

    assert refusal in str(refused.value)


def test_parse_bps__basis_points__are_taken() -> None:
    assert (parse_bps("50 bps"), parse_bps("0.5%"), parse_percent("5 %")) == (50, 50, 5)
    with pytest.raises(MalformedDocument, match="no share in whole per cent"):
        parse_percent("5.5 %")


@pytest.mark.parametrize("text", ["-1", "1e5", "0x10", "", "٣"])
def test_parse_number__anything_but_digits__is_refused(text: str) -> None:
    with pytest.raises(MalformedDocument, match="no whole number"):
        parse_number(text)


def test_parameter_name__misspelt__names_those_alike() -> None:
    with pytest.raises(MalformedDocument) as refused:
        parameter_name("challenge_window")

    assert str(refused.value) == (
        "'challenge_window' is no parameter: do you mean challenge_seconds, challenge_bond_prices?"
    )
    with pytest.raises(MalformedDocument, match="`tessera params` lists them"):
        parameter_name("colour")
    assert parameter_name("Weight_Cap") is ParameterId.WEIGHT_CAP


def test_write_seconds_and_bps__borders__are_exact() -> None:
    assert [write_seconds(each) for each in (0, 1, 86_400, 172_800)] == [
        "0 h",
        "1 s",
        "24 h",
        "2 d",
    ]
    assert [write_bps(each) for each in (0, 1, 10_000)] == ["0 %", "0.01 %", "100 %"]
