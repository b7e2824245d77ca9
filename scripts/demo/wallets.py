"""Who holds which key of the development mnemonic; none of them is a secret."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from eth_account import Account

from dao_client.keys import DEV_MNEMONIC, LocalSigner

OPERATORS = 3
FIRST_WORKER = 8


@dataclass(frozen=True)
class Wallets:
    """One key for each part that somebody plays."""

    deployer: LocalSigner
    requester: LocalSigner
    gateway: LocalSigner
    operators: tuple[LocalSigner, ...]
    workers: tuple[LocalSigner, ...]

    @classmethod
    def derive(cls, workers: int) -> Self:
        """Derive the keys: 0 to 5 for the parts, the workers from 8 on."""
        derive = LocalSigner.from_mnemonic
        return cls(
            deployer=derive(0),
            requester=derive(1),
            gateway=derive(2),
            operators=tuple(derive(3 + number) for number in range(OPERATORS)),
            workers=tuple(derive(FIRST_WORKER + number) for number in range(workers)),
        )


def write_key_file(folder: Path, name: str, position: int) -> Path:
    """Write the key at a position of the mnemonic to a file that only its owner can read."""
    Account.enable_unaudited_hdwallet_features()
    path = f"m/44'/60'/0'/0/{position}"
    key = Account.from_mnemonic(DEV_MNEMONIC, account_path=path).key
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.key"
    file.touch(mode=0o600)
    file.write_text("0x" + bytes(key).hex() + "\n")
    return file
