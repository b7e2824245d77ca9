"""Refuse what a wallet cannot pay before anything is sent: contracts only say that it failed."""

from dao_client.amounts import format_amount
from dao_client.contracts import Token
from dao_client.deployment import System
from dao_client.errors import TransactionRefused
from dao_client.types import Address, Wei

INSUFFICIENT = "insufficient funds"


def check_balance(token: Token, account: Address, needed: Wei) -> None:
    """Refuse to spend tokens that a wallet does not hold."""
    held = token.balance_of(account)
    if held < needed:
        raise _insufficient(account, held, needed, token.decimals(), token.symbol())


def check_coin(system: System, account: Address, needed: Wei, decimals: int) -> None:
    """Refuse to send coin that a wallet does not hold."""
    held = system.chain.balance(account)
    if held < needed:
        raise _insufficient(account, held, needed, decimals, "coin")


def check_lock(system: System, account: Address, needed: Wei) -> None:
    """Refuse to lock TES that is neither in the free stake nor in the wallet."""
    tes, staking = system.work_token, system.staking
    stake = staking.stake_of(tes.address, account)
    free = stake - staking.lock_of(tes.address, account)
    if free < needed:
        check_balance(tes, account, Wei(needed - free))


def _insufficient(
    account: Address, held: int, needed: int, decimals: int, symbol: str
) -> TransactionRefused:
    return TransactionRefused(
        f"insufficient funds: wallet {account} holds {format_amount(held, decimals)} {symbol}, "
        f"{format_amount(needed, decimals)} are needed: send it the rest, or choose less",
        INSUFFICIENT,
    )
