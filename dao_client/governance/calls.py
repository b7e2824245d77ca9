"""Encode a call that a proposal file spells out: any function of any contract."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from eth_utils.crypto import keccak

from dao_client.contracts.abi import Abi, Entry, encode_arguments, selector, type_of
from dao_client.errors import MalformedDocument, MalformedMessage
from dao_client.governance.book import Book
from dao_client.governance.fields import Fields, refuse
from dao_client.governance.types import NOTHING, Action
from dao_client.governance.units import parse_number
from dao_client.types import Wei

SIGNATURE = re.compile(r"\w+\((?:[\w\[\]]+(?:,[\w\[\]]+)*)?\)")


def encode_free_call(book: Book, place: str, value: object) -> Action:
    """Return a call by contract, function and arguments.

    A contract of ours takes a function's name and its arguments by name; any other address takes
    the function as `transfer(address,uint256)` and the arguments as a list.
    """
    fields = Fields(
        place,
        value,
        book,
        required=("contract", "function"),
        optional=("arguments", "value"),
    )
    target = fields.address("contract")
    wei = Wei(fields.number("value")) if "value" in fields.values else NOTHING
    entry = _entry(fields, book.abi(target))
    given = fields.values.get("arguments", [])
    values = _arguments(book, f"{place}.arguments", entry, given)
    try:
        return Action(target, selector(entry) + encode_arguments(entry, values), wei)
    except MalformedMessage as error:
        raise MalformedDocument(f"{place}.arguments: {error}") from error


def _entry(fields: Fields, abi: Abi | None) -> Entry:
    text = fields.text("function").replace(" ", "")
    if abi is not None and ("function", text) in abi.entries:
        return abi.entries[("function", text)]
    if SIGNATURE.fullmatch(text):
        name, _, rest = text.rstrip(")").partition("(")
        inputs = [{"name": "", "type": kind} for kind in rest.split(",") if kind]
        if abi is None or keccak(text=text)[:4] in abi.functions:
            return {"type": "function", "name": name, "inputs": inputs}
    known = ", ".join(sorted(each["name"] for each in _writers(abi))) if abi else ""
    refuse(
        f"{fields.place}.function",
        text,
        f"must be one of {known}" if known else "must be spelt out, such as pay(address,uint256)",
    )


def _writers(abi: Abi) -> Sequence[Entry]:
    return [
        each
        for each in abi.functions.values()
        if each.get("stateMutability") not in ("view", "pure")
    ]


def _arguments(book: Book, place: str, entry: Entry, given: object) -> list[Any]:
    inputs = entry["inputs"]
    if isinstance(given, Mapping):
        names = [each["name"] for each in inputs]
        found = Fields(place, given, book, required=names)
        given = [found.values[name] for name in names]
    if not isinstance(given, list) or len(given) != len(inputs):
        kinds = ", ".join(f"{each['name']} ({type_of(each)})".strip() for each in inputs)
        refuse(place, given, f"must be {len(inputs)} values: {kinds or 'none'}")
    return [
        _value(book, f"{place}.{each['name'] or number}", type_of(each), value)
        for number, (each, value) in enumerate(zip(inputs, given, strict=True))
    ]


def _value(book: Book, place: str, kind: str, value: object) -> Any:  # noqa: ANN401
    """Read one value as its ABI type says."""
    if kind.endswith("]"):
        if not isinstance(value, list):
            refuse(place, value, f"must be a list, for {kind}")
        inner = kind[: kind.rindex("[")]
        return [_value(book, f"{place}[{at}]", inner, each) for at, each in enumerate(value)]
    try:
        if kind == "address":
            return book.address(value)
        if kind.startswith(("uint", "int")):
            return parse_number(value)
    except MalformedDocument as error:
        raise MalformedDocument(f"{place}: {error}") from error
    if kind.startswith("bytes"):
        if not isinstance(value, str) or not re.fullmatch("0x([0-9a-fA-F]{2})*", value):
            refuse(place, value, f"must be 0x and hex digits in quotes, for {kind}")
        return bytes.fromhex(value[2:])
    if kind == "bool" and not isinstance(value, bool):
        refuse(place, value, "must be yes or no")
    return value
