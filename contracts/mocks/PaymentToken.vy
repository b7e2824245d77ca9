# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title PaymentToken
@license GNU Affero General Public License v3.0 only
@notice An ordinary ERC-20 with permit that anybody may mint.
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
    erc20.transfer,
    erc20.transferFrom,
    erc20.approve,
    erc20.permit,
    erc20.nonces,
    erc20.DOMAIN_SEPARATOR,
    erc20.eip712Domain,
)


@deploy
def __init__(
    name: String[25], symbol: String[5], decimals: uint8, holder: address, supply: uint256
):
    """
    @notice Creates the first tokens.
    @param name The name, also of the EIP-712 domain.
    @param symbol The symbol.
    @param decimals The decimal places.
    @param holder Who receives the first tokens.
    @param supply How many, in wei.
    """
    ownable.__init__()
    erc20.__init__(name, symbol, decimals, name, "1")
    erc20._mint(holder, supply)


@external
def mint(owner: address, amount: uint256):
    """
    @notice Creates tokens. Anybody.
    @param owner Who receives them.
    @param amount How many, in wei.
    """
    erc20._mint(owner, amount)
