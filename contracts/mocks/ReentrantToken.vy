# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title ReentrantToken
@license GNU Affero General Public License v3.0 only
@notice A token that calls whatever it was told while it moves.
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


target: public(address)
call: public(Bytes[1024])
# what became of the last call
was_attempted: public(bool)
was_refused: public(bool)


@deploy
def __init__(holder: address, supply: uint256):
    """
    @notice Creates the first tokens.
    @param holder Who receives them.
    @param supply How many, in wei.
    """
    ownable.__init__()
    erc20.__init__("Reentrant", "REE", 18, "Reentrant", "1")
    erc20._mint(holder, supply)


# The exceptions to the rule of the pragma: this token wants to be entered again.
@external
@reentrant
def arm(target: address, call: Bytes[1024]):
    """
    @notice Sets the call that every later transfer makes first. Anybody.
    @param target Whom to call.
    @param call The call data.
    """
    self.target = target
    self.call = call
    self.was_attempted = False
    self.was_refused = False


@external
@reentrant
def execute(target: address, call: Bytes[1024]):
    """
    @notice Makes one call in the name of this token, so that it can have a stake. Anybody.
    @param target Whom to call.
    @param call The call data.
    """
    raw_call(target, call)


@external
@reentrant
def transfer(to: address, amount: uint256) -> bool:
    """
    @notice Makes the call, then moves tokens of the caller.
    @param to Who receives them.
    @param amount How many, in wei.
    @return Always true.
    """
    self._attack()
    erc20._transfer(msg.sender, to, amount)
    return True


@external
@reentrant
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    """
    @notice Makes the call, then moves approved tokens.
    @param owner Whose tokens.
    @param to Who receives them.
    @param amount How many, in wei.
    @return Always true.
    """
    self._attack()
    erc20._spend_allowance(owner, msg.sender, amount)
    erc20._transfer(owner, to, amount)
    return True


@internal
def _attack():
    """
    @dev Goes on when the call is refused, so that the books can be looked at. Unguarded.
    """
    if self.target != empty(address):
        self.was_attempted = True
        self.was_refused = not raw_call(self.target, self.call, revert_on_failure=False)
