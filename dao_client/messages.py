"""Sign and verify the EIP-712 messages of the protocol (domain `Tessera`, version `1`).

    message      signed by    verifying contract
    Submission   a worker     TaskEscrow
    Receipt      a gateway    TaskEscrow
    Verdict      an operator  VerdictOracle
    SealingKey   an operator  VerdictOracle     never shown: its signature is the secret

A digest is the full EIP-712 hash, keccak256(0x19 ‖ 0x01 ‖ domain separator ‖ struct hash): it
holds the chain and the contract, so a signature is worth nothing on another chain or for another
deployment. Typed data holds only texts (decimal, 0x), so any wallet takes it as JSON.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_hash.auto import keccak
from eth_keys.constants import SECPK1_N
from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.exceptions import ValidationError

from dao_client.abi_rows import encode_address, encode_bytes32, encode_uint256
from dao_client.canonical import show
from dao_client.errors import SignatureRefused
from dao_client.types import Address, Digest, Receipt, Submission, Verdict

TypedData: TypeAlias = dict[str, Any]
IsValid1271: TypeAlias = Callable[[Address, Digest, bytes], bool]
"""Ask the wallet contract at an address whether a signature of a digest is its own (ERC-1271)."""

SIGNATURE_BYTES = 65
NAME = "Tessera"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Domain:
    """The chain and the contract that a message is meant for."""

    chain_id: int
    verifying_contract: Address


def submission_message(submission: Submission, domain: Domain) -> TypedData:
    """Write a submission as EIP-712 typed data; the domain's contract is `TaskEscrow`."""
    return _message("Submission", domain, _SUBMISSION, submission)


def receipt_message(receipt: Receipt, domain: Domain) -> TypedData:
    """Write a receipt as EIP-712 typed data; the domain's contract is `TaskEscrow`."""
    return _message("Receipt", domain, _RECEIPT, receipt)


def verdict_message(verdict: Verdict, domain: Domain) -> TypedData:
    """Write a verdict as EIP-712 typed data; the domain's contract is `VerdictOracle`."""
    return _message("Verdict", domain, _VERDICT, verdict)


def sealing_message(operator: Address, domain: Domain) -> TypedData:
    """Write what an operator's sealing secret is derived from; never show its signature."""
    return _message("SealingKey", domain, _SEALING, _SealingKey(operator))


def message_digest(message: TypedData) -> Digest:
    """Hash typed data as EIP-712 says; this is what is signed."""
    signable = encode_typed_data(full_message=message)
    return Digest(keccak(b"\x19" + signable.version + signable.header + signable.body))


def submission_digest(submission: Submission, domain: Domain) -> Digest:
    """Hash a submission: the `submissionHash` of receipts and leaves."""
    return message_digest(submission_message(submission, domain))


def receipt_digest(receipt: Receipt, domain: Domain) -> Digest:
    """Hash a receipt."""
    return message_digest(receipt_message(receipt, domain))


def verdict_digest(verdict: Verdict, domain: Domain) -> Digest:
    """Hash a verdict, as `VerdictOracle.hash_verdict` does."""
    return message_digest(verdict_message(verdict, domain))


def sign(message: TypedData, account: LocalAccount) -> bytes:
    """Sign typed data with a local key: r ‖ s ‖ v, 65 bytes, low s."""
    return bytes(account.sign_typed_data(full_message=message).signature)


def recover(digest: Digest, signature: bytes) -> Address:
    """Find the key that made a signature; refuse any other form than r ‖ s ‖ v with low s."""
    if len(signature) != SIGNATURE_BYTES:
        raise SignatureRefused(
            f"signature has {len(signature)} bytes: {SIGNATURE_BYTES} are needed (r, s, v)"
        )
    if signature[64] not in (27, 28):
        raise SignatureRefused(f"signature has v = {signature[64]}: it must be 27 or 28")
    if int.from_bytes(signature[32:64], "big") > SECPK1_N // 2:
        raise SignatureRefused("signature has a high s: negate s and flip v")
    try:
        signed = Signature(signature[:64] + bytes([signature[64] - 27]))
        key = signed.recover_public_key_from_msg_hash(digest)
    except (BadSignature, ValidationError) as error:
        raise SignatureRefused(f"signature {show(signature.hex())} recovers no key") from error
    return Address(key.to_checksum_address())


