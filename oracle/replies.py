"""Replies about tasks that are costly to compute: kept, and never computed twice at a time.

A reply is good for its block, and for every later one in which nothing new of the task is on
chain. One computation runs at a time in the whole program; who asks meanwhile gets the task's last
reply, or is told to come back. So asking often costs an operator one call to its node.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Generic, TypeVar

from dao_client.chain import Block
from dao_client.types import Digest, Task, TaskId

from .chain import OperatorChain
from .errors import SnapshotRefused, StillComputing

Reply = TypeVar("Reply")
State = tuple[bytes, int]

MOST_KEPT = 1_000
"""Replies in memory; the oldest goes first."""


@dataclass(frozen=True)
class Kept(Generic[Reply]):
    """A reply, the block it was last found good for, and what was on chain of the task then."""

    reply: Reply
    seen_at: Digest
    state: State


class Replies(Generic[Reply]):
    """The replies to one question; safe to be asked by many threads."""

    def __init__(
        self,
        chain: OperatorChain,
        lock: Lock,
        check: Callable[[Task, Block], None],
        compute: Callable[[Task, Block], Reply],
    ) -> None:
        self._chain = chain
        self._lock = lock
        self._check = check
        self._compute = compute
        self._kept: dict[TaskId, Kept[Reply]] = {}

    def of(self, task_id: TaskId) -> Reply:
        """Return the reply for a task, computed now if need be; pass on what `check` raises."""
        head = self._chain.head()
        kept = self._kept.get(task_id)
        if kept and kept.seen_at == head.hash:
            return kept.reply
        if not self._lock.acquire(blocking=False):
            if kept:
                return kept.reply
            raise StillComputing(
                f"task {task_id} waits, another computation is under way: ask again in a moment"
            )
        try:
            return self._keep(task_id, self._renew(task_id, head, kept))
        finally:
            self._lock.release()

    def _keep(self, task_id: TaskId, fresh: Kept[Reply]) -> Reply:
        self._kept.pop(task_id, None)
        self._kept[task_id] = fresh
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return fresh.reply

    def _renew(self, task_id: TaskId, head: Block, kept: Kept[Reply] | None) -> Kept[Reply]:
        if not 0 < task_id <= self._chain.task_count():
            raise SnapshotRefused(f"there is no task {task_id}: ids start at 1 and only grow")
        task = self._chain.task(task_id, head.number)
        self._check(task, head)
        forced = len(self._chain.forced(task_id, head.number)) if task.has_forced else 0
        state = (task.anchor_head, forced)
        if kept and kept.state == state:
            return replace(kept, seen_at=head.hash)
        return Kept(self._compute(task, head), head.hash, state)
