# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title token_receiver
@license GNU Affero General Public License v3.0 only
@notice Accepts every ERC-721 and ERC-1155 token: OpenZeppelin's ERC721Holder and ERC1155Holder.
@dev Stateless, so there is nothing to lock. What came in leaves by an operation of the importer
     alone. The bounds are wide and cost nothing: memory is paid for as far as it is written.
"""

MAX_NOTE: constant(uint256) = 16_384  # bytes that a sender may pass along
MAX_TOKENS: constant(uint256) = 256


@external
@reentrant
def onERC721Received(
    operator: address, sender: address, tokenId: uint256, data: Bytes[MAX_NOTE]
) -> bytes4:
    """
    @notice Accepts an ERC-721 token. Anybody: the caller is the token.
    @param operator Who moved it.
    @param sender Whose it was.
    @param tokenId Which one.
    @param data Anything.
    @return The selector of this function.
    """
    return method_id(
        "onERC721Received(address,address,uint256,bytes)", output_type=bytes4
    )


@external
@reentrant
def onERC1155Received(
    operator: address, sender: address, id: uint256, value_: uint256, data: Bytes[MAX_NOTE]
) -> bytes4:
    """
    @notice Accepts ERC-1155 tokens of one kind. Anybody: the caller is the token.
    @param operator Who moved them.
    @param sender Whose they were.
    @param id Which kind.
    @param value_ How many.
    @param data Anything.
    @return The selector of this function.
    """
    return method_id(
        "onERC1155Received(address,address,uint256,uint256,bytes)", output_type=bytes4
    )


@external
@reentrant
def onERC1155BatchReceived(
    operator: address,
    sender: address,
    ids: DynArray[uint256, MAX_TOKENS],
    values: DynArray[uint256, MAX_TOKENS],
    data: Bytes[MAX_NOTE],
) -> bytes4:
    """
    @notice Accepts ERC-1155 tokens of many kinds. Anybody: the caller is the token.
    @param operator Who moved them.
    @param sender Whose they were.
    @param ids Which kinds.
    @param values How many of each.
    @param data Anything.
    @return The selector of this function.
    """
    return method_id(
        "onERC1155BatchReceived(address,address,uint256[],uint256[],bytes)", output_type=bytes4
    )
