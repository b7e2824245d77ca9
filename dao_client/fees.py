"""Decide what gas a transaction may use and what it may cost."""

from dataclasses import dataclass

from dao_client.types import Wei

GAS_MARGIN_PERCENT = 25
"""Added to an estimate: state may change before the transaction is mined."""
LEAST_GAS_MARGIN = 50_000
"""Two new words of storage: a node may estimate at the second of the last block, in which votes
were already written down, and a second later they begin new words."""
BASE_FEE_ROOM = 3
"""Times the base fee that a transaction can pay: it rises by at most 1/8 per block."""
LEAST_TIP = Wei(10**9)
"""Wei per gas for the block's producer where the node suggests less."""
TRANSFER_GAS = 21_000


@dataclass(frozen=True, slots=True)
class Fees:
    """What one unit of gas may cost."""

    max_fee: Wei
    tip: Wei


def fees(base_fee: int, suggested_tip: int) -> Fees:
    """Return a price that the next blocks will take; what is not needed is not spent."""
    tip = max(suggested_tip, LEAST_TIP)
    return Fees(Wei(base_fee * BASE_FEE_ROOM + tip), Wei(tip))


def gas_limit(estimate: int) -> int:
    """Return the estimate with its margin; a plain transfer needs none."""
    if estimate <= TRANSFER_GAS:
        return estimate
    return estimate + max(estimate * GAS_MARGIN_PERCENT // 100, LEAST_GAS_MARGIN)
