"""Pages of a snapshot: the stakes of workers at its block."""

from collections.abc import Iterable, Mapping

from dao_client.documents.pages import paginate
from dao_client.documents.schema import Kind, read, refuse, write
from dao_client.types import Address, Wei


def build_stakes(stakes: Mapping[Address, Wei]) -> tuple[bytes, ...]:
    """Write stakes as pages, ascending by the text of the address."""
    pages = paginate([[account, str(stakes[account])] for account in sorted(stakes)])
    return tuple(write(Kind.STAKES, {"stakes": dict(page)}) for page in pages)


def parse_stakes(block: bytes) -> dict[Address, Wei]:
    """Read one page of stakes."""
    stakes = read(Kind.STAKES, block)["stakes"]
    return {Address(account): Wei(int(amount)) for account, amount in stakes.items()}


def join_stakes(pages: Iterable[Mapping[Address, Wei]]) -> dict[Address, Wei]:
    """Put all pages together; refuse an account that stands on two."""
    stakes: dict[Address, Wei] = {}
    for page in pages:
        for account, amount in page.items():
            if account in stakes:
                refuse(Kind.STAKES, "all pages", account, "an earlier page has this account")
            stakes[account] = amount
    return stakes
