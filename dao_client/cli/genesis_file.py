"""Read the file that says who holds what on the first day: YAML or JSON.

    allocations:               # TES that exists from the start; at least one
      - {to: treasury, tes: 60_000_000}
      - {to: "0x…", tes: 40_000_000}
    grants:                    # paid by the treasury, vesting from deployment on
      - {to: "0x…", tes: 1_000_000, cliff: 365d, duration: 1460d}
    payment_tokens:            # TES for one whole token of accepted pay; at least one
      - {token: "0x…", tes: 1}
    emission_cap: 100_000_000  # all TES that work can ever earn
    worker_cap: 10_000         # the most earned TES that counts for one worker's vote
    least_house: 1_000_000     # earned TES that the worker house counts as until it has more
    guardians: ["0x…", …]      # seven, or left out for no guardian

`treasury` and `payment_token` stand for the contracts that are about to be deployed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from eth_utils.address import is_address, to_checksum_address

from dao_client.amounts import parse_amount, parse_seconds
from dao_client.errors import MalformedDocument
from dao_client.genesis import (
    EMISSION_CAP,
    LEAST_HOUSE,
    PAYMENT_TOKEN,
    TREASURY,
    WORKER_CAP,
    Allocation,
    EmissionRate,
    Genesis,
    Grant,
)
from dao_client.types import Address, Wei

TES_DECIMALS = 18
KNOWN = (
    "allocations", "grants", "payment_tokens", "emission_cap", "worker_cap", "least_house",
    "guardians",
)  # fmt: skip

Found = Mapping[str, Any]
Row = TypeVar("Row")


def read_genesis_file(path: Path) -> Genesis:
    """Read a genesis file; every refusal names the file, the key and the value."""
    found = _load(path)
    try:
        return _genesis(found)
    except MalformedDocument as error:
        raise MalformedDocument(f"{path}: {error}") from error


def _load(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise MalformedDocument(f"{path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MalformedDocument(f"{path} is neither YAML nor JSON: {error}") from error


def _genesis(found: object) -> Genesis:
    top = _record("the file", found, ("allocations", "payment_tokens"), KNOWN)
    if not top["payment_tokens"]:
        raise MalformedDocument(
            "payment_tokens = []: name one at least; without a rate no work gives power in the "
            "worker house, and nothing that needs it could ever change"
        )
    members = _list("guardians", top.get("guardians", []))
    return Genesis(
        allocations=_rows("allocations", top["allocations"], _allocation),
        grants=_rows("grants", top.get("grants", []), _grant),
        rates=_rows("payment_tokens", top["payment_tokens"], _rate),
        emission_cap=_tes("emission_cap", top.get("emission_cap", f"{EMISSION_CAP}wei")),
        worker_cap=_tes("worker_cap", top.get("worker_cap", f"{WORKER_CAP}wei")),
        least_house=_tes("least_house", top.get("least_house", f"{LEAST_HOUSE}wei")),
        guardians=tuple(
            _address(f"guardians[{place}]", each) for place, each in enumerate(members)
        ),
    )


def _allocation(where: str, row: object) -> Allocation:
    fields = _record(where, row, ("to", "tes"))
    to = fields["to"] if fields["to"] == TREASURY else _address(f"{where}.to", fields["to"])
    return Allocation(to, _tes(f"{where}.tes", fields["tes"]))


def _grant(where: str, row: object) -> Grant:
    fields = _record(where, row, ("to", "tes", "cliff", "duration"))
    cliff = _seconds(f"{where}.cliff", fields["cliff"])
    duration = _seconds(f"{where}.duration", fields["duration"])
    if not cliff <= duration or duration == 0:
        raise MalformedDocument(
            f"{where}.duration = {fields['duration']!r}: it must not be shorter than the cliff, "
            f"{fields['cliff']}, nor zero"
        )
    to = _address(f"{where}.to", fields["to"])
    return Grant(to, _tes(f"{where}.tes", fields["tes"]), cliff, duration)


def _rate(where: str, row: object) -> EmissionRate:
    fields = _record(where, row, ("token", "tes"))
    token = fields["token"]
    if token != PAYMENT_TOKEN:
        token = _address(f"{where}.token", token)
    return EmissionRate(token, _tes(f"{where}.tes", fields["tes"]))


def _rows(key: str, found: object, read: Callable[[str, object], Row]) -> tuple[Row, ...]:
    return tuple(read(f"{key}[{place}]", row) for place, row in enumerate(_list(key, found)))


def _list(key: str, found: object) -> list[Any]:
    if not isinstance(found, list):
        raise MalformedDocument(f"{key} = {found!r}: it must be a list")
    return found


def _record(
    where: str, found: object, needed: tuple[str, ...], known: tuple[str, ...] | None = None
) -> Found:
    if not isinstance(found, dict):
        raise MalformedDocument(
            f"{where} = {found!r}: names and values are needed ({needed[0]}: …)"
        )
    if missing := [key for key in needed if found.get(key) is None]:
        raise MalformedDocument(f"{where} = {found!r} lacks {', '.join(missing)}")
    if unknown := sorted(set(map(str, found)) - set(known or needed)):
        raise MalformedDocument(
            f"{where} has unknown names: {', '.join(unknown)}; known are "
            f"{', '.join(known or needed)}"
        )
    return found


def _address(where: str, value: object) -> Address:
    if not isinstance(value, str) or not is_address(value):
        raise MalformedDocument(
            f"{where} = {value!r}: it must be an address in quotes, 0x and 40 hex digits"
        )
    return Address(to_checksum_address(value))


def _tes(where: str, value: object) -> Wei:
    amount = _parsed(where, value, lambda: parse_amount(value, TES_DECIMALS))
    if amount == 0:
        raise MalformedDocument(f"{where} = {value!r}: it must be more than nothing")
    return Wei(amount)


def _seconds(where: str, value: object) -> int:
    return _parsed(where, value, lambda: parse_seconds(value))


def _parsed(where: str, value: object, parse: Callable[[], int]) -> int:
    try:
        return parse()
    except MalformedDocument as error:
        raise MalformedDocument(f"{where} = {value!r}: {error}") from error
