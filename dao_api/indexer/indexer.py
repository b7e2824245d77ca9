"""Follow the chain: stay behind the head, notice a fork, rewind to it and read again.

One advance, all in one database transaction:

    last checkpoint still on the chain?  no ─▶ delete every row above the newest checkpoint that is
                │ yes
    read events up to head - confirmations
                │
    hashes of both ends unchanged?       no ─▶ forget what was read, next time
                │ yes
    rows and the new checkpoint are committed together
"""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dao_api.database import CHAIN_TABLES, BlockRow, Sessions, writing
from dao_api.indexer.handlers import row_of
from dao_api.indexer.sources import EventSource
from dao_client.contracts.events import Event

WINDOW = 2_000
"""Blocks read in one advance."""
CHECKPOINTS = 256
"""Checkpoints kept; a fork deeper than all of them is re-read from the first block."""


class Indexer:
    """Keeps the chain tables equal to the chain, `confirmations` blocks behind its head."""

    def __init__(
        self, source: EventSource, sessions: Sessions, *, first_block: int, confirmations: int
    ) -> None:
        self._source = source
        self._sessions = sessions
        self._first = first_block
        self._confirmations = confirmations

    def catch_up(self) -> None:
        """Advance until nothing is left to read."""
        while self.advance():
            pass

    def advance(self) -> bool:
        """Read the next window; return whether there may be more to do."""
        checkpoint = self._checkpoint()
        if checkpoint and self._source.block_hash(checkpoint.number) != checkpoint.hash:
            self._rewind()
            return True
        first = checkpoint.number + 1 if checkpoint else self._first
        last = min(self._source.head() - self._confirmations, first + WINDOW - 1)
        if last < first:
            return False
        end = self._source.block_hash(last)
        events = self._source.events(first, last)
        if end is None or self._has_moved(last, end, checkpoint):
            return True
        self._keep(events, BlockRow(number=last, hash=end))
        return True

    def lag(self) -> int:
        """How many blocks the tables are behind the head."""
        checkpoint = self._checkpoint()
        return self._source.head() - (checkpoint.number if checkpoint else self._first - 1)

    def _checkpoint(self) -> BlockRow | None:
        with self._sessions() as session:
            return session.scalar(select(BlockRow).order_by(BlockRow.number.desc()).limit(1))

    def _has_moved(self, last: int, end: bytes, checkpoint: BlockRow | None) -> bool:
        if self._source.block_hash(last) != end:
            return True
        return bool(checkpoint and self._source.block_hash(checkpoint.number) != checkpoint.hash)

    def _rewind(self) -> None:
        """Delete everything above the newest checkpoint that is still on the chain."""
        with self._sessions.begin() as session:
            writing(session)
            known = session.scalars(select(BlockRow).order_by(BlockRow.number.desc())).all()
            for block in known:
                if self._source.block_hash(block.number) == block.hash:
                    _delete_above(session, block.number)
                    return
            _delete_above(session, self._first - 1)

    def _keep(self, events: Sequence[Event], end: BlockRow) -> None:
        with self._sessions.begin() as session:
            writing(session)
            for event in events:
                session.merge(row_of(event))
            session.merge(end)
            _forget_old_checkpoints(session)


def _delete_above(session: Session, number: int) -> None:
    for table in CHAIN_TABLES:
        session.execute(delete(table).where(table.block_number > number))
    session.execute(delete(BlockRow).where(BlockRow.number > number))


def _forget_old_checkpoints(session: Session) -> None:
    session.flush()
    newest = select(BlockRow.number).order_by(BlockRow.number.desc()).limit(CHECKPOINTS)
    session.execute(delete(BlockRow).where(BlockRow.number.not_in(newest)))
