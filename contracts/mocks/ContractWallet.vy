# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title ContractWallet
@license GNU Affero General Public License v3.0 only
@notice A wallet that is a contract: it signs by ERC-1271 with the key of its owner.
@dev For tests and development chains only.
@custom:kill Not needed: it never meets money.
"""

from snekmate.utils import ecdsa
from snekmate.utils.interfaces import IERC1271

implements: IERC1271


MAGIC_VALUE: constant(bytes4) = 0x1626ba7e


owner: public(immutable(address))


@deploy
def __init__(owner_: address):
    """
    @notice Fixes the owner.
    @param owner_ Whose key signs and acts for this wallet.
    """
    owner = owner_


@external
def execute(target: address, call: Bytes[4096]):
    """
    @notice Makes one call in the name of this wallet. Only the owner.
    @param target Whom to call.
    @param call The call data.
    """
    assert msg.sender == owner, "wallet: caller is not the owner"
    raw_call(target, call)


@external
@view
def isValidSignature(hash: bytes32, signature: Bytes[65]) -> bytes4:
    """
    @notice Says whether the owner signed `hash`.
    @param hash What was signed.
    @param signature The owner's signature of 65 bytes.
    @return The magic value of ERC-1271, or zero.
    """
    if ecdsa._recover_sig(hash, signature) == owner:
        return MAGIC_VALUE
    return empty(bytes4)
