"""Anchor every receipted submission once, also after a `kill -9` between any two lines.

For each task that is due:

    1  submissions in no batch, in receipt order ─▶ pages, batch document ─▶ store   (repeatable)
    2  anchor transaction simulated and signed                                       (no effect yet)
    3  batch, raw transaction and membership committed to the database               (the decision)
    4  the raw transaction is broadcast

After 3 there is one transaction that can anchor the batch, so broadcasting it again is harmless. A
batch is done when the indexer has seen its root in `SubmissionsAnchored`; until then:

    nonce used in a final block, root not on chain ─▶ dissolve: its submissions wait again
    nonce used                                     ─▶ wait for the index, or for finality
    nonce free, signed long ago                    ─▶ sign this nonce with a higher fee, as 3 and 4
    nonce free                                     ─▶ broadcast the same bytes again

Of several transactions with one nonce at most one is mined, and a nonce used in a final block stays
used. So no path leads to a second anchor of one batch, and none loses a submission.
"""

from collections.abc import Callable
from typing import Protocol

import structlog

from dao_api.anchoring.documents import write_batch
from dao_api.anchoring.repository import BatchRepository, SignedAnchor, signed_anchor
from dao_api.anchoring.schedule import Room, Waiting, is_due, room_of
from dao_api.chain import ChainView
from dao_api.database import BatchRow
from dao_client.errors import TransactionRefused
from dao_client.types import Anchor, Digest, Task, TaskId
from ipfs_store import Store

MAX_BATCH = 10_000
"""Submissions in one batch."""
PATIENCE_SECONDS = 120.0
"""How long a fee may prove too low before it is raised."""
FORK_ROOM = 64
"""Blocks that a fork may take back before an anchor is mined again."""
_log = structlog.get_logger()


class AnchorChain(Protocol):
    """The gateway's wallet on the chain."""

    def head(self) -> int:
        """Return the number of the latest block."""
        ...

    def used_nonces(self) -> int:
        """Return how many nonces are used up to the latest block."""
        ...

    def final_nonces(self) -> int:
        """Return how many nonces are used in blocks that cannot be taken back."""
        ...

    def sign(
        self, task_id: TaskId, anchor: Anchor, evidence: Digest, nonce: int, raises: int
    ) -> SignedAnchor:
        """Sign an anchor after simulating it, the fee raised `raises` times."""
        ...

    def broadcast(self, signed: SignedAnchor) -> None:
        """Send a signed transaction; one that the node knows already is no error."""
        ...

    def is_anchored(self, task_id: TaskId, root: bytes, first_block: int) -> bool:
        """Tell whether a root is in an event at or after a block."""
        ...


class AnchorLoop:
    """One step looks at every batch under way, then opens a batch for every task that is due."""

    def __init__(
        self,
        chain: AnchorChain,
        view: ChainView,
        store: Store,
        batches: BatchRepository,
        *,
        anchor_seconds: int,
        now: Callable[[], float],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._chain = chain
        self._view = view
        self._store = store
        self._batches = batches
        self._anchor_seconds = anchor_seconds
        self._now = now
        self._patience_seconds = patience_seconds
        self._given_up: set[tuple[TaskId, int]] = set()

    def step(self) -> None:
        """Bring every batch forward; safe to repeat and to kill at any point."""
        unfinished = self._batches.unfinished()
        for batch in unfinished:
            self._push(batch)
        busy = {batch.task_id for batch in unfinished}
        clock = self._view.clock()
        for task_id, count in self._batches.waiting().items():
            task = self._view.task(TaskId(task_id))
            if task is not None and task_id not in busy:
                self._anchor_if_due(task, count, clock)

    def _anchor_if_due(self, task: Task, count: int, clock: int) -> None:
        """Anchor what still counts if it is anchored now; the rest is given up."""
        room = room_of(task, clock)
        is_over = task.is_cancelled or clock >= room.anchored_before
        waiting = self._batches.waiting_since(task.task_id, room.received_from)
        countable = 0 if is_over else waiting.count
        if countable < count:
            self._give_up(task, count - countable)
        if countable and self._is_due(task, waiting, clock):
            self._open(task, room)

    def _is_due(self, task: Task, waiting: Waiting, clock: int) -> bool:
        return is_due(
            waiting,
            task,
            task.anchors,
            quick_seconds=self._anchor_seconds,
            clock=clock,
            now=self._now(),
        )

    def _give_up(self, task: Task, count: int) -> None:
        """Say once for each number that these submissions count for nobody any more."""
        if (task.task_id, count) not in self._given_up:
            self._given_up.add((task.task_id, count))
            _log.error("too late to anchor", task_id=task.task_id, submissions=count)

    def _open(self, task: Task, room: Room) -> None:
        members = self._batches.waiting_of(task.task_id, room.received_from, MAX_BATCH)
        written = write_batch(self._store, task.task_id, members)
        batch = BatchRow(
            task_id=task.task_id,
            root=written.root,
            answers=written.answers,
            document=written.document,
            nonce=self._free_nonce(),
            raises=0,
            signed_block=max(0, self._chain.head() - FORK_ROOM),
        )
        signed = self._sign(batch, batch.nonce, raises=0)
        if signed is not None:
            self._batches.add(batch, signed, int(self._now()), members)
            _log.info("batch signed", task_id=task.task_id, submissions=len(members))
            self._broadcast(batch.task_id, signed)

    def _push(self, batch: BatchRow) -> None:
        if self._chain.final_nonces() > batch.nonce:
            self._dissolve_unless_anchored(batch)
        elif self._chain.used_nonces() > batch.nonce:
            return
        elif self._now() - batch.signed_at > self._patience_seconds:
            self._raise_fee(batch)
        else:
            self._broadcast(batch.task_id, signed_anchor(batch))

    def _dissolve_unless_anchored(self, batch: BatchRow) -> None:
        if not self._chain.is_anchored(TaskId(batch.task_id), batch.root, batch.signed_block):
            self._batches.dissolve(batch.id)
            _log.error("anchor failed", task_id=batch.task_id, nonce=batch.nonce)

    def _raise_fee(self, batch: BatchRow) -> None:
        signed = self._sign(batch, batch.nonce, batch.raises + 1)
        if signed is not None:
            self._batches.replace_transaction(batch.id, signed, int(self._now()))
            _log.warning("anchor fee raised", task_id=batch.task_id, raises=batch.raises + 1)
            self._broadcast(batch.task_id, signed)

    def _sign(self, batch: BatchRow, nonce: int, raises: int) -> SignedAnchor | None:
        anchor = Anchor(Digest(batch.root), batch.answers)
        try:
            return self._chain.sign(
                TaskId(batch.task_id), anchor, Digest(batch.document), nonce, raises
            )
        except TransactionRefused as error:
            _log.error("anchor refused", task_id=batch.task_id, reason=error.reason)
            return None

    def _broadcast(self, task_id: int, signed: SignedAnchor) -> None:
        """Send; a refusal is no end, the next step looks again."""
        try:
            self._chain.broadcast(signed)
        except TransactionRefused as error:
            _log.warning("broadcast refused", task_id=task_id, reason=error.reason)

    def _free_nonce(self) -> int:
        taken = [batch.nonce + 1 for batch in self._batches.unfinished()]
        return max([self._chain.used_nonces(), *taken])
