"""Take values out of a proposal file; what is wrong names the key and the value."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any, NoReturn, TypeVar

from dao_client.amounts import parse_amount, parse_seconds
from dao_client.errors import MalformedDocument
from dao_client.governance.book import Book, Coin
from dao_client.governance.units import parse_bps, parse_number, parse_percent
from dao_client.types import Address, Digest, Wei

DIGEST = re.compile("0x[0-9a-fA-F]{64}")
Found = TypeVar("Found")


class Fields:
    """The keys of one mapping, at a place of a file."""

    def __init__(
        self,
        place: str,
        found: object,
        book: Book,
        *,
        required: Collection[str],
        optional: Collection[str] = (),
    ) -> None:
        self.place = place
        self.book = book
        if not isinstance(found, Mapping):
            refuse(place, found, f"must have the keys {', '.join([*required, *optional])}")
        self.values: Mapping[str, Any] = found
        if missing := [key for key in required if key not in found]:
            refuse(place, dict(found), f"lacks {', '.join(missing)}")
        if unknown := [str(key) for key in found if key not in {*required, *optional}]:
            known = ", ".join([*required, *optional])
            refuse(place, dict(found), f"has unknown keys {', '.join(unknown)}: known are {known}")

    def read(self, key: str, parse: Callable[[Any], Found]) -> Found:
        """Return what `parse` makes of a value."""
        try:
            return parse(self.values[key])
        except MalformedDocument as error:
            raise MalformedDocument(f"{self.place}.{key}: {error}") from error

    def text(self, key: str) -> str:
        """Return a text."""
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            refuse(f"{self.place}.{key}", value, "must be text")
        return value.strip()

    def address(self, key: str) -> Address:
        """Return an address, or that of a contract."""
        return self.read(key, self.book.address)

    def token(self, key: str) -> Coin:
        """Return a token."""
        return self.read(key, self.book.token)

    def amount(self, key: str, coin: Coin) -> Wei:
        """Return an amount of a token."""
        return self.read(key, lambda text: parse_amount(text, coin.decimals))

    def number(self, key: str) -> int:
        """Return a whole number."""
        return self.read(key, parse_number)

    def seconds(self, key: str) -> int:
        """Return a length of time."""
        return self.read(key, parse_seconds)

    def share(self, key: str) -> int:
        """Return a share in 1/10000."""
        return self.read(key, parse_bps)

    def percent(self, key: str) -> int:
        """Return a share in per cent."""
        return self.read(key, parse_percent)

    def moment(self, key: str) -> int:
        """Return seconds since 1970, from them or from a date of UTC."""
        return self.read(key, parse_moment)

    def digest(self, key: str) -> Digest:
        """Return 32 bytes; without quotes YAML would read a number."""
        value = self.values[key]
        if not isinstance(value, str) or not DIGEST.fullmatch(value):
            refuse(f"{self.place}.{key}", value, "must be 0x and 64 hex digits, in quotes")
        return Digest(bytes.fromhex(value[2:]))

    def flag(self, key: str) -> bool:
        """Return yes or no."""
        value = self.values[key]
        if not isinstance(value, bool):
            refuse(f"{self.place}.{key}", value, "must be yes or no")
        return value


def parse_moment(value: object) -> int:
    """Read `2027-01-31`, `2027-01-31 12:00:00`, `now` (zero) or seconds since 1970."""
    if value == "now":
        return 0
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return int(moment.timestamp())
    if isinstance(value, date):
        return int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp())
    if isinstance(value, str) and not value.strip().isdigit():
        try:
            return parse_moment(datetime.fromisoformat(value.strip()))
        except ValueError as error:
            raise MalformedDocument(
                f"{value!r} is no moment: write now, 2027-01-31 or 2027-01-31 12:00:00 (UTC)"
            ) from error
    return parse_number(value)


def refuse(place: str, value: object, reason: str) -> NoReturn:
    """Say where, what, and why not."""
    raise MalformedDocument(f"{place} is {str(value)[:120]!r}: it {reason}")
