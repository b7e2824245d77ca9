"""From a frame's answers to exact integers, and back to decimal text."""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np

from oracle.frames import Frame
from oracle.integers import Ints

from .answers import LIMIT, NumberAnswers

MAX_DECIMALS = 9
MAX_CHARACTERS = 64

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_CONTEXT = Context(prec=2 * MAX_CHARACTERS, rounding=ROUND_HALF_EVEN)


def parse(frame: Frame) -> NumberAnswers:
    """Read each distinct answer once, as an integer scaled by one power of ten for all.

    The power is the most decimals that occur, at most nine, and fewer where the largest answer
    would leave 10**15; what is finer than that is rounded half to even. Space around a number is
    ignored; an exponent may be given. Raise `CrowdFileRefused` for anything else, NaN and infinity
    included, and for numbers outside ±10**15.
    """
    numbers = [_number_of(frame, code, text) for code, text in enumerate(frame.answers)]
    decimals = _decimals_of(numbers)
    scaled = np.array([_scaled(number, decimals) for number in numbers], dtype=np.int64)
    counts = np.bincount(frame.item_of, minlength=len(frame.items))
    return NumberAnswers(
        starts=np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts))),
        workers=frame.worker_of,
        values=scaled[frame.answer_of],
        worker_count=len(frame.workers),
        decimals=decimals,
    )


def decimal_texts(values: Ints, decimals: int) -> list[str]:
    """Write scaled integers as decimals without trailing zeros: 12500 of 3 decimals as `12.5`."""
    return [_decimal_text(value, decimals) for value in values.tolist()]


def _decimal_text(value: int, decimals: int) -> str:
    digits = str(abs(value)).rjust(decimals + 1, "0")
    whole, fraction = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    text = f"{whole}.{fraction.rstrip('0')}".rstrip(".")
    return f"-{text}" if value < 0 else text


def _number_of(frame: Frame, code: int, text: str) -> Decimal:
    stripped = text.strip(" \t") if len(text) <= MAX_CHARACTERS else ""
    if _NUMBER.fullmatch(stripped) is None:
        raise frame.refusal(code, "is not a number: write it in digits, such as 12, -3.5 or 1e3")
    number = Decimal(stripped)
    if abs(number) > LIMIT:
        raise frame.refusal(code, f"is not within ±{LIMIT}: rescale the answers")
    return number


def _decimals_of(numbers: list[Decimal]) -> int:
    finest = max(-_exponent(number) for number in numbers)
    largest = max(abs(number) for number in numbers)
    decimals = min(max(finest, 0), MAX_DECIMALS)
    while decimals and _CONTEXT.scaleb(largest, decimals) > LIMIT:
        decimals -= 1
    return decimals


def _exponent(number: Decimal) -> int:
    """Return the power of ten of the last digit; a number that passed the pattern is finite."""
    return int(number.as_tuple().exponent)


def _scaled(number: Decimal, decimals: int) -> int:
    return int(_CONTEXT.to_integral_value(_CONTEXT.scaleb(number, decimals)))
