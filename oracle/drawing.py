"""Draw the audits of a task and its jury at the beacon block.

beacon ─▶ seed         who has handed in by then, and is anything known about them ─▶ rate
earlier verdicts ─▶ histories ─▶ who is good enough to judge, with a seat at stake ─▶ jury
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dao_client.contracts.events import SubmissionForced, SubmissionsAnchored
from dao_client.contracts.parameters import ParameterId
from dao_client.documents import History
from dao_client.types import Address, Task, Wei
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


@dataclass(frozen=True)
class Drawn:
    """What the beacon draws, and the histories that qualify jurors with where they come from."""

    beacon: Beacon
    draw: Draw
    histories: Mapping[Address, History]
    sources: tuple[Cid, ...]


def draw_audits(
    chain: EvidenceChain,
    reader: EvidenceReader,
    task: Task,
    seat_size: Wei,
    beacon: Beacon,
    workers: frozenset[Address],
) -> Drawn:
    """Draw the rate and the jury; `workers` are those who had handed in by the beacon."""
    block = beacon.block.number
    known = read_histories(chain, reader, beacon.block)
    stakes = chain.stakes(task.token, sorted(known.of_worker), block)
    candidates = qualified(known.of_worker, stakes, seat_size, workers)
    rate = chain.parameter(ParameterId.AUDIT_RATE_BPS, task.task_id, block)
    draw = Draw(
        seed=beacon.seed,
        rate=audit_rate(rate, workers, known.of_worker),
        jury=Jury.of(beacon.seed, candidates, chain.active_operators(block), workers),
    )
    return Drawn(beacon, draw, known.of_worker, known.sources)


def workers_by(
    task: Task,
    block: int,
    anchors: Sequence[SubmissionsAnchored],
    listings: Iterable[Listing],
    forced: Iterable[SubmissionForced],
) -> frozenset[Address]:
    """Return who had answers of the task on chain at a block, as the batches list them."""
    windows = Windows.of(task)
    anchored = {
        entry.submission.worker
        for event, listing in zip(anchors, listings, strict=True)
        for entry in listing.entries
        if event.place.block_number <= block and windows.takes_answers(entry.receipt.received_at)
    }
    outside = {event.worker for event in forced if event.place.block_number <= block}
    return frozenset(anchored | outside)
