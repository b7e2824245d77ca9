"""First values of the parameters, and how they are typed."""

import pytest

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument
from dao_client.parameter_values import BOUNDED, first_values, parse_setting

pytestmark = pytest.mark.unit


def test_first_values__nothing_changed__are_the_usual_ones_in_order() -> None:
    values = first_values({})

    assert list(values) == [BOUNDED[name].usual for name in ParameterId]
    assert len(values) == 21


def test_first_values__one_changed__is_at_its_place() -> None:
    values = first_values({ParameterId.CHALLENGE_SECONDS: 21_600})

    assert values[ParameterId.CHALLENGE_SECONDS] == 21_600
    assert values[ParameterId.RULING_SECONDS] == 14 * 86_400


@pytest.mark.parametrize("beyond", [-1, 1])
@pytest.mark.parametrize("name", ParameterId)
def test_first_values__just_out_of_bounds__are_refused(name: ParameterId, beyond: int) -> None:
    bounds = BOUNDED[name]
    value = bounds.most + 1 if beyond > 0 else bounds.least - 1

    with pytest.raises(MalformedDocument, match=f"parameter {name.name.lower()} = {value}: it"):
        first_values({name: value})


def test_first_values__stake_leaves_before_the_challenge_ends__is_refused() -> None:
    with pytest.raises(MalformedDocument, match="must not be less than challenge_seconds, 604800"):
        first_values(
            {
                ParameterId.UNBONDING_SECONDS: 3 * 86_400,
                ParameterId.CHALLENGE_SECONDS: 7 * 86_400,
            }
        )


@pytest.mark.parametrize("text", ["challenge_seconds=21600", "challenge_seconds=6h"])
def test_parse_setting__seconds_or_words__are_the_same(text: str) -> None:
    assert parse_setting(text) == (ParameterId.CHALLENGE_SECONDS, 21_600)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("challenge_seconds", "write a name, = and a value"),
        ("chalenge=1", "'chalenge' is no parameter"),
        ("challenge_seconds=soon", "parameter 'challenge_seconds=soon': 'soon' is no length"),
    ],
)
def test_parse_setting__malformed__is_refused(text: str, said: str) -> None:
    with pytest.raises(MalformedDocument, match=said):
        parse_setting(text)
