"""Collect what decides a task at one block: the first one at or after its reveal deadline.

Every operator reads at that block, once it is final, so all of them build the same snapshot:

    chain   anchors, forced submissions, stakes, what may be paid, the DAO's numbers, the beacon
    store   task document, batch documents and their pages, sealed and opened answers of workers
            with a seat and of jurors, gold, and what earlier verdicts say about all of them
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dao_client.chain import Block
from dao_client.contracts.events import SubmissionForced, SubmissionsAnchored
from dao_client.contracts.parameters import ParameterId
from dao_client.documents import (
    ForcedSubmission,
    Snapshot,
    SnapshotBatch,
    SnapshotBlock,
    TaskDocument,
    build_forced,
    build_histories,
    build_missing,
    build_stakes,
    parse_task,
)
from dao_client.encoding import anchor_head
from dao_client.errors import MalformedDocument
from dao_client.seats import MOST_SEATS_ASKED, most_seat_size
from dao_client.types import Address, Anchor, Bps, Digest, Task, TaskId, Timestamp, Wei
from dao_client.windows import reveal_by
from ipfs_store import Cid, Store, cid_from_digest, cid_of

from .batches import Listing, read_batch, read_forced_submission, read_listing
from .beacon import beacon_of
from .chain import EvidenceChain
from .drawing import Drawn, draw_audits, handed_in_by
from .errors import SnapshotRefused, VerdictRefused
from .evidence_reader import EvidenceReader
from .gold import read_gold
from .types import Evidence, Rules


@dataclass(frozen=True)
class Collected:
    """The evidence, and the documents that pin it: `snapshot` links its `pages`.

    The snapshot lacks what the task changes about its workers: nobody has decided yet.
    """

    evidence: Evidence
    block: Block
    snapshot: Snapshot
    pages: tuple[bytes, ...]


def collect(
    chain: EvidenceChain, store: Store, task_id: TaskId, missing: Iterable[Cid] | None = None
) -> Collected | None:
    """Read everything about a task; none while its snapshot block is not final.

    An operator leaves `missing` out: at half of the verdict time it goes on without what no store
    has. Who checks a verdict gives what its snapshot calls missing; all else must be there.
    """
    creation = chain.creation(task_id)
    if creation is None:
        raise SnapshotRefused(f"there is no task {task_id}: ids start at 1 and only grow")
    block = chain.first_final_block_at(creation.reveal_deadline)
    if block is None:
        return None
    task = chain.task(task_id, block.number)
    is_overdue = missing is None and chain.clock() >= reveal_by(task)
    reader = EvidenceReader(store, missing or (), is_overdue=is_overdue)
    return collect_at(chain, reader, task, block, creation.spec)


def collect_at(
    chain: EvidenceChain,
    reader: EvidenceReader,
    task: Task,
    block: Block,
    spec: Digest,
) -> Collected:
    """Read everything about a task at a block that is not before its beacon."""
    anchors = chain.anchors(task.task_id, block.number)
    forced = chain.forced(task.task_id, block.number)
    check_events(task, anchors, forced)
    document = read_task_document(reader, task.task_id, spec)
    rules = rules_of(chain, task, block, document)
    listings = [
        read_listing(reader, task.task_id, place, event) for place, event in enumerate(anchors)
    ]
    drawn = _draw(chain, reader, rules, anchors, listings, forced)
    stakes = at_stake(chain, task, workers_of(listings, forced), block.number)
    seated = {worker for worker, stake in stakes.items() if rules.has_seat(stake)}
    readable = seated.union(drawn.draw.jury.members)
    batches = tuple(read_batch(reader, listing, readable) for listing in listings)
    loose = tuple(read_forced_submission(reader, event, seated) for event in forced)
    evidence = Evidence(
        rules=rules,
        batches=batches,
        forced=loose,
        stakes=stakes,
        draw=drawn.draw,
        histories={
            worker: drawn.histories[worker] for worker in stakes if worker in drawn.histories
        },
        gold=read_gold(reader, document).labels,
    )
    return _with_snapshot(evidence, block, spec, anchors, forced, reader.missing, drawn)


def at_stake(
    chain: EvidenceChain, task: Task, workers: Sequence[Address], block: int
) -> Mapping[Address, Wei]:
    """Return what each worker stands for with: stake that a verdict can still take.

    What is unbonding counts if it cannot leave before a verdict slashes, unless it is disputed.
    """
    window = chain.parameter(ParameterId.CHALLENGE_SECONDS, task.task_id, block)
    slashed_by = Timestamp(task.verdict_deadline + window)
    return chain.slashable(task.token, workers, block, slashed_by)


def rules_of(chain: EvidenceChain, task: Task, block: Block, document: TaskDocument) -> Rules:
    """Return what a task's requester and the DAO have fixed for it, within the DAO's bounds."""

    def voted(name: ParameterId) -> int:
        return chain.parameter(name, task.task_id, block.number)

    check_seat_size(task, document.seat_size, voted(ParameterId.SEAT_SIZE_PRICES))
    return Rules(
        task=task,
        domain=chain.escrow_domain,
        labels=document.answer.labels,
        item_count=document.item_count,
        overlap=document.most_answers,
        seat_size=document.seat_size,
        method=document.method,
        payable=chain.payable(task.task_id, block.number),
        slash_bps=Bps(voted(ParameterId.SLASH_PER_ANSWER_BPS)),
        weight_cap=voted(ParameterId.WEIGHT_CAP),
        has_entry=document.has_entry,
        entry_stake=chain.entry_stake,
        error_limit=document.error_limit,
    )


def check_seat_size(task: Task, seat_size: Wei, seat_prices: int) -> None:
    """Refuse a seat so large that nobody fills it: all would weigh nothing and work unpaid.

    Without a verdict the task expires, and every anchored answer is paid the flat price.
    """
    most = most_seat_size(task.price, seat_prices)
    if seat_size > most:
        raise VerdictRefused(
            f"task {task.task_id} has no verdict, it will expire and pay the flat price: it asks "
            f"for a seat of {seat_size} wei, the most is {most} ({MOST_SEATS_ASKED} x "
            f"{seat_prices} prices of {task.price})"
        )


def _draw(
    chain: EvidenceChain,
    reader: EvidenceReader,
    rules: Rules,
    anchors: Sequence[SubmissionsAnchored],
    listings: Sequence[Listing],
    forced: Sequence[SubmissionForced],
) -> Drawn:
    beacon = beacon_of(chain, rules.task)
    assert beacon is not None, "it is before the snapshot block, which is final"
    found = handed_in_by(rules.task, beacon.block.number, anchors, listings, forced)
    return draw_audits(chain, reader, rules.task, rules.seat_size, beacon, found)


def read_task_document(reader: EvidenceReader, task_id: TaskId, spec: Digest) -> TaskDocument:
    """Read what a task asks; raise `VerdictRefused` for what no operator can decide."""
    try:
        return parse_task(reader.require(cid_from_digest(spec), f"document of task {task_id}"))
    except MalformedDocument as error:
        raise VerdictRefused(
            f"task {task_id} has no verdict, it will expire and pay the flat price: {error}"
        ) from error


def check_events(
    task: Task, anchors: Sequence[SubmissionsAnchored], forced: Sequence[SubmissionForced]
) -> None:
    """Refuse a node that leaves events out: the escrow holds a hash chain over all anchors."""
    head = anchor_head(Anchor(event.root, event.answers) for event in anchors)
    if len(anchors) != task.anchors or head != task.anchor_head:
        raise SnapshotRefused(
            f"the node shows {len(anchors)} anchors of task {task.task_id} where the escrow counts "
            f"{task.anchors}, or others: use another node"
        )
    if bool(forced) != task.has_forced:
        raise SnapshotRefused(
            f"the node shows {len(forced)} forced submissions of task {task.task_id}, the escrow "
            f"says {'some' if task.has_forced else 'none'}: use another node"
        )


def workers_of(listings: Iterable[Listing], forced: Iterable[SubmissionForced]) -> list[Address]:
    """Return everybody who handed in answers, or something that came too late."""
    listed = [entry.submission.worker for listing in listings for entry in listing.entries]
    return sorted({*listed, *(event.worker for event in forced)})


def _with_snapshot(
    evidence: Evidence,
    block: Block,
    spec: Digest,
    anchors: Sequence[SubmissionsAnchored],
    forced: Sequence[SubmissionForced],
    missing: Iterable[Cid],
    drawn: Drawn,
) -> Collected:
    domain = evidence.rules.domain
    forced_pages = build_forced(map(_forced_entry, forced))
    stakes_pages = build_stakes({worker: Wei(held) for worker, held in evidence.stakes.items()})
    missing_pages = build_missing(missing)
    history_pages = build_histories(evidence.histories)
    snapshot = Snapshot(
        chain_id=domain.chain_id,
        escrow=domain.verifying_contract,
        task_id=evidence.rules.task.task_id,
        block=_snapshot_block(block),
        beacon=_snapshot_block(drawn.beacon.block),
        spec=cid_from_digest(spec),
        batches=tuple(map(_snapshot_batch, anchors)),
        forced=tuple(map(cid_of, forced_pages)),
        stakes=tuple(map(cid_of, stakes_pages)),
        missing=tuple(map(cid_of, missing_pages)),
        histories=tuple(map(cid_of, history_pages)),
        sources=drawn.sources,
    )
    pages = (*forced_pages, *stakes_pages, *history_pages, *missing_pages)
    return Collected(evidence, block, snapshot, pages)


def _snapshot_block(block: Block) -> SnapshotBlock:
    return SnapshotBlock(block.number, block.hash, block.timestamp)


def _snapshot_batch(event: SubmissionsAnchored) -> SnapshotBatch:
    return SnapshotBatch(event.root, event.answers, cid_from_digest(event.evidence))


def _forced_entry(event: SubmissionForced) -> ForcedSubmission:
    return ForcedSubmission(
        worker=event.worker,
        assignment_id=event.assignment_id,
        commitments_root=event.commitments_root,
        document=cid_from_digest(event.payload),
        block_number=event.place.block_number,
        log_index=event.place.log_index,
    )
