"""The gateway's wallet on a chain: it anchors and signs receipts; no user's money is behind it."""

from dataclasses import dataclass
from typing import Any

from dao_api.anchoring.repository import SignedAnchor
from dao_client.chain import Chain
from dao_client.contracts.task_escrow import TaskEscrow
from dao_client.keys import SignedTransaction, Signer
from dao_client.transactions import Sender
from dao_client.types import Address, Anchor, Digest, TaskId

RAISE_PERCENT = 125
"""Nodes replace a waiting transaction for at least 110 % of its fee."""


@dataclass(frozen=True, slots=True)
class RaisedSigner:
    """A signer that pays more than was asked for, to overtake its own waiting transaction."""

    signer: Signer
    raises: int

    @property
    def address(self) -> Address:
        """The wallet's address."""
        return self.signer.address

    def sign_typed(self, message: dict[str, Any]) -> bytes:
        """Sign a message as it is."""
        return self.signer.sign_typed(message)

    def sign_transaction(self, transaction: dict[str, Any]) -> SignedTransaction:
        """Sign a transaction with both of its fees raised."""
        fees = {
            name: transaction[name] * RAISE_PERCENT**self.raises // 100**self.raises
            for name in ("maxFeePerGas", "maxPriorityFeePerGas")
        }
        return self.signer.sign_transaction({**transaction, **fees})


class AnchorWallet:
    """Signs and sends anchors."""

    def __init__(self, chain: Chain, escrow: TaskEscrow, signer: Signer) -> None:
        self._chain = chain
        self._escrow = escrow
        self._signer = signer

    def head(self) -> int:
        """Return the number of the latest block."""
        return self._chain.block().number

    def used_nonces(self) -> int:
        """Return how many nonces are used up to the latest block."""
        return self._chain.nonce(self._signer.address)

    def final_nonces(self) -> int:
        """Return how many nonces are used in blocks that cannot be taken back."""
        return self._chain.nonce(self._signer.address, self._chain.finalized().number)

    def sign(
        self, task_id: TaskId, anchor: Anchor, evidence: Digest, nonce: int, raises: int
    ) -> SignedAnchor:
        """Sign an anchor after simulating it."""
        call = self._escrow.anchor_submissions(task_id, anchor, evidence)
        sender = Sender(self._chain, RaisedSigner(self._signer, raises))
        signed = sender.prepare(call, nonce)
        return SignedAnchor(signed.raw, signed.hash)

    def broadcast(self, signed: SignedAnchor) -> None:
        """Send a signed transaction; one that the node knows already is no error."""
        sender = Sender(self._chain, self._signer)
        sender.broadcast(SignedTransaction(signed.raw, Digest(signed.hash)))

    def is_anchored(self, task_id: TaskId, root: bytes, first_block: int) -> bool:
        """Tell whether a root is in an event at or after a block."""
        return any(each.root == root for each in self._escrow.anchors(task_id, first_block))
