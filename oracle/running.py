"""What an operator knows of a task that still runs: answers that only operators can open.

    chain, store ─▶ sealed documents ─▶ opened in memory ─▶ evidence ─▶ counts ─▶ forgotten

What is opened here is never stored, logged or shown, and forgotten with the evidence. Answers that
this operator cannot open are left out: another one may open them, or the worker reveals them, so
what is said of a running task is this operator's estimate and no part of a verdict.
"""

from dataclasses import dataclass, field

import numpy as np

from dao_client.chain import Block
from dao_client.documents import TaskDocument, parse_sealed
from dao_client.errors import MalformedDocument, SealRefused
from dao_client.sealing import open_sealed
from dao_client.types import Address, Bps, Task
from ipfs_store import Cid, Store

from .batches import read_batch, read_forced_submission, read_listing
from .chain import OperatorChain
from .collect import at_stake, check_events, rules_of, workers_of
from .drawing import NEVER
from .evidence_reader import EvidenceReader
from .history import read_histories
from .integers import Ints
from .jury import Jury
from .types import Draw, Evidence, Reason

NO_SEED = bytes(32)
"""Of a task without a beacon yet: nothing that is asked of it depends on a draw."""


@dataclass(frozen=True)
class BoxKey:
    """Whose boxes can be opened, and the X25519 secret that opens them."""

    operator: Address
    secret: bytes = field(repr=False)


class OpeningReader(EvidenceReader):
    """Open what it reads; answers that do not open count if they are public, no store waits."""

    def __init__(self, store: Store, key: BoxKey) -> None:
        super().__init__(store, (), is_overdue=True)
        self._key = key
        self._opened: dict[Cid, bytes] = {}

    def read(self, cid: Cid, what: str) -> bytes | None:
        """Return a block, or answers that a block read before has sealed."""
        if cid in self._opened:
            return self._opened[cid]
        block = super().read(cid, what)
        if block is not None:
            self._open(block)
        return block

    def _open(self, block: bytes) -> None:
        try:
            sealed = parse_sealed(block)
        except MalformedDocument:
            return
        try:
            answers = open_sealed(sealed, self._key.operator, self._key.secret)
        except SealRefused:
            if not self._store.has(sealed.answers):
                self.missing.add(sealed.answers)
        else:
            self._opened[sealed.answers] = answers


def read_open_task(
    chain: OperatorChain,
    reader: OpeningReader,
    store: Store,
    task: Task,
    block: Block,
    document: TaskDocument,
) -> Evidence:
    """Read the answers that are on chain while a task takes more; nobody is drawn or known yet."""
    anchors = chain.anchors(task.task_id, block.number)
    forced = chain.forced(task.task_id, block.number)
    check_events(task, anchors, forced)
    rules = rules_of(chain, task, block, document)
    listings = [
        read_listing(reader, task.task_id, place, event) for place, event in enumerate(anchors)
    ]
    workers = workers_of(listings, forced)
    stakes = at_stake(chain, task, workers, block.number)
    seated = {worker for worker, stake in stakes.items() if rules.has_seat(stake)}
    known = read_histories(chain, reader, block).of_worker
    return Evidence(
        rules=rules,
        batches=tuple(read_batch(reader, listing, seated) for listing in listings),
        forced=tuple(read_forced_submission(reader, event, seated) for event in forced),
        stakes=stakes,
        draw=Draw(NO_SEED, Bps(0), Jury((), (), NO_SEED), NEVER, NEVER),
        histories={worker: known[worker] for worker in workers if worker in known},
        gold={},
    )


def shut_answers(evidence: Evidence) -> Ints:
    """Count, for each item, the answers that are on chain and did not open."""
    candidates = [each for batch in evidence.batches for each in batch.candidates]
    items = [
        item
        for candidate in (*candidates, *evidence.forced)
        if candidate.payload is Reason.NOT_REVEALED
        for item in candidate.sealed_items
        if item < evidence.rules.item_count
    ]
    return np.bincount(np.array(items, dtype=np.int64), minlength=evidence.rules.item_count)
