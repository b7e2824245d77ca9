"""Answers that are JSON, from people who may mean harm."""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import NoReturn

DEEPEST = 100
"""Brackets within brackets. Python's reader recurses, and deeper text can end the process."""

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


class JsonRefused(ValueError):
    """Say what is wrong with an answer, and what to do."""


def read_json(text: str) -> object:
    """Return the value of `text`; all numbers are exact `Decimal`.

    Raises:
        JsonRefused: it is not JSON, is nested too deep or holds NaN or Infinity.
    """
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise JsonRefused(f"its brackets are nested deeper than {DEEPEST}")
    try:
        value: object = json.loads(
            text, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse_constant
        )
    except InvalidOperation as error:
        raise JsonRefused("one of its numbers is beyond reading") from error
    except json.JSONDecodeError as error:
        raise JsonRefused(f"it is not JSON ({error})") from error
    return value


def is_text(value: object) -> bool:
    """Tell a text that can be written: not empty, and no half of a surrogate pair in it."""
    return (
        isinstance(value, str)
        and value != ""
        and not any("\ud800" <= character <= "\udfff" for character in value)
    )


def _depth(text: str) -> int:
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
        deepest = max(deepest, depth)
    return deepest


def _refuse_constant(name: str) -> NoReturn:
    raise JsonRefused(f"{name} is not a number")
