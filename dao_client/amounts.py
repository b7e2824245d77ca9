"""Read and write amounts and times the way people type them."""

import re
from decimal import Context, Decimal, InvalidOperation

from dao_client.errors import MalformedDocument
from dao_client.types import Wei

_EXACT = Context(prec=120)
_MOST_DIGITS = 78  # of a uint256
_COUNT = re.compile(r"\s*([0-9]{1,18})\s*")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3_600, "d": 86_400}


def parse_amount(text: object, decimals: int) -> Wei:
    """Read `1.5` as whole tokens and `1500000wei` as the smallest units; never round."""
    written = str(text).strip().lower().replace("_", "")
    is_wei = written.endswith("wei")
    try:
        number = Decimal(written.removesuffix("wei").strip())
    except InvalidOperation as error:
        raise _refused(text) from error
    if not number.is_finite() or number < 0 or number.adjusted() >= _MOST_DIGITS:
        raise _refused(text)
    amount = _EXACT.scaleb(number, 0 if is_wei else decimals)
    if amount != amount.to_integral_value():
        raise _refused(text, f" with at most {decimals} decimals")
    return Wei(int(amount))


def format_amount(amount: int, decimals: int) -> str:
    """Write an amount in whole tokens, exactly and without needless zeros."""
    whole, rest = divmod(amount, 10**decimals)
    fraction = f"{rest:0{decimals}}".rstrip("0") if rest else ""
    return f"{whole}.{fraction}" if fraction else str(whole)


def parse_seconds(text: object) -> int:
    """Read `90`, `30m`, `12h` or `3d` as seconds."""
    match = re.fullmatch(r"\s*([0-9]{1,18})\s*([smhd]?)\s*", str(text).lower())
    if match is None:
        raise MalformedDocument(f"{text!r} is no length of time: write 90, 30m, 12h or 3d")
    return int(match[1]) * _SECONDS[match[2]]


def parse_count(text: object) -> int | None:
    """Read a number of items, tasks or places; none if the text is no such number.

    `str.isdigit` takes digits that `int` does not read, and `int` refuses thousands of them.
    """
    match = _COUNT.fullmatch(str(text))
    return int(match[1]) if match else None


def _refused(text: object, more: str = "") -> MalformedDocument:
    return MalformedDocument(f"{text!r} is no amount: write 1.5 (tokens){more}, or 1500000wei")
