"""Draw the audits of a task and its jury at the beacon block.

beacon ─▶ seed         who has handed in by then, and is anything known about them ─▶ rate
earlier verdicts ─▶ histories ─▶ who is good enough to judge, with a seat at stake ─▶ jury
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dao_client.contracts.events import SubmissionForced, SubmissionsAnchored
from dao_client.contracts.parameters import ParameterId
from dao_client.documents import History, SubmissionEntry
from dao_client.errors import SignatureRefused
from dao_client.messages import Domain, IsValid1271, submission_digest, verify
from dao_client.types import Address, BlockNumber, Task, Wei
from dao_client.windows import Windows
from ipfs_store import Cid

from .audits import audit_rate
from .batches import Listing
from .beacon import Beacon
from .chain import EvidenceChain
from .evidence_reader import EvidenceReader
from .history import read_histories
from .jury import Jury, qualified
from .types import Draw

NEVER = BlockNumber(2**63)


@dataclass(frozen=True)
class Drawn:
    """What the beacon draws, and the histories that qualify jurors with where they come from."""

    beacon: Beacon
    draw: Draw
    histories: Mapping[Address, History]
    sources: tuple[Cid, ...]


@dataclass(frozen=True)
class HandedIn:
    """Who had answers of a task on chain before the beacon's block.

    `entries` are as a gateway lists them: it may list whom it wants, but it cannot sign for them.
    """

    entries: tuple[SubmissionEntry, ...]
    forced: frozenset[Address]

    @property
    def workers(self) -> frozenset[Address]:
        """Return all of them, listed or forced."""
        return self.forced.union(entry.submission.worker for entry in self.entries)


def draw_audits(
    chain: EvidenceChain,
    reader: EvidenceReader,
    task: Task,
    seat_size: Wei,
    beacon: Beacon,
    handed_in: HandedIn,
) -> Drawn:
    """Draw the rate and the jury of a task."""
    block = beacon.block.number
    known = read_histories(chain, reader, beacon.block)
    stakes = chain.stakes(task.token, sorted(known.of_worker), block)
    candidates = qualified(known.of_worker, stakes, seat_size, ())
    operators = chain.active_operators(block)
    wallets = chain.wallets(block)
    barred = _barred({*candidates, *operators}, task, handed_in, chain.escrow_domain, wallets)
    rate = chain.parameter(ParameterId.AUDIT_RATE_BPS, task.task_id, block)
    draw = Draw(
        seed=beacon.seed,
        rate=audit_rate(rate, handed_in.workers, known.of_worker),
        jury=Jury.of(beacon.seed, candidates, operators, barred),
        answers_by=beacon.block.number,
        audits_by=_audits_by(chain, task),
    )
    return Drawn(beacon, draw, known.of_worker, known.sources)


def handed_in_by(
    task: Task,
    block: int,
    anchors: Sequence[SubmissionsAnchored],
    listings: Iterable[Listing],
    forced: Iterable[SubmissionForced],
) -> HandedIn:
    """Return who had answers of the task on chain before a block."""
    windows = Windows.of(task)
    entries = tuple(
        entry
        for event, listing in zip(anchors, listings, strict=True)
        for entry in listing.entries
        if event.place.block_number < block and windows.takes_answers(entry.receipt.received_at)
    )
    outside = frozenset(event.worker for event in forced if event.place.block_number < block)
    return HandedIn(entries, outside)


def _barred(
    accounts: Collection[Address],
    task: Task,
    handed_in: HandedIn,
    domain: Domain,
    wallets: IsValid1271,
) -> frozenset[Address]:
    """Return who may not judge a task: who works on it by an own signature, and who runs it."""
    signed = {
        entry.submission.worker
        for entry in handed_in.entries
        if entry.submission.worker in accounts and _is_signed(entry, task, domain, wallets)
    }
    return frozenset({task.requester, task.gateway}).union(handed_in.forced, signed)


def _is_signed(entry: SubmissionEntry, task: Task, domain: Domain, wallets: IsValid1271) -> bool:
    if entry.submission.task_id != task.task_id:
        return False
    digest = submission_digest(entry.submission, domain)
    try:
        verify(entry.submission.worker, digest, entry.signature, wallets)
    except SignatureRefused:
        return False
    return True


def _audits_by(chain: EvidenceChain, task: Task) -> BlockNumber:
    """Return the first block past the audits; while there is none, no block is."""
    block = chain.first_final_block_at(Windows.of(task).audit_deadline)
    return NEVER if block is None else block.number
