# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title governor_faces
@license GNU Affero General Public License v3.0 only
@notice How the Governor shows itself to others: name, ERC-165, and its refusal of whatever is sent to it.
@dev Stateless. The Governor holds nothing: what proposals may spend belongs to the Timelock or the Treasury.
"""

from .. import timelock_limits

# ERC-165 ids: ERC-165, OpenZeppelin's IGovernor with and without getProposalId, the ERC-1155 receiver
INTERFACE_IDS: constant(bytes4[4]) = [0x01ffc9a7, 0xcdbdfcee, 0x65455a86, 0x4e2312e0]

MAX_NOTE: constant(uint256) = 16_384  # bytes that a sender may pass along
MAX_TOKENS: constant(uint256) = 256


@external
@pure
@reentrant
def name() -> String[7]:
    """
    @notice The name in the domain of signed ballots.
    @return "Tessera".
    """
    return "Tessera"


@external
@pure
@reentrant
def version() -> String[1]:
    """
    @notice The version in the domain of signed ballots.
    @return "1".
    """
    return "1"


@external
@pure
@reentrant
def supportsInterface(interfaceId: bytes4) -> bool:
    """
    @notice ERC-165.
    @param interfaceId The id of an interface.
    @return True for ERC-165 itself, OpenZeppelin's IGovernor and the ERC-1155 receiver.
    """
    return interfaceId in INTERFACE_IDS


@external
@pure
@reentrant
def hashProposal(
    targets: DynArray[address, timelock_limits.MAX_CALLS],
    values: DynArray[uint256, timelock_limits.MAX_CALLS],
    calldatas: DynArray[Bytes[timelock_limits.MAX_CALLDATA], timelock_limits.MAX_CALLS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice The id that a proposal has or would have.
    @param targets Whom to call.
    @param values Wei of the chain's currency to send along.
    @param calldatas With what.
    @param descriptionHash Keccak-256 of the description.
    @return The id.
    """
    return convert(keccak256(abi_encode(targets, values, calldatas, descriptionHash)), uint256)


@external
@pure
@reentrant
def getProposalId(
    targets: DynArray[address, timelock_limits.MAX_CALLS],
    values: DynArray[uint256, timelock_limits.MAX_CALLS],
    calldatas: DynArray[Bytes[timelock_limits.MAX_CALLDATA], timelock_limits.MAX_CALLS],
    descriptionHash: bytes32,
) -> uint256:
    """
    @notice The same: ids are hashes.
    @param targets Whom to call.
    @param values Wei of the chain's currency to send along.
    @param calldatas With what.
    @param descriptionHash Keccak-256 of the description.
    @return The id.
    """
    return convert(keccak256(abi_encode(targets, values, calldatas, descriptionHash)), uint256)


@external
@pure
@reentrant
def onERC721Received(
    operator: address, sender: address, tokenId: uint256, data: Bytes[MAX_NOTE]
) -> bytes4:
    """
    @notice Refuses every ERC-721 token.
    @param operator Who moved it.
    @param sender Whose it was.
    @param tokenId Which one.
    @param data Anything.
    @return Never.
    """
    raw_revert(method_id("GovernorDisabledDeposit()"))


@external
@pure
@reentrant
def onERC1155Received(
    operator: address, sender: address, id: uint256, value_: uint256, data: Bytes[MAX_NOTE]
) -> bytes4:
    """
    @notice Refuses every ERC-1155 token.
    @param operator Who moved them.
    @param sender Whose they were.
    @param id Which kind.
    @param value_ How many.
    @param data Anything.
    @return Never.
    """
    raw_revert(method_id("GovernorDisabledDeposit()"))


@external
@pure
@reentrant
def onERC1155BatchReceived(
    operator: address,
    sender: address,
    ids: DynArray[uint256, MAX_TOKENS],
    values: DynArray[uint256, MAX_TOKENS],
    data: Bytes[MAX_NOTE],
) -> bytes4:
    """
    @notice Refuses every ERC-1155 token.
    @param operator Who moved them.
    @param sender Whose they were.
    @param ids Which kinds.
    @param values How many of each.
    @param data Anything.
    @return Never.
    """
    raw_revert(method_id("GovernorDisabledDeposit()"))
