# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title NoReturnToken
@license GNU Affero General Public License v3.0 only
@notice A token whose transfers return nothing, as old tokens do.
@dev For tests and development chains only.
@custom:kill Not needed: it never meets money.
"""

from snekmate.auth import ownable
from snekmate.tokens import erc20

initializes: ownable
initializes: erc20[ownable := ownable]

exports: (
    erc20.name,
    erc20.symbol,
    erc20.decimals,
    erc20.totalSupply,
    erc20.balanceOf,
    erc20.allowance,
)


@deploy
def __init__(holder: address, supply: uint256):
    """
    @notice Creates the first tokens.
    @param holder Who receives them.
    @param supply How many, in wei.
    """
    ownable.__init__()
    erc20.__init__("No Return", "NRT", 6, "No Return", "1")
    erc20._mint(holder, supply)


@external
def mint(owner: address, amount: uint256):
    """
    @notice Creates tokens. Anybody.
    @param owner Who receives them.
    @param amount How many, in wei.
    """
    erc20._mint(owner, amount)


@external
def transfer(to: address, amount: uint256):
    """
    @notice Moves tokens of the caller, and returns nothing.
    @param to Who receives them.
    @param amount How many, in wei.
    """
    erc20._transfer(msg.sender, to, amount)


@external
def approve(spender: address, amount: uint256):
    """
    @notice Sets an allowance, and returns nothing.
    @param spender Who may spend.
    @param amount How many, in wei.
    """
    erc20._approve(msg.sender, spender, amount)


@external
def transferFrom(owner: address, to: address, amount: uint256):
    """
    @notice Moves approved tokens, and returns nothing.
    @param owner Whose tokens.
    @param to Who receives them.
    @param amount How many, in wei.
    """
    erc20._spend_allowance(owner, msg.sender, amount)
    erc20._transfer(owner, to, amount)
