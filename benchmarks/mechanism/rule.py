"""The parameters of the mechanism, as the simulator and a proposal name them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument
from dao_client.governance.goals import MECHANISM
from dao_client.governance.units import parameter_name
from dao_client.parameter_values import BOUNDED, parse_setting

PRICE = 10**15
"""What a right answer earns at most, in wei; results are shares of it."""


@dataclass(frozen=True)
class Rule:
    """Hold what a vote can change of the mechanism, each in the unit of its name.

    `seat_size_tes` has no say here: what a seat costs in TES against the price of an answer is the
    market's, so every simulated seat is `seat_size_prices` of stake.
    """

    audit_rate_bps: int
    overlap_first: int
    overlap_step: int
    overlap_most: int
    slash_per_answer_bps: int
    weight_cap: int
    seat_size_prices: int
    seat_size_tes: int

    def fixed(self, overlap: int) -> "Rule":
        """Return the rule for tasks that take so many answers on every item."""
        return replace(self, overlap_first=overlap, overlap_most=overlap)


def rule_of(settings: Iterable[str] = ()) -> Rule:
    """Return the rule of the first day with some parameters set, each as `name=value`.

    Raises MalformedDocument for what is no parameter of the mechanism or lies outside its bounds.
    """
    values = {name: BOUNDED[name].usual for name in MECHANISM}
    for text in settings:
        name, value = _read(text)
        _check(name, value)
        values[name] = value
    return rule_from(values)


def rule_from(values: Mapping[ParameterId, int]) -> Rule:
    """Return the rule with these values; refuse one that could never reach its last round."""
    rule = Rule(**{name.name.lower(): values[name] for name in MECHANISM})
    if rule.overlap_first > rule.overlap_most:
        raise MalformedDocument(
            f"overlap_first = {rule.overlap_first} exceeds overlap_most = {rule.overlap_most}: "
            "set both"
        )
    return rule


def _read(text: str) -> tuple[ParameterId, int]:
    """Read a setting; a bare number is in the unit of the parameter's name."""
    name, _, value = text.partition("=")
    if value.strip().isdecimal():
        return parameter_name(name), int(value)
    return parse_setting(text)


def _check(name: ParameterId, value: int) -> None:
    if name not in MECHANISM:
        raise MalformedDocument(
            f"parameter {name.name.lower()}: the simulator knows "
            f"{', '.join(each.name.lower() for each in MECHANISM)}"
        )
    least, most = BOUNDED[name].least, BOUNDED[name].most
    if not least <= value <= most:
        raise MalformedDocument(
            f"parameter {name.name.lower()} = {value}: it must be {least} to {most}"
        )
