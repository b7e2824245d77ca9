# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title ballots
@license GNU Affero General Public License v3.0 only
@notice Votes by signature: what is signed, by whom, and that it counts once.
@dev OpenZeppelin's Governor with its Nonces and SignatureChecker: EIP-712 in the domain ("Tessera", "1"),
     65-byte signatures of the lower half, and ERC-1271 of voters that have code. Every ballot consumes
     the nonce of its voter.
"""

from snekmate.utils import eip712_domain_separator

uses: eip712_domain_separator

MAX_SIGNATURE: constant(uint256) = 1024  # a wallet of fifteen owners
LOWER_HALF: constant(uint256) = (
    57_896_044_618_658_097_711_785_492_504_343_953_926_418_782_139_537_452_191_302_581_570_759_080_747_168
)
ERC1271_MAGIC: constant(bytes4) = 0x1626ba7e

BALLOT_TYPEHASH: public(constant(bytes32)) = keccak256(
    "Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)"
)
EXTENDED_BALLOT_TYPEHASH: public(constant(bytes32)) = keccak256(
    "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason,bytes params)"
)


nonces: reentrant(public(HashMap[address, uint256]))


@internal
def _check_ballot(proposal_id: uint256, support: uint8, voter: address, signature: Bytes[MAX_SIGNATURE]):
    """
    @dev Throws unless `voter` signed the ballot; consumes its nonce.
    """
    struct_hash: bytes32 = keccak256(
        abi_encode(BALLOT_TYPEHASH, proposal_id, support, voter, self._use_nonce(voter))
    )
    self._check_signature(voter, struct_hash, signature)


@internal
def _check_extended_ballot(
    proposal_id: uint256,
    support: uint8,
    voter: address,
    reason_hash: bytes32,
    params_hash: bytes32,
    signature: Bytes[MAX_SIGNATURE],
):
    """
    @dev Throws unless `voter` signed the ballot; consumes its nonce.
    """
    struct_hash: bytes32 = keccak256(
        abi_encode(
            EXTENDED_BALLOT_TYPEHASH,
            proposal_id,
            support,
            voter,
            self._use_nonce(voter),
            reason_hash,
            params_hash,
        )
    )
    self._check_signature(voter, struct_hash, signature)


@internal
def _use_nonce(voter: address) -> uint256:
    """
    @dev Returns the present nonce and consumes it.
    """
    nonce: uint256 = self.nonces[voter]
    self.nonces[voter] = nonce + 1
    return nonce


@internal
@view
def _check_signature(voter: address, struct_hash: bytes32, signature: Bytes[MAX_SIGNATURE]):
    """
    @dev A voter with code decides itself; what it answers cannot change anything here.
    """
    digest: bytes32 = eip712_domain_separator._hash_typed_data_v4(struct_hash)
    is_valid: bool = False
    if voter.is_contract:
        is_valid = self._is_accepted(voter, digest, signature)
    else:
        is_valid = self._is_signer(voter, digest, signature)
    if not is_valid:
        raw_revert(abi_encode(voter, method_id=method_id("GovernorInvalidSignature(address)")))


@internal
@view
def _is_accepted(voter: address, digest: bytes32, signature: Bytes[MAX_SIGNATURE]) -> bool:
    """
    @dev ERC-1271. A call that fails or answers anything else is a no.
    """
    success: bool = False
    response: Bytes[32] = b""
    success, response = raw_call(
        voter,
        abi_encode(digest, signature, method_id=ERC1271_MAGIC),
        max_outsize=32,
        is_static_call=True,
        revert_on_failure=False,
    )
    if not success or len(response) < 32:
        return False
    return extract32(response, 0) == convert(ERC1271_MAGIC, bytes32)


@internal
@pure
def _is_signer(voter: address, digest: bytes32, signature: Bytes[MAX_SIGNATURE]) -> bool:
    """
    @dev One signature has one spelling: 65 bytes, `s` in the lower half.
    """
    if len(signature) != 65:
        return False
    s: uint256 = extract32(signature, 32, output_type=uint256)
    if s > LOWER_HALF:
        return False
    r: uint256 = extract32(signature, 0, output_type=uint256)
    v: uint256 = convert(slice(signature, 64, 1), uint256)
    signer: address = ecrecover(digest, v, r, s)
    return signer != empty(address) and signer == voter
