"""Verdicts, and the signatures on them as operators' own software makes them."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account import Account
from eth_account.messages import SignableMessage, encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from tests.contracts.task_escrow.tasks import DAY, HOUR
from tests.system import METHOD, TES, ParameterValues

VALUES = ParameterValues()
STAKE = VALUES.min_operator_stake_tes * TES
BOND = VALUES.challenge_bond
CHALLENGE = VALUES.challenge_seconds
RULING = VALUES.ruling_seconds
GRACE = VALUES.grace_seconds
REVEAL_ENDS = DAY + HOUR  # seconds after a task was created
VERDICT_ENDS = REVEAL_ENDS + DAY
# what test_rules.py and test_rules_of_disputes.py change under a running task
CHANGES = {
    "protocol_fee_bps": 250,
    "challenge_seconds": CHALLENGE // 4 * 3,
    "ruling_seconds": RULING // 7 * 6,
    "grace_seconds": GRACE // 4 * 3,
    "operator_slash_bps": 2_500,
    "operator_quorum_bps": 8_000,
    "challenge_bond_prices": 25,
    "seat_size_prices": 75,
    "seat_size_tes": 125,
}
NEW_BOND = 25 * 125 * TES // 75
NEW_CHALLENGE, NEW_RULING, NEW_GRACE = (
    CHANGES[name] for name in ("challenge_seconds", "ruling_seconds", "grace_seconds")
)
DOCUMENT = keccak(b"document")
EVIDENCE = keccak(b"evidence")
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

FIELDS = (
    ("taskId", "uint256"),
    ("inputDigest", "bytes32"),
    ("labelsRoot", "bytes32"),
    ("payoutsRoot", "bytes32"),
    ("slashesRoot", "bytes32"),
    ("totalPayout", "uint256"),
    ("methodHash", "bytes32"),
)


@dataclass(frozen=True)
class Verdict:
    """The fields of IVerdictOracle.Verdict in their order."""

    task_id: int
    input_digest: bytes = keccak(b"input")
    labels_root: bytes = keccak(b"labels")
    payouts_root: bytes = keccak(b"payouts")
    slashes_root: bytes = keccak(b"slashes")
    total_payout: int = 80_000
    method_hash: bytes = METHOD

    def as_tuple(self) -> tuple[Any, ...]:
        """Return what the contract takes."""
        return astuple(self)


def message_of(verdict: Verdict, oracle: VyperContract, **domain: Any) -> SignableMessage:
    """Return the typed message for the oracle's own domain, changed by `domain`."""
    _, name, version, chain_id, contract, _, _ = oracle.eip712Domain()
    own = {
        "name": name,
        "version": version,
        "chainId": chain_id,
        "verifyingContract": str(contract),
    }
    types = {"Verdict": [{"name": name, "type": kind} for name, kind in FIELDS]}
    values = {name: value for (name, _), value in zip(FIELDS, astuple(verdict), strict=True)}
    return encode_typed_data(own | domain, types, values)


def sign(verdict: Verdict, oracle: VyperContract, key: LocalAccount, **domain: Any) -> bytes:
    """Return one operator's signature."""
    return bytes(Account.sign_message(message_of(verdict, oracle, **domain), key.key).signature)


def sign_all(verdict: Verdict, oracle: VyperContract, keys: Iterable[LocalAccount]) -> list[bytes]:
    """Return the signatures in the order of `keys`."""
    return [sign(verdict, oracle, key) for key in keys]


def rule(oracle: VyperContract, verdict: Verdict, is_upheld: bool, sender: str) -> None:
    """Rule on this verdict and no other."""
    digest = oracle.hash_verdict(verdict.as_tuple())
    oracle.rule_dispute(verdict.task_id, digest, is_upheld, sender=sender)


def malleate(signature: bytes) -> bytes:
    """Return the other signature that recovers the same signer."""
    low = int.from_bytes(signature[32:64], "big")
    return signature[:32] + (ORDER - low).to_bytes(32, "big") + bytes([55 - signature[64]])
