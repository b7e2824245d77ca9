"""Vote by signature: sign a ballot at home, let anybody hand it in (EIP-712, as OpenZeppelin's)."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from dao_client.contracts.governor import Support
from dao_client.deployment import System
from dao_client.errors import MalformedDocument, WrongChain
from dao_client.keys import Signer
from dao_client.messages import NAME, VERSION, Domain, TypedData
from dao_client.types import Address


@dataclass(frozen=True, slots=True)
class SignedBallot:
    """A vote that anybody may hand in, once; its nonce is in the signature."""

    chain_id: int
    governor: Address
    proposal: int
    support: Support
    voter: Address
    signature: bytes

    def as_json(self) -> dict[str, Any]:
        """Write a ballot as files hold it."""
        return {
            **asdict(self),
            "proposal": str(self.proposal),
            "support": self.support.name.lower(),
            "signature": "0x" + self.signature.hex(),
        }

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a ballot's file."""
        try:
            found = json.loads(path.read_text("utf-8"))
            return cls(
                int(found["chain_id"]),
                Address(found["governor"]),
                int(found["proposal"]),
                Support[str(found["support"]).upper()],
                Address(found["voter"]),
                bytes.fromhex(found["signature"].removeprefix("0x")),
            )
        except OSError as error:
            raise MalformedDocument(f"{path} cannot be read: {error.strerror}") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise MalformedDocument(
                f"{path} is no ballot ({error!r}): `tessera gov vote ID for --sign-only --json` "
                "prints one"
            ) from error


def ballot_message(
    proposal: int, support: Support, voter: Address, nonce: int, domain: Domain
) -> TypedData:
    """Write a vote as EIP-712 typed data; the domain's contract is the Governor."""
    return {
        "types": {
            "EIP712Domain": [
                {"name": "name", "type": "string"},
                {"name": "version", "type": "string"},
                {"name": "chainId", "type": "uint256"},
                {"name": "verifyingContract", "type": "address"},
            ],
            "Ballot": [
                {"name": "proposalId", "type": "uint256"},
                {"name": "support", "type": "uint8"},
                {"name": "voter", "type": "address"},
                {"name": "nonce", "type": "uint256"},
            ],
        },
        "primaryType": "Ballot",
        "domain": {
            "name": NAME,
            "version": VERSION,
            "chainId": domain.chain_id,
            "verifyingContract": domain.verifying_contract,
        },
        "message": {
            "proposalId": str(proposal),
            "support": int(support),
            "voter": voter,
            "nonce": str(nonce),
        },
    }


def sign_ballot(system: System, signer: Signer, proposal: int, support: Support) -> SignedBallot:
    """Sign a vote with the wallet's next nonce; nothing is sent."""
    governor, chain_id = system.governor, system.chain.chain_id
    nonce = governor.nonce(signer.address)
    domain = Domain(chain_id, governor.address)
    message = ballot_message(proposal, support, signer.address, nonce, domain)
    signature = signer.sign_typed(message)
    return SignedBallot(chain_id, governor.address, proposal, support, signer.address, signature)


def check_ballot(system: System, ballot: SignedBallot) -> None:
    """Refuse a ballot that was signed for another chain or deployment."""
    here = (system.chain.chain_id, system.governor.address)
    if (ballot.chain_id, ballot.governor) != here:
        raise WrongChain(
            f"the ballot is for chain {ballot.chain_id} and the Governor {ballot.governor}, "
            f"this is chain {here[0]} and {here[1]}"
        )