def verify(signer: Address, digest: Digest, signature: bytes, is_valid_1271: IsValid1271) -> None:
    """Refuse a signature that is neither of the signer's key nor accepted by the signer's contract.

    The key is tried first, as `VerdictOracle` does; only then the wallet contract is asked.
    """
    try:
        recovered = recover(digest, signature)
    except SignatureRefused as error:
        if is_valid_1271(signer, digest, signature):
            return
        raise SignatureRefused(f"signature is not of {signer}: {error}") from error
    if recovered != signer and not is_valid_1271(signer, digest, signature):
        raise SignatureRefused(f"signature is of {recovered}, not of {signer}: sign with that key")


def no_contract(signer: Address, digest: Digest, signature: bytes) -> bool:
    """Accept no contract's signature: an `IsValid1271` for where only keys can sign."""
    return False


@dataclass(frozen=True, slots=True)
class _SealingKey:
    operator: Address


_Field: TypeAlias = tuple[str, str, str]
"""The EIP-712 name, its type, and the name of the attribute."""

_DOMAIN_TYPE = [
    {"name": "name", "type": "string"},
    {"name": "version", "type": "string"},
    {"name": "chainId", "type": "uint256"},
    {"name": "verifyingContract", "type": "address"},
]
_SUBMISSION: tuple[_Field, ...] = (
    ("taskId", "uint256", "task_id"),
    ("assignmentId", "uint256", "assignment_id"),
    ("worker", "address", "worker"),
    ("commitmentsRoot", "bytes32", "commitments_root"),
    ("sealedDigest", "bytes32", "sealed_digest"),
    ("deadline", "uint256", "deadline"),
)
_RECEIPT: tuple[_Field, ...] = (
    ("submissionHash", "bytes32", "submission_hash"),
    ("receivedAt", "uint256", "received_at"),
    ("anchorBy", "uint256", "anchor_by"),
)
_VERDICT: tuple[_Field, ...] = (
    ("taskId", "uint256", "task_id"),
    ("inputDigest", "bytes32", "input_digest"),
    ("labelsRoot", "bytes32", "labels_root"),
    ("payoutsRoot", "bytes32", "payouts_root"),
    ("slashesRoot", "bytes32", "slashes_root"),
    ("totalPayout", "uint256", "total_payout"),
    ("methodHash", "bytes32", "method_hash"),
)
_SEALING: tuple[_Field, ...] = (("operator", "address", "operator"),)


def _write_uint256(value: int) -> str:
    encode_uint256(value)
    return str(value)


def _write_address(value: Address) -> str:
    encode_address(value)
    return value


def _write_bytes32(value: bytes) -> str:
    return "0x" + encode_bytes32(value).hex()


_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "uint256": _write_uint256,
    "address": _write_address,
    "bytes32": _write_bytes32,
}


def _message(name: str, domain: Domain, fields: tuple[_Field, ...], value: object) -> TypedData:
    encode_uint256(domain.chain_id)
    encode_address(domain.verifying_contract)
    message = {
        field: _WRITERS[kind](getattr(value, attribute)) for field, kind, attribute in fields
    }
    return {
        "types": {
            "EIP712Domain": _DOMAIN_TYPE,
            name: [{"name": field, "type": kind} for field, kind, _ in fields],
        },
        "primaryType": name,
        "domain": {
            "name": NAME,
            "version": VERSION,
            "chainId": domain.chain_id,
            "verifyingContract": domain.verifying_contract,
        },
        "message": message,
    }
