"""Encode calls and decode answers by the committed ABI of a contract."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Self

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError, EncodingError
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from dao_client.errors import MalformedMessage

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Abi:
    """What one contract understands."""

    contract: str
    entries: Mapping[tuple[str, str], Entry]
    bytecode: Mapping[str, str]
    runtime: Mapping[str, Mapping[str, Any]]

    @classmethod
    def load(cls, contract: str) -> Self:
        """Read `artifacts/<contract>.json`, which `scripts/export_abi.py` writes."""
        text = files("dao_client").joinpath("artifacts", f"{contract}.json").read_text("utf-8")
        artifact = json.loads(text)
        return cls(contract, _entries(artifact["abi"]), artifact["bytecode"], artifact["runtime"])

    @property
    def functions(self) -> Mapping[bytes, Entry]:
        """Return every function by the four bytes that name it."""
        found = [each for (kind, _), each in self.entries.items() if kind == "function"]
        return {selector(each): each for each in found}

    def encode_call(self, function: str, arguments: Sequence[object]) -> bytes:
        """Return the call data of a function."""
        entry = self.entries[("function", function)]
        return selector(entry) + self._encode(entry, arguments)

    def encode_creation(self, evm: str, arguments: Sequence[object]) -> bytes:
        """Return the code that creates the contract, for one EVM version."""
        entry = self.entries.get(("constructor", ""), {"name": "__init__", "inputs": []})
        return bytes.fromhex(self.bytecode[evm].removeprefix("0x")) + self._encode(entry, arguments)

    def decode_call(self, data: bytes) -> tuple[Entry, tuple[Any, ...]] | None:
        """Return which function call data names, and its arguments; none for an unknown one."""
        entry = self.functions.get(data[:4])
        try:
            values = decode([type_of(each) for each in entry["inputs"]], data[4:]) if entry else ()
        except DecodingError:
            return None
        return (entry, tuple(map(_python, entry["inputs"], values))) if entry else None

    def decode_output(self, function: str, output: bytes) -> tuple[Any, ...]:
        """Return what a function answered, one value per output."""
        outputs = self.entries[("function", function)]["outputs"]
        try:
            values = decode([type_of(each) for each in outputs], output)
        except DecodingError as error:
            raise MalformedMessage(
                f"{self.contract}.{function} answered {len(output)} bytes that do not decode: "
                "is there a contract of this kind at the address?"
            ) from error
        return tuple(map(_python, outputs, values))

    def topic(self, event: str) -> bytes:
        """Return the first topic of an event."""
        return keccak(text=_signature(self.entries[("event", event)]))

    def indexed(self, event: str) -> list[str]:
        """Return the names of the indexed inputs of an event, in order."""
        inputs = self.entries[("event", event)]["inputs"]
        return [each["name"] for each in inputs if each["indexed"]]

    def encode_topic(self, event: str, name: str, value: object) -> bytes:
        """Return an indexed value as it stands in the topics of an event."""
        inputs = self.entries[("event", event)]["inputs"]
        kind = next(type_of(each) for each in inputs if each["name"] == name)
        return encode([kind], [value])

    def decode_event(self, event: str, topics: Sequence[bytes], body: bytes) -> dict[str, Any]:
        """Return the inputs of an event by name."""
        inputs = self.entries[("event", event)]["inputs"]
        indexed = [each for each in inputs if each["indexed"]]
        plain = [each for each in inputs if not each["indexed"]]
        values = decode([type_of(each) for each in plain], body)
        named = zip(plain, values, strict=True)
        found = {each["name"]: _python(each, value) for each, value in named}
        for each, topic in zip(indexed, topics[1:], strict=True):
            found[each["name"]] = _python(each, decode([type_of(each)], topic)[0])
        return found

    def _encode(self, entry: Entry, arguments: Sequence[object]) -> bytes:
        function = entry.get("name", "__init__")
        return encode_arguments(entry, arguments, f"{self.contract}.{function}")


def encode_arguments(entry: Entry, arguments: Sequence[object], function: str = "") -> bytes:
    """Return arguments as an entry's inputs say."""
    try:
        return encode([type_of(each) for each in entry["inputs"]], list(arguments))
    except (EncodingError, TypeError, ValueError) as error:
        raise MalformedMessage(
            f"the arguments {tuple(arguments)!r} of {function or entry['name']} "
            f"do not encode: {error}"
        ) from error


def _entries(listed: Sequence[Entry]) -> dict[tuple[str, str], Entry]:
    """Name each entry; of functions with one name the shortest has it, the others are spelt out."""
    entries: dict[tuple[str, str], Entry] = {}
    for each in sorted(listed, key=lambda entry: len(entry.get("inputs", ()))):
        key = (each["type"], each.get("name", ""))
        entries[key if key not in entries else (key[0], _signature(each))] = each
    return entries


def type_of(entry: Entry) -> str:
    """Return the canonical type of an input or output, tuples spelt out."""
    kind: str = entry["type"]
    if not kind.startswith("tuple"):
        return kind
    inner = ",".join(type_of(each) for each in entry["components"])
    return f"({inner}){kind.removeprefix('tuple')}"


def selector(entry: Entry) -> bytes:
    """Return the four bytes that name a function."""
    return keccak(text=_signature(entry))[:4]


def _signature(entry: Entry) -> str:
    return f"{entry['name']}({','.join(map(type_of, entry['inputs']))})"


def _python(entry: Entry, value: Any) -> Any:  # noqa: ANN401
    """Checksum addresses and give tuples back whole; everything else is Python already."""
    kind: str = entry["type"]
    if kind.endswith("[]"):
        element = {**entry, "type": kind.removesuffix("[]")}
        return tuple(_python(element, each) for each in value)
    if kind == "tuple":
        return tuple(map(_python, entry["components"], value))
    return to_checksum_address(value) if kind == "address" else value
