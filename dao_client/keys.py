"""Hold the keys of a wallet: sign transactions and typed data, show the address, nothing else."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from dao_client.errors import KeyUnavailable, RpcRefused
from dao_client.rpc import Rpc
from dao_client.types import Address, Digest

DEV_MNEMONIC = "test test test test test test test test test test test junk"
"""Public: the accounts of development nodes. Never send real money there."""


@dataclass(frozen=True, slots=True)
class SignedTransaction:
    """What goes to the node, and the hash to look for afterwards."""

    raw: bytes
    hash: Digest


class Signer(Protocol):
    """A wallet."""

    @property
    def address(self) -> Address:
        """The wallet's address."""

    def sign_typed(self, message: dict[str, Any]) -> bytes:
        """Return the signature (65 bytes) on a full EIP-712 message."""

    def sign_transaction(self, transaction: dict[str, Any]) -> SignedTransaction:
        """Sign a complete transaction (numbers are ints, `to` and `data` are hex)."""


class LocalSigner:
    """A private key in memory."""

    def __init__(self, private_key: str | bytes) -> None:
        try:
            self._account: LocalAccount = Account.from_key(private_key)
        except (ValueError, TypeError) as error:
            raise KeyUnavailable(
                "the private key is not 32 bytes in hex (its value is not shown)"
            ) from error
        self.address = Address(self._account.address)

    @classmethod
    def create(cls) -> Self:
        """Make a new key from the machine's randomness."""
        return cls(bytes(Account.create().key))

    @classmethod
    def from_mnemonic(cls, position: int, mnemonic: str = DEV_MNEMONIC) -> Self:
        """Derive the key at a position of a mnemonic, as wallets do."""
        Account.enable_unaudited_hdwallet_features()
        path = f"m/44'/60'/0'/0/{position}"
        return cls(bytes(Account.from_mnemonic(mnemonic, account_path=path).key))

    @classmethod
    def from_keystore(cls, path: Path, password: str) -> Self:
        """Open an encrypted keystore file (version 3)."""
        try:
            key = Account.decrypt(path.read_text("utf-8"), password)
        except OSError as error:
            raise KeyUnavailable(f"the keystore {path} cannot be read: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise KeyUnavailable(
                f"the keystore {path} does not open: wrong password, or not a keystore file"
            ) from error
        return cls(bytes(key))

    def save_keystore(self, path: Path, password: str) -> None:
        """Write an encrypted keystore that only its owner can read; refuse to overwrite one."""
        text = json.dumps(Account.encrypt(self._account.key, password))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                path.chmod(0o600)
                file.write(text + "\n")
        except OSError as error:
            raise KeyUnavailable(
                f"the keystore {path} cannot be written: {error.strerror}"
            ) from error

    def sign_typed(self, message: dict[str, Any]) -> bytes:
        """Return the signature on a full EIP-712 message."""
        return bytes(self._account.sign_typed_data(full_message=message).signature)

    def sign_transaction(self, transaction: dict[str, Any]) -> SignedTransaction:
        """Sign a complete transaction."""
        signed = self._account.sign_transaction(transaction)
        return SignedTransaction(bytes(signed.raw_transaction), Digest(bytes(signed.hash)))


class UnlockedSigner:
    """An account whose key the node itself holds."""

    def __init__(self, rpc: Rpc, address: str) -> None:
        self.address = Address(to_checksum_address(address))
        self._rpc = rpc

    def sign_typed(self, message: dict[str, Any]) -> bytes:
        """Let the node sign a full EIP-712 message."""
        return _hex(self._ask("eth_signTypedData_v4", self.address, _json(message)))

    def sign_transaction(self, transaction: dict[str, Any]) -> SignedTransaction:
        """Let the node sign a transaction, without sending it."""
        request = {key: _json(value) for key, value in transaction.items()}
        answer = self._ask("eth_signTransaction", {**request, "from": self.address})
        raw = _hex(answer["raw"] if isinstance(answer, dict) else answer)
        return SignedTransaction(raw, Digest(keccak(raw)))

    def _ask(self, method: str, *params: object) -> Any:  # noqa: ANN401
        try:
            return self._rpc.call(method, *params)
        except RpcRefused as error:
            raise KeyUnavailable(
                f"{self._rpc.url} does not sign for {self.address}: {error.message}"
            ) from error


def _hex(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def _json(value: Any) -> Any:  # noqa: ANN401
    """Write bytes, and the numbers of a transaction, as hex."""
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, bool) or not isinstance(value, int | dict | list):
        return value
    if isinstance(value, int):
        return hex(value)
    if isinstance(value, list):
        return [_json(each) for each in value]
    return {key: _json(each) for key, each in value.items()}
