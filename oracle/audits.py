"""Which items are audited: a draw from the beacon, so nobody knows one before all have answered.

    item is audited  iff  keccak256(seed ‖ "audit" ‖ uint256 item) < rate * 2**256 // 10_000

A higher rate adds items to those of a lower one and takes none away: the levels are nested.
"""

from collections.abc import Collection, Container

from eth_hash.backends.pysha3 import keccak256

from dao_client.audit_rates import bounded_rate, first_batch_rate
from dao_client.types import EVERYTHING_BPS, Address, Bps, ItemIndex

AUDIT_LEVELS_BPS = (Bps(1_500), Bps(3_000))
"""To which the draw goes, one after the other, while the crowd's health is below .60."""

_AUDIT = b"audit"
_WORD = 32


def is_audited(seed: bytes, item: int, rate_bps: int) -> bool:
    """Tell whether an item is drawn at a rate."""
    return _drawn(seed + _AUDIT, item) < _threshold(rate_bps)


def audited_items(seed: bytes, item_count: int, rate_bps: int) -> tuple[ItemIndex, ...]:
    """Return all drawn items of a task, ascending; a million of them take about a second."""
    start, threshold = seed + _AUDIT, _threshold(rate_bps)
    return tuple(ItemIndex(item) for item in range(item_count) if _drawn(start, item) < threshold)


def audit_rate(parameter_bps: int, workers: Collection[Address], known: Container[Address]) -> Bps:
    """Return the rate a task begins with: doubled while most of its workers have no history."""
    strangers = sum(worker not in known for worker in workers)
    is_first_batch = 2 * strangers > len(workers)
    return first_batch_rate(parameter_bps) if is_first_batch else bounded_rate(parameter_bps)


def levels_from(rate_bps: int) -> tuple[Bps, ...]:
    """Return the rates of a task in the order in which they are tried."""
    return (Bps(rate_bps), *(level for level in AUDIT_LEVELS_BPS if level > rate_bps))


def _drawn(start: bytes, item: int) -> int:
    digest: bytes = keccak256(start + item.to_bytes(_WORD, "big"))
    return int.from_bytes(digest, "big")


def _threshold(rate_bps: int) -> int:
    return (rate_bps << 8 * _WORD) // EVERYTHING_BPS
