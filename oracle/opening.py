"""Open what was sealed to this operator, once nobody can anchor a copy any more.

    anchors, forced submissions ─▶ sealed documents ─▶ own box ─▶ answers document ─▶ store

An answers document names its task, assignment and worker and is published only if the sealed one
and the submission that its worker signed name the same: else a copy, handed in to a task with an
earlier deadline, would be read to everybody. Blocks are found by their CIDs, so any number of
operators may open the same ones, and one that is killed halfway begins again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog

from dao_client.contracts.events import SubmissionForced, SubmissionsAnchored
from dao_client.documents import SealedDocument, parse_sealed, parse_task
from dao_client.errors import (
    MalformedDocument,
    RpcRefused,
    SealRefused,
    SignatureRefused,
    TransactionLost,
    TransactionRefused,
)
from dao_client.messages import IsValid1271, submission_digest, verify
from dao_client.sealing import open_sealed, sealing_key
from dao_client.types import Address, Submission, Task, TaskId
from dao_client.windows import Windows
from ipfs_store import Cid, Store, cid_from_digest

from .batches import forced_submission, read_listing
from .chain import OperatorChain
from .collect import at_stake
from .errors import EvidenceMissing
from .evidence_reader import EvidenceReader

_log = structlog.get_logger(__name__)

LONGEST_WAIT = 64
"""Rounds until a sealed document that no store has is looked for again."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A worker's submission and its signature; none if forced, the chain knows its sender."""

    submission: Submission
    signature: bytes | None

    @property
    def worker(self) -> Address:
        return self.submission.worker

    @property
    def document(self) -> Cid:
        """Return where the sealed answers are."""
        return cid_from_digest(self.submission.sealed_digest)


