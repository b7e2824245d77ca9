"""Write and read canonical JSON (RFC 8785), so that equal values have equal bytes and one digest.

Two rules on top of the RFC: no float on the wire (scale it to an integer or write a decimal
string), and a text is read only if it is exactly what writing it again gives.
"""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NoReturn

import rfc8785

from dao_client.errors import MalformedDocument
from dao_client.types import Digest, Json

SHOWN_CHARACTERS = 80
MAX_DEPTH = 64

_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


def to_canonical(value: object) -> bytes:
    """Encode a JSON value as canonical bytes; refuse floats and what JSON cannot hold."""
    try:
        _check_value(value, "$", 0)
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # it refuses other types itself
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise MalformedDocument(f"value {show(value)} has no canonical JSON: {error}") from error


def from_canonical(block: bytes) -> Json:
    """Decode canonical bytes; refuse duplicates, floats and any byte that is not canonical."""
    value = _decode(block)
    if to_canonical(value) != block:
        raise MalformedDocument(
            f"JSON {show(block)} is not canonical: encode it as RFC 8785 says and try again"
        )
    return value


def digest_of(block: bytes) -> Digest:
    """Hash a block with sha2-256: what its CID holds and what a contract stores."""
    return Digest(sha256(block).digest())


def show(value: object) -> str:
    """Write a value for an error message, cut to one line."""
    text = repr(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def check_depth(block: bytes) -> None:
    """Bound the nesting before the decoder, which recurses, sees foreign bytes.

    No decoder says so in time where a library has raised the limit of recursion: Python dies.
    """
    depth = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub(b"", block)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise MalformedDocument(f"JSON {show(block)} is nested more than {MAX_DEPTH} deep")


def _decode(block: bytes) -> Json:
    check_depth(block)
    try:
        value: Json = json.loads(
            block.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except ValueError as error:
        raise MalformedDocument(f"block {show(block)} is not JSON: {error}") from error
    return value


def _unique(pairs: Iterable[tuple[str, Json]]) -> dict[str, Json]:
    members: dict[str, Json] = {}
    for name, value in pairs:
        if name in members:
            raise MalformedDocument(f"JSON object has the member {show(name)} twice")
        members[name] = value
    return members


def _refuse_number(text: str) -> NoReturn:
    raise MalformedDocument(f"JSON number {show(text)} is not an integer: write it as a string")


def _check_value(value: object, path: str, depth: int) -> None:
    if isinstance(value, float):
        raise MalformedDocument(
            f"float {value!r} at {path}: no float on the wire, scale it or write a string"
        )
    if depth > MAX_DEPTH:
        raise MalformedDocument(f"value is nested more than {MAX_DEPTH} deep at {path}")
    if isinstance(value, Mapping):
        for name, member in value.items():
            _check_value(member, f"{path}.{name}", depth + 1)
    elif isinstance(value, list | tuple):
        for position, element in enumerate(value):
            _check_value(element, f"{path}[{position}]", depth + 1)
