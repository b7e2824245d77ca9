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
from .modules import number_history

implements: IERC20
implements: IERC20Detailed
implements: IERC20Permit
implements: IWorkToken

initializes: ownable
initializes: erc20[ownable := ownable]
initializes: number_history

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


MAX_SUPPLY: public(constant(uint256)) = 1_000_000_000 * 10**18
SUPPLY: constant(uint256) = 0  # the one key in number_history


minter: public(immutable(address))


@deploy
def __init__(allocations: DynArray[IWorkToken.Allocation, 64], minter_: address):
    """
    @notice Creates the genesis supply.
    @param allocations Who receives how much of it.
    @param minter_ The only account that may mint, for ever; the zero address for nobody.
    """
    ownable.__init__()
    erc20.__init__("Tessera", "TES", 18, "Tessera", "1")
    # Both modules give the deployer a role; nobody keeps one.
    erc20.is_minter[msg.sender] = False
    ownable._transfer_ownership(empty(address))
    minter = minter_
    for allocation: IWorkToken.Allocation in allocations:
        self._mint(allocation.holder, allocation.amount)


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


@external
def burn(amount: uint256):
    """
    @notice Destroys `amount` TES of the caller. Any holder, for themselves.
    @dev Before: the caller holds `amount`. After: supply and balance are smaller by `amount`. Refuses
         to destroy what the caller does not have.
    @param amount How much, in wei of TES.
    """
    erc20._burn(msg.sender, amount)
    number_history._push(SUPPLY, erc20.totalSupply)


@external
@view
def past_supply(timepoint: uint256) -> uint256:
    """
    @notice The supply at the end of a past second, so that burning and minting move no running vote.
    @param timepoint The second; it must be over.
    @return Wei of TES.
    """
    assert timepoint < block.timestamp, "tes: timepoint is not over"
    return number_history._value_at(SUPPLY, timepoint)


@internal
def _mint(owner: address, amount: uint256):
    """
    @dev Creates `amount` below the cap. Unguarded: the callers are `mint` and the constructor.
    """
    # Compared before it is added, so that no amount overflows.
    assert amount <= MAX_SUPPLY - erc20.totalSupply, "tes: supply exceeds cap"
    erc20._mint(owner, amount)
    number_history._push(SUPPLY, erc20.totalSupply)
