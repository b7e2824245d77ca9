# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title RebasingToken
@license GNU Affero General Public License v3.0 only
@notice A token whose balances are shares times an index that anybody may change.
@dev For tests and development chains only.
@custom:kill Not needed: it never meets money.
"""

from ethereum.ercs import IERC20

implements: IERC20


ONE: constant(uint256) = 10**18


# wei per 10**18 shares
index: public(uint256)
shares_of: public(HashMap[address, uint256])
total_shares: public(uint256)
allowance: public(HashMap[address, HashMap[address, uint256]])


@deploy
def __init__(holder: address, supply: uint256):
    """
    @notice Creates the first tokens.
    @param holder Who receives them.
    @param supply How many, in wei.
    """
    self.index = ONE
    self.shares_of[holder] = supply
    self.total_shares = supply
    log IERC20.Transfer(sender=empty(address), receiver=holder, value=supply)


@external
def rebase(index: uint256):
    """
    @notice Changes every balance at once. Anybody.
    @param index The new wei per 10**18 shares.
    """
    self.index = index


@external
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Sets an allowance.
    @param spender Who may spend.
    @param amount How many, in wei.
    @return Always true.
    """
    self.allowance[msg.sender][spender] = amount
    log IERC20.Approval(owner=msg.sender, spender=spender, value=amount)
    return True


@external
def transfer(to: address, amount: uint256) -> bool:
    """
    @notice Moves tokens of the caller, rounded down to whole shares.
    @param to Who receives them.
    @param amount How many, in wei.
    @return Always true.
    """
    self._transfer(msg.sender, to, amount)
    return True


@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    """
    @notice Moves approved tokens, rounded down to whole shares.
    @param owner Whose tokens.
    @param to Who receives them.
    @param amount How many, in wei.
    @return Always true.
    """
    self.allowance[owner][msg.sender] -= amount
    self._transfer(owner, to, amount)
    return True


@external
@view
def balanceOf(owner: address) -> uint256:
    """
    @notice What the shares of `owner` are worth now.
    @param owner Whose shares.
    @return Wei.
    """
    return self.shares_of[owner] * self.index // ONE


@external
@view
def totalSupply() -> uint256:
    """
    @notice What all shares are worth now.
    @return Wei.
    """
    return self.total_shares * self.index // ONE


@internal
def _transfer(owner: address, to: address, amount: uint256):
    """
    @dev Moves shares. Unguarded.
    """
    shares: uint256 = amount * ONE // self.index
    assert shares <= self.shares_of[owner], "rebasing: too few shares"
    self.shares_of[owner] -= shares
    self.shares_of[to] += shares
    log IERC20.Transfer(sender=owner, receiver=to, value=amount)
