# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title token_transfers
@license GNU Affero General Public License v3.0 only
@notice Moves ERC-20 tokens in and out, also those that return nothing.
@dev Money in is measured: a token that takes a fee or rebases while it moves is refused. Stateless.
     Neither function checks the caller; the importer does, and it changes its books first.
"""

from ethereum.ercs import IERC20


@internal
def _pull(token: address, payer: address, amount: uint256):
    """
    @dev Takes `amount` from `payer` and checks that exactly this much arrived. Unguarded: the
         importer decides who may be the payer.
    """
    held: uint256 = staticcall IERC20(token).balanceOf(self)
    assert extcall IERC20(token).transferFrom(
        payer, self, amount, default_return_value=True
    ), "transfer: token refused"
    assert staticcall IERC20(token).balanceOf(self) == held + amount, "transfer: not exact"


@internal
def _push(token: address, to: address, amount: uint256):
    """
    @dev Sends `amount` to `to`. Unguarded: the importer lowers the recipient's credit first.
    """
    assert extcall IERC20(token).transfer(
        to, amount, default_return_value=True
    ), "transfer: token refused"
