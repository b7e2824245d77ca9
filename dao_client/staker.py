"""Plan what it takes to stake: approve and deposit only what is missing."""

from dao_client.contracts import Call, Token
from dao_client.deployment import System
from dao_client.types import Address, Wei


def deposit_calls(system: System, token: Token, account: Address, amount: Wei) -> list[Call]:
    """Return the transactions that deposit `amount`, to be sent in this order."""
    calls = []
    if token.allowance(account, system.staking.address) < amount:
        calls.append(token.approve(system.staking.address, amount))
    return [*calls, system.staking.deposit(token.address, amount)]


def lock_calls(system: System, account: Address, amount: Wei) -> list[Call]:
    """Return the deposits that make `amount` of TES free for a lock; none when there is enough."""
    token = system.work_token
    stake = system.staking.stake_of(token.address, account)
    free = stake - system.staking.lock_of(token.address, account)
    missing = amount - free
    return deposit_calls(system, token, account, Wei(missing)) if missing > 0 else []
