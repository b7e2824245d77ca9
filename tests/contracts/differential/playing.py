"""Play the same call to our contract and to a referee's, and compare all that came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import boa
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_abi import decode, encode
from eth_utils import keccak, to_canonical_address

from tests.referees.compiling import referees

SELECTOR_BYTES = 4
Names = Mapping[str, str]
"""Address → what it stands for; the two sides have other addresses for the same thing."""


@dataclass(frozen=True)
class Log:
    """One event, whoever declared it."""

    emitter: bytes
    topics: tuple[bytes, ...]
    data: bytes


@dataclass(frozen=True)
class Outcome:
    """What a call came to: the returned bytes are the reason where it reverted."""

    succeeded: bool
    returned: bytes
    logs: tuple[Log, ...]

    def values(self, *types: str) -> Any:
        """Decode what was returned; one value comes alone."""
        assert self.succeeded, self.returned
        values = decode(types, self.returned)
        return values[0] if len(values) == 1 else values

    def only(self, *events: str) -> "Outcome":
        """Leave out the logs of every event but these, given as signatures."""
        topics = {keccak(text=event) for event in events}
        kept = tuple(log for log in self.logs if log.topics and log.topics[0] in topics)
        return Outcome(self.succeeded, self.returned, kept)


def deploy_referee(name: str, *args: Any) -> str:
    """Deploy a contract of the referees from the current sender; return its address."""
    referee = referees()[name]
    made = [entry for entry in referee.abi if entry["type"] == "constructor"]
    types = [_type(entry) for entry in made[0]["inputs"]] if made else []
    address, computation = boa.env.deploy(bytecode=referee.bytecode + encode(types, args))
    assert computation.is_success, computation.error
    return str(address)


def play(
    contract: VyperContract | str,
    function: str,
    *args: Any,
    sender: str | None = None,
    value: int = 0,
    names: Names | None = None,
) -> Outcome:
    """Send `function`, a signature such as "delegate(address)", and say what came of it."""
    address = contract if isinstance(contract, str) else str(contract.address)
    computation = boa.env.execute_code(
        to_address=address, sender=sender, value=value, data=calldata(function, *args)
    )
    known = {address: "the contract", **(names or {})}
    logs = [] if computation.is_error else sorted(computation.get_raw_log_entries())
    return Outcome(
        succeeded=computation.is_success,
        returned=_named(computation.output, known),
        logs=tuple(_log(emitter, topics, data, known) for _, emitter, topics, data in logs),
    )


def calldata(function: str, *args: Any) -> bytes:
    """Encode a call of `function`, given as its signature."""
    types = _split(function[function.index("(") + 1 : -1])
    return keccak(text=function)[:SELECTOR_BYTES] + encode(types, args)


def _log(emitter: bytes, topics: Sequence[int], data: bytes, names: Names) -> Log:
    words = tuple(_named(topic.to_bytes(32, "big"), names) for topic in topics)
    return Log(_named(emitter, names), words, _named(data, names))


def _named(data: bytes, names: Names) -> bytes:
    """Put the same twenty bytes wherever an address stands for the same thing."""
    for address, name in names.items():
        data = data.replace(to_canonical_address(address), keccak(text=name)[:20])
    return data


def _split(types: str) -> Iterable[str]:
    """Cut "address,(uint8,bytes)[],uint256" at its outer commas."""
    depth, start, found = 0, 0, []
    for place, letter in enumerate(types):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            found.append(types[start:place])
            start = place + 1
    return [*found, types[start:]] if types else []


def _type(entry: Mapping[str, Any]) -> str:
    """Spell a parameter of an ABI, tuples written out."""
    if not entry["type"].startswith("tuple"):
        return str(entry["type"])
    parts = ",".join(_type(part) for part in entry["components"])
    return f"({parts}){entry['type'][len('tuple') :]}"
