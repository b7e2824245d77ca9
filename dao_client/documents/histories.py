"""Pages of a snapshot: what earlier tasks say about its workers and jurors."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.types import Address


@dataclass(frozen=True, slots=True)
class History:
    """Audited answers so far: the score beyond chance and what was possible, scaled by 10**9."""

    score: int
    possible: int


def build_histories(histories: Mapping[Address, History]) -> tuple[bytes, ...]:
    """Write histories as pages, ascending by the text of the address."""
    rows = [(account, list(astuple(histories[account]))) for account in sorted(histories)]
    return tuple(write(Kind.HISTORIES, {"histories": dict(page)}) for page in paginate(rows))


def parse_histories(block: bytes) -> dict[Address, History]:
    """Read one page of histories."""
    found = read(Kind.HISTORIES, block)["histories"]
    return {Address(account): History(*pair) for account, pair in found.items()}


def join_histories(pages: Iterable[Mapping[Address, History]]) -> dict[Address, History]:
    """Put all pages together; refuse an account that stands on two."""
    histories: dict[Address, History] = {}
    for page in pages:
        for account, history in page.items():
            if account in histories:
                refuse(Kind.HISTORIES, "all pages", account, "an earlier page has this account")
            histories[account] = history
    return histories
