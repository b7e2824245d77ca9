# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title WorkToken
@license GNU Affero General Public License v3.0 only
@notice TES, the token that operators, jurors and voters stake.
@dev Money invariant: the balances sum up to `totalSupply`, which never exceeds `MAX_SUPPLY`.
     Only the minter creates TES and only a holder destroys their own. The owner and minter roles of
     snekmate's module are emptied at deployment and their functions are not exported.
@custom:kill Cannot be stopped. Without a minter the supply is fixed.
"""

from ethereum.ercs import IERC20
from ethereum.ercs import IERC20Detailed
from snekmate.auth import ownable
from snekmate.tokens import erc20
from snekmate.tokens.interfaces import IERC20Permit

from .interfaces import IWorkToken

implements: IERC20
implements: IERC20Detailed
implements: IERC20Permit
implements: IWorkToken

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
    erc20.burn,
)


MAX_SUPPLY: public(constant(uint256)) = 1_000_000_000 * 10**18


minter: public(immutable(address))


@deploy
def __init__(holder: address, supply: uint256, minter_: address):
    """
    @notice Creates the genesis supply.
    @param holder Who receives the genesis supply.
    @param supply The genesis supply, in wei of TES.
    @param minter_ The only account that may mint, for ever; the zero address for nobody.
    """
    ownable.__init__()
    erc20.__init__("Tessera", "TES", 18, "Tessera", "1")
    # Both modules give the deployer a role; nobody keeps one.
    erc20.is_minter[msg.sender] = False
    ownable._transfer_ownership(empty(address))
    minter = minter_
    self._mint(holder, supply)


@external
def mint(owner: address, amount: uint256):
    """
    @notice Creates `amount` TES for `owner`. Only the minter, never past `MAX_SUPPLY`.
    @dev Before: `totalSupply + amount <= MAX_SUPPLY`. After: supply and balance are larger by
         `amount`. Refuses everybody but the minter, so nobody can dilute the holders.
    @param owner Who receives the tokens.
    @param amount How much, in wei of TES.
    """
    assert msg.sender == minter, "tes: caller is not the minter"
    self._mint(owner, amount)


@internal
def _mint(owner: address, amount: uint256):
    """
    @dev Creates `amount` below the cap. Unguarded: the callers are `mint` and the constructor.
    """
    # Compared before it is added, so that no amount overflows.
    assert amount <= MAX_SUPPLY - erc20.totalSupply, "tes: supply exceeds cap"
    erc20._mint(owner, amount)
