"""The protocol's numbers on the first day, and the hard bounds that no vote widens."""

from collections.abc import Mapping
from dataclasses import dataclass

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument
from dao_client.governance.units import parameter_name, parse_parameter

HOUR = 3_600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Bounded:
    """A first value and its hard bounds, as `parameter_bounds.vy` has them."""

    usual: int
    least: int
    most: int


BOUNDED: Mapping[ParameterId, Bounded] = {
    ParameterId.PROTOCOL_FEE_BPS: Bounded(200, 0, 500),
    ParameterId.CHALLENGE_SECONDS: Bounded(DAY, 6 * HOUR, 7 * DAY),
    ParameterId.RULING_SECONDS: Bounded(14 * DAY, 12 * DAY, 21 * DAY),
    ParameterId.GRACE_SECONDS: Bounded(DAY, HOUR, 3 * DAY),
    ParameterId.OPERATOR_SLASH_BPS: Bounded(2_000, 500, 10_000),
    ParameterId.OPERATOR_QUORUM_BPS: Bounded(6_666, 5_000, 9_000),
    ParameterId.CHALLENGE_BOND_PRICES: Bounded(20, 5, 100),
    ParameterId.SEAT_SIZE_PRICES: Bounded(100, 20, 500),
    ParameterId.SEAT_SIZE_TES: Bounded(100, 1, 10_000),
    ParameterId.WEIGHT_CAP: Bounded(2, 1, 4),
    ParameterId.MIN_OPERATOR_STAKE_TES: Bounded(1_000, 100, 100_000),
    ParameterId.UNBONDING_SECONDS: Bounded(7 * DAY, 3 * DAY, 30 * DAY),
    ParameterId.JURY_SLASH_BPS: Bounded(1_000, 500, 3_000),
    ParameterId.JURY_SILENT_SLASH_BPS: Bounded(2_000, 500, 3_000),
    ParameterId.AUDIT_RATE_BPS: Bounded(500, 200, 3_000),
    ParameterId.OVERLAP_FIRST: Bounded(5, 3, 7),
    ParameterId.OVERLAP_STEP: Bounded(2, 1, 4),
    ParameterId.OVERLAP_MOST: Bounded(11, 3, 21),
    ParameterId.SLASH_PER_ANSWER_BPS: Bounded(3_000, 500, 5_000),
    ParameterId.PRICE_FLOOR_PER_HOUR: Bounded(0, 0, 2**32 - 1),
    ParameterId.REVEAL_SECONDS: Bounded(6 * HOUR, HOUR, 3 * DAY),
}


def first_values(changed: Mapping[ParameterId, int]) -> tuple[int, ...]:
    """Return every parameter's first value in the order of ids; refuse one out of bounds."""
    values = {name: bounded.usual for name, bounded in BOUNDED.items()} | dict(changed)
    for name, value in values.items():
        least, most = BOUNDED[name].least, BOUNDED[name].most
        if not least <= value <= most:
            raise MalformedDocument(
                f"parameter {name.name.lower()} = {value}: it must be {least} to {most}"
            )
    unbonding, challenge = ParameterId.UNBONDING_SECONDS, ParameterId.CHALLENGE_SECONDS
    if values[unbonding] < values[challenge]:
        raise MalformedDocument(
            f"parameter unbonding_seconds = {values[unbonding]}: it must not be less than "
            f"challenge_seconds, {values[challenge]}"
        )
    return tuple(values[name] for name in ParameterId)


def parse_setting(text: str) -> tuple[ParameterId, int]:
    """Read `challenge_seconds=21600`, `challenge_seconds=6h` or `protocol_fee_bps=2 %`."""
    name, sign, value = text.partition("=")
    if not sign:
        raise MalformedDocument(f"parameter {text!r}: write a name, = and a value")
    parameter = parameter_name(name)
    try:
        return parameter, parse_parameter(parameter, value)
    except MalformedDocument as error:
        raise MalformedDocument(f"parameter {text!r}: {error}") from error
