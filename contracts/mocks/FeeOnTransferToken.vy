# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title FeeOnTransferToken
@license GNU Affero General Public License v3.0 only
@notice A token that destroys 1 % of everything that moves.
@dev For tests and development chains only.
@custom:kill Not needed: it never meets money.
"""

from ethereum.ercs import IERC20
from snekmate.auth import ownable
from snekmate.tokens import erc20

implements: IERC20

initializes: ownable
initializes: erc20[ownable := ownable]

exports: (
    erc20.name,
    erc20.symbol,
    erc20.decimals,
    erc20.totalSupply,
    erc20.balanceOf,
    erc20.allowance,
    erc20.approve,
)


@deploy
def __init__(holder: address, supply: uint256):
    """
    @notice Creates the first tokens.
    @param holder Who receives them.
    @param supply How many, in wei.
    """
    ownable.__init__()
    erc20.__init__("Fee on Transfer", "FOT", 18, "Fee on Transfer", "1")
    erc20._mint(holder, supply)


@external
def transfer(to: address, amount: uint256) -> bool:
    """
    @notice Moves tokens of the caller, less the fee.
    @param to Who receives them.
    @param amount How many, in wei, before the fee.
    @return Always true.
    """
    self._transfer(msg.sender, to, amount)
    return True


@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    """
    @notice Moves approved tokens, less the fee.
    @param owner Whose tokens.
    @param to Who receives them.
    @param amount How many, in wei, before the fee.
    @return Always true.
    """
    erc20._spend_allowance(owner, msg.sender, amount)
    self._transfer(owner, to, amount)
    return True


@internal
def _transfer(owner: address, to: address, amount: uint256):
    """
    @dev Moves 99 % and burns the rest. Unguarded.
    """
    fee: uint256 = amount // 100
    erc20._burn(owner, fee)
    erc20._transfer(owner, to, amount - fee)
