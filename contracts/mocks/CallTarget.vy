# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title CallTarget
@license GNU Affero General Public License v3.0 only
@notice What an operation of the Timelock may meet: it takes note, throws, or calls back.
@dev For tests and development chains only.
@custom:kill Not needed: it never meets money.
"""

MAX_THROWN: constant(uint256) = 2048
MAX_CALLDATA: constant(uint256) = 2048


event Noted:
    sender: indexed(address)
    number: uint256
    amount: uint256  # wei that came along


target: public(address)
call: public(Bytes[MAX_CALLDATA])


# The exceptions to the rule of the pragma: this contract wants to be entered again.
@external
@reentrant
@payable
def note(number: uint256) -> uint256:
    """
    @notice Logs the call. Anybody.
    @param number Anything.
    @return The number.
    """
    log Noted(sender=msg.sender, number=number, amount=msg.value)
    return number


@external
@reentrant
@payable
def throw(thrown: Bytes[MAX_THROWN]):
    """
    @notice Reverts with exactly these bytes. Anybody.
    @param thrown The revert data.
    """
    raw_revert(thrown)


@external
@reentrant
def arm(target: address, call: Bytes[MAX_CALLDATA]):
    """
    @notice Sets the call that the next `call_back` makes. Anybody.
    @param target Whom to call.
    @param call The call data.
    """
    self.target = target
    self.call = call


@external
@reentrant
@payable
def call_back():
    """
    @notice Makes the call once, and throws what it throws. Anybody.
    """
    target: address = self.target
    self.target = empty(address)
    if target != empty(address):
        raw_call(target, self.call)
