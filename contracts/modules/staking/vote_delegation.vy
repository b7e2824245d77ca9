# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_delegation
@license GNU Affero General Public License v3.0 only
@notice Who votes for whom: the delegating half of ERC-5805, with OpenZeppelin's names, events and errors.
@dev Moves votes, never money: a delegatee can vote and nothing else, and is left at any time. A signature
     works once, for one contract on one chain. Contracts cannot sign, as with OpenZeppelin's Votes.
"""

from snekmate.utils import eip712_domain_separator

from . import vote_checkpoints
from . import vote_power

uses: eip712_domain_separator
uses: vote_checkpoints
uses: vote_power

DELEGATION_TYPE: constant(bytes32) = keccak256(
    "Delegation(address delegatee,uint256 nonce,uint256 expiry)"
)
HALF_ORDER: constant(bytes32) = (
    0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
)

_nonces: HashMap[address, uint256]


@external
def delegate(delegatee: address):
    """
    @notice Gives all votes of the caller, present and future, to `delegatee`. Anybody, for themselves.
    @param delegatee Who votes with them; the caller or zero takes them back.
    """
    vote_power._set_delegatee(msg.sender, delegatee)


@external
def delegateBySig(
    delegatee: address, nonce: uint256, expiry: uint256, v: uint8, r: bytes32, s: bytes32
):
    """
    @notice Does what `delegate` does, for whoever signed it. Anybody may send it, once.
    @param delegatee Who votes.
    @param nonce The number of the signer's delegations so far.
    @param expiry The last second in which the signature counts.
    @param v Recovery bit of the signature, 27 or 28.
    @param r First half of the signature.
    @param s Second half of the signature; only the lower of the two possible ones.
    """
    if block.timestamp > expiry:
        raw_revert(abi_encode(expiry, method_id=method_id("VotesExpiredSignature(uint256)")))
    digest: bytes32 = eip712_domain_separator._hash_typed_data_v4(
        keccak256(abi_encode(DELEGATION_TYPE, delegatee, nonce, expiry))
    )
    signer: address = self._signer(digest, v, r, s)
    expected: uint256 = self._nonces[signer]
    if nonce != expected:
        raw_revert(
            abi_encode(signer, expected, method_id=method_id("InvalidAccountNonce(address,uint256)"))
        )
    self._nonces[signer] = expected + 1
    vote_power._set_delegatee(signer, delegatee)


@external
@view
@reentrant  # no call of a token can come between its changes
def delegates(account: address) -> address:
    """
    @notice Who votes with the stake of an account.
    @param account The account.
    @return The delegatee, the account itself unless it chose another.
    """
    return vote_power._delegatee_of(account, vote_checkpoints._head(account))


@external
@view
@reentrant  # no call of a token can come between its changes
def nonces(owner: address) -> uint256:
    """
    @notice What the next signed delegation of an account must name.
    @param owner The account.
    @return The number of its delegations by signature.
    """
    return self._nonces[owner]


@internal
@pure
def _signer(digest: bytes32, v: uint8, r: bytes32, s: bytes32) -> address:
    """
    @dev Who signed. Refuses the malleable half and signatures of nobody with OpenZeppelin's errors.
    """
    if convert(s, uint256) > convert(HALF_ORDER, uint256):
        raw_revert(abi_encode(s, method_id=method_id("ECDSAInvalidSignatureS(bytes32)")))
    signer: address = ecrecover(digest, v, r, s)
    if signer == empty(address):
        raw_revert(method_id("ECDSAInvalidSignature()"))
    return signer