@dataclass
class Opener:
    """One operator's box opener; it remembers what it need not look at again."""

    chain: OperatorChain
    store: Store
    operator: Address
    secret: bytes = field(repr=False)
    _done: set[Seal] = field(default_factory=set)
    _absent: dict[Cid, tuple[int, int]] = field(default_factory=dict)
    _finished: dict[TaskId, tuple[int, int]] = field(default_factory=dict)
    _round: int = 0
    _is_announced: bool = False

    def announce(self) -> None:
        """Publish the own sealing key unless it is on chain; only an active operator can."""
        if self._is_announced:
            return
        key = sealing_key(self.secret)
        if self.chain.sealing_key(self.operator) != key:
            if self.operator not in self.chain.operators():
                _log.warning("no sealing key published: no active operator", operator=self.operator)
                return
            try:
                self.chain.set_sealing_key(key)
            except (TransactionRefused, TransactionLost) as error:
                _log.error("sealing key not published", error=str(error))
                return
            _log.info("sealing key published", operator=self.operator, key=key.hex())
        self._is_announced = True

    def open_task(self, task_id: TaskId) -> int:
        """Put every answer document that is due and can be opened into the store; count them.

        Only what final blocks say counts: a fork must not bring back the time to copy.
        """
        head = self.chain.final_head()
        task = self.chain.task(task_id, head.number)
        windows = Windows.of(task)
        if head.timestamp < windows.opening_deadline:
            return 0
        anchors = self.chain.anchors(task_id, head.number)
        forced = self.chain.forced(task_id, head.number)
        seen = len(anchors), len(forced)
        if self._finished.get(task_id) == seen:
            return 0
        self._round += 1
        seals = [*self._anchored(task_id, anchors), *map(_forced_seal, forced)]
        left = [seal for seal in seals if seal is None or seal not in self._done]
        due = [seal for seal in left if seal and self._is_due(seal, windows, head.timestamp)]
        trusted = self._trusted(task, head.number, due)
        wallets = self.chain.wallets(head.number)
        opened = sum(self._open(seal, wallets) for seal in due if seal.worker in trusted)
        if all(seal and seal in self._done for seal in left):
            self._finished[task_id] = seen
        return opened

    def _is_due(self, seal: Seal, windows: Windows, clock: int) -> bool:
        is_wanted = self._absent.get(seal.document, (0, 0))[1] <= self._round
        return is_wanted and clock >= windows.opens_at(seal.submission.deadline)

    def _anchored(
        self, task_id: TaskId, anchors: Sequence[SubmissionsAnchored]
    ) -> Iterator[Seal | None]:
        """Go through all batches; none stands for one that no store has now."""
        reader = EvidenceReader(self.store, (), is_overdue=False)
        for place, event in enumerate(anchors):
            try:
                listing = read_listing(reader, task_id, place, event)
            except EvidenceMissing as error:
                _log.warning("batch not opened", task_id=task_id, cid=error.cid)
                yield None
                continue
            for entry in listing.entries:
                if entry.submission.task_id == task_id:
                    yield Seal(entry.submission, entry.signature)

    def _trusted(self, task: Task, block: int, seals: Iterable[Seal]) -> set[Address]:
        """Tell who has something at stake: a block that no store has costs a timeout.

        Everybody whom the verdict will give a seat is among them: what stays shut counts as
        withheld, so a worker who unstakes after handing in would be slashed for our silence.
        """
        workers = sorted({seal.worker for seal in seals})
        if not workers:
            return set()
        creation = self.chain.creation(task.task_id)
        assert creation is not None
        reader = EvidenceReader(self.store, (), is_overdue=False)
        spec = reader.require(cid_from_digest(creation.spec), f"document of task {task.task_id}")
        try:
            document = parse_task(spec)
        except MalformedDocument:
            return set()  # such a task gets no verdict
        if document.has_entry:
            return set(workers)
        stakes = at_stake(self.chain, task, workers, block)
        seated = {worker for worker, stake in stakes.items() if stake >= document.seat_size}
        return seated.union(self.chain.operators())

    def _open(self, seal: Seal, wallets: IsValid1271) -> bool:
        """Open one sealed document; what cannot be opened is logged once, with its reason."""
        try:
            self._check_signature(seal, wallets)
            sealed = self._read(seal.document)
            if sealed is None:
                return False
            _check_names(sealed, seal.submission)
            if self.store.has(sealed.answers):
                self._done.add(seal)
                return False
            self.store.put_block(open_sealed(sealed, self.operator, self.secret))
        except (SealRefused, SignatureRefused, MalformedDocument) as error:
            _log.warning("answers not opened", cid=seal.document, reason=str(error))
            self._done.add(seal)
            return False
        except RpcRefused as error:  # a wallet contract that fails may not stop the others
            _log.warning("wallet not asked", wallet=seal.worker, error=str(error))
            return False
        self._done.add(seal)
        return True

    def _check_signature(self, seal: Seal, wallets: IsValid1271) -> None:
        """Refuse what the gateway says alone: another deadline would have audits opened early."""
        if seal.signature is not None:
            digest = submission_digest(seal.submission, self.chain.escrow_domain)
            verify(seal.worker, digest, seal.signature, wallets)

    def _read(self, document: Cid) -> SealedDocument | None:
        reader = EvidenceReader(self.store, (), is_overdue=False)
        try:
            return parse_sealed(reader.require(document, "sealed document"))
        except EvidenceMissing:
            times = self._absent.get(document, (0, 0))[0] + 1
            self._absent[document] = times, self._round + min(2**times, LONGEST_WAIT)
            _log.warning("sealed document missing", cid=document, times=times)
            return None


def _forced_seal(event: SubmissionForced) -> Seal:
    return Seal(forced_submission(event), None)


def _check_names(sealed: SealedDocument, submission: Submission) -> None:
    """Refuse a sealed document of somebody else, or of a task that may still take answers."""
    named = (sealed.task_id, sealed.assignment_id, sealed.worker)
    signed = (submission.task_id, submission.assignment_id, submission.worker)
    if named != signed:
        raise SealRefused(
            f"the sealed document is of (task, assignment, worker) {named}, the submission of "
            f"{signed}: copied from there, not opened"
        )
