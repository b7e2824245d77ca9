"""What the gateway asks a chain, and the answers of a real one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dao_client.deployment import System
from dao_client.types import (
    Address,
    Digest,
    PayoutLeaf,
    Phase,
    Record,
    Task,
    TaskId,
    Timestamp,
    Wei,
)
from dao_client.wallets import erc1271


class ChainView(Protocol):
    """The facts that a submission is checked against, always fresh from the chain."""

    def clock(self) -> Timestamp:
        """Return the timestamp of the latest block."""
        ...

    def task(self, task_id: TaskId) -> Task | None:
        """Return what the escrow holds of a task, none for an unknown id."""
        ...

    def phases(self, task_ids: Sequence[TaskId]) -> list[Phase]:
        """Return the phase of each task."""
        ...

    def record(self, task_id: TaskId) -> Record:
        """Return the verdict that stands for a task: its digest is zero when there is none."""
        ...

    def stake(self, token: Address, worker: Address) -> Wei:
        """Return a worker's stake."""
        ...

    def is_operator(self, account: Address) -> bool:
        """Tell whether an account is an active operator."""
        ...

    def spec(self, task_id: TaskId) -> Digest | None:
        """Return the digest of a task's document from the event that created it."""
        ...

    def are_claimed(self, leaves: Sequence[PayoutLeaf]) -> list[bool]:
        """Tell which payouts of a verdict were paid."""
        ...

    def are_flat_claimed(self, leaves: Sequence[tuple[TaskId, int, int]]) -> list[bool]:
        """Tell which (task, anchor position, leaf index) were paid the flat price."""
        ...

    def entry_stake(self) -> Address:
        """Return the contract to whose purses newcomers are paid."""
        ...

    def are_credited(self, places: Sequence[tuple[TaskId, int]]) -> list[bool]:
        """Tell which payouts, by task and index, became stake."""
        ...

    def has_accepted(self, signer: Address, digest: Digest, signature: bytes) -> bool:
        """Tell whether the wallet contract at `signer` calls a signature its own (ERC-1271)."""
        ...


@dataclass(frozen=True, slots=True)
class NodeView:
    """A chain behind a node."""

    system: System

    def clock(self) -> Timestamp:
        """Return the timestamp of the latest block."""
        return self.system.chain.clock()

    def task(self, task_id: TaskId) -> Task | None:
        """Return what the escrow holds of a task, none for an unknown id."""
        task = self.system.task_escrow.task(task_id)
        return task if task.submit_deadline else None  # an unknown task is all zero

    def phases(self, task_ids: Sequence[TaskId]) -> list[Phase]:
        """Return the phase of each task, in few requests."""
        return self.system.verdict_oracle.phases(task_ids) if task_ids else []

    def record(self, task_id: TaskId) -> Record:
        """Return the verdict that stands for a task."""
        return self.system.verdict_oracle.record(task_id)

    def stake(self, token: Address, worker: Address) -> Wei:
        """Return a worker's stake."""
        return self.system.staking.stake_of(token, worker)

    def is_operator(self, account: Address) -> bool:
        """Tell whether an account is an active operator."""
        operator = self.system.verdict_oracle.operator(account)
        return operator.stake > 0 and not operator.retired_at

    def spec(self, task_id: TaskId) -> Digest | None:
        """Return the digest of a task's document from the event that created it."""
        created = self.system.task_escrow.creation(task_id, self.system.first_block)
        return created.spec if created else None

    def are_claimed(self, leaves: Sequence[PayoutLeaf]) -> list[bool]:
        """Tell which payouts of a verdict were paid, in few requests."""
        return self.system.task_escrow.are_claimed(leaves) if leaves else []

    def are_flat_claimed(self, leaves: Sequence[tuple[TaskId, int, int]]) -> list[bool]:
        """Tell which leaves of anchors were paid the flat price, in few requests."""
        return (
            self.system.task_escrow.contract.read_many("is_flat_claimed", leaves) if leaves else []
        )

    def entry_stake(self) -> Address:
        """Return the contract to whose purses newcomers are paid."""
        return self.system.entry_stake.address

    def are_credited(self, places: Sequence[tuple[TaskId, int]]) -> list[bool]:
        """Tell which payouts became stake, in few requests."""
        return self.system.entry_stake.are_credited(places) if places else []

    def has_accepted(self, signer: Address, digest: Digest, signature: bytes) -> bool:
        """Tell whether the wallet contract at `signer` calls a signature its own."""
        return erc1271(self.system.chain)(signer, digest, signature)
