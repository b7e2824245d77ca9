"""Write the numbers of the protocol as people say them, and read them back: 2 %, 24 h, 100 TES."""

import re
from decimal import Decimal

from dao_client.amounts import format_amount, parse_seconds
from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument

TES_DECIMALS = 18
FLOOR_DECIMALS = 3
DAY = 86_400
HOURS_UNTIL = 2 * DAY
_LENGTHS = (("h", 3_600), ("min", 60), ("s", 1))
_WORDS = ("prices", "tes")


def write_seconds(seconds: int) -> str:
    """Write a length of time in the largest unit that says it exactly; a day is 24 h."""
    days = [("d", DAY)] if seconds >= HOURS_UNTIL else []
    fitting = [each for each in (*days, *_LENGTHS) if seconds % each[1] == 0]
    unit, length = fitting[0]
    return f"{seconds // length} {unit}"


def write_bps(bps: int) -> str:
    """Write hundredths of a per cent as per cent."""
    return f"{format_amount(bps, 2)} %"


def write_votes(units: int) -> str:
    """Write power in votes: a vote is one TES that is locked for a year."""
    return f"{format_amount(units, TES_DECIMALS)} votes"


def parse_bps(text: object) -> int:
    """Read `2 %` or `200 bps`; a bare number could be either and is refused."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(%|bps)\s*", str(text))
    bps = Decimal(match[1]) * (100 if match[2] == "%" else 1) if match else None
    if bps is None or bps != int(bps):
        raise MalformedDocument(f"{text!r} is no share: write 2 %, 0.5 % or 50 bps")
    return int(bps)


def parse_percent(text: object) -> int:
    """Read whole per cent."""
    bps = parse_bps(text)
    if bps % 100:
        raise MalformedDocument(f"{text!r} is no share in whole per cent: write 5 %")
    return bps // 100


def parse_number(text: object) -> int:
    """Read a whole number of any size."""
    digits = str(text).replace("_", "")
    if isinstance(text, bool) or not digits.isascii() or not digits.isdigit():
        raise MalformedDocument(f"{text!r} is no whole number")
    return int(digits)


def parameter_name(text: object) -> ParameterId:
    """Find a parameter by its name."""
    name = str(text).strip().upper()
    if name not in ParameterId.__members__:
        near = ", ".join(each.name.lower() for each in ParameterId if _is_near(name, each.name))
        raise MalformedDocument(
            f"{text!r} is no parameter: "
            + (f"do you mean {near}?" if near else "`tessera params` lists them")
        )
    return ParameterId[name]


def write_parameter(name: ParameterId, value: int) -> str:
    """Write the value of a parameter in its unit."""
    unit = _unit(name)
    if unit == "bps":
        return write_bps(value)
    if unit == "seconds":
        return write_seconds(value)
    if unit == "hour":
        return f"{format_amount(value, FLOOR_DECIMALS)} tokens/h"
    if unit in _WORDS:
        return f"{value} {'TES' if unit == 'tes' else unit}"
    return str(value)


def write_bounds(name: ParameterId, least: int, most: int) -> str:
    """Write the hard bounds of a parameter; a unit that both have stands once."""
    low, high = write_parameter(name, least), write_parameter(name, most)
    unit = high.partition(" ")[2]
    return f"{low.removesuffix(f' {unit}') if unit else low} to {high}"


def parse_parameter(name: ParameterId, text: object) -> int:
    """Read the value of a parameter in its unit."""
    unit = _unit(name)
    if unit == "bps":
        return parse_bps(text)
    if unit == "seconds":
        return parse_seconds(str(text).replace("min", "m"))
    if unit == "hour":
        return _thousandths(text)
    words = str(text).lower().split()
    if unit in _WORDS and words[1:] == [unit]:
        return parse_number(words[0])
    return parse_number(text)


def _unit(name: ParameterId) -> str:
    return name.name.rpartition("_")[2].lower()


def _thousandths(text: object) -> int:
    match = re.fullmatch(r"\s*(\d+)(?:\.(\d{1,3}))?\s*(?:tokens/h)?\s*", str(text))
    if match is None:
        raise MalformedDocument(f"{text!r} is no price per hour: write 1.5, in tokens")
    return int(match[1]) * 1_000 + int((match[2] or "").ljust(FLOOR_DECIMALS, "0"))


def _is_near(wrong: str, name: str) -> bool:
    return bool({*wrong.split("_")} & {*name.split("_")} - {"BPS", "SECONDS", "PER", "SIZE"})
