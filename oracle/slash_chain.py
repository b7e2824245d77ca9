"""What slashing asks of the chain and sends to it, and how the SDK does so."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from dao_client.contracts.staking import Unbonding
from dao_client.deployment import System
from dao_client.transactions import Sender
from dao_client.types import Address, PayoutLeaf, TaskId, Verdict

from .errors import SettingsRefused


class SlashChain(Protocol):
    """Read and move what verdicts take from workers."""

    def are_slashed(self, leaves: Sequence[PayoutLeaf]) -> Sequence[bool]:
        """Tell which slashes of a final verdict were carried out."""

    def slash(self, verdict: Verdict, leaf: PayoutLeaf, proof: Sequence[bytes]) -> None:
        """Carry out a slash of a final verdict, simulated first."""

    def unbondings(
        self, task_id: TaskId, workers: Sequence[Address]
    ) -> Mapping[Address, Unbonding]:
        """Return what workers have on its way out in the token of a task."""

    def delay(self, verdict: Verdict, leaf: PayoutLeaf, proof: Sequence[bytes]) -> None:
        """Restart the withdrawal of a worker whom a verdict would slash, simulated first."""


class SystemSlashes:
    """The deployed system's part of it; without a sender it only reads."""

    def __init__(self, system: System, sender: Sender | None = None) -> None:
        self._system = system
        self._sender = sender

    def are_slashed(self, leaves: Sequence[PayoutLeaf]) -> Sequence[bool]:
        return self._system.verdict_oracle.are_slashed(leaves)

    def slash(self, verdict: Verdict, leaf: PayoutLeaf, proof: Sequence[bytes]) -> None:
        self._send().send(self._system.verdict_oracle.slash_worker(verdict, leaf, proof))

    def unbondings(
        self, task_id: TaskId, workers: Sequence[Address]
    ) -> Mapping[Address, Unbonding]:
        token = self._system.task_escrow.task(task_id).token
        return self._system.staking.unbondings_of(token, workers)

    def delay(self, verdict: Verdict, leaf: PayoutLeaf, proof: Sequence[bytes]) -> None:
        self._send().send(self._system.verdict_oracle.delay_worker(verdict, leaf, proof))

    def _send(self) -> Sender:
        if self._sender is None:
            raise SettingsRefused("there is no key: a dry run sends nothing")
        return self._sender
