"""Find what a worker may claim, from chain and store alone, and claim it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dao_client.chain import Mined
from dao_client.contracts import CLAIMS_AT_ONCE
from dao_client.contracts.events import SubmissionsAnchored
from dao_client.deployment import System
from dao_client.documents import PayoutRow, parse_batch, parse_verdict
from dao_client.encoding import payout_leaf, payouts_tree, submissions_tree
from dao_client.errors import MalformedDocument, ProofRefused, TransactionRefused
from dao_client.merkle import StandardMerkleTree
from dao_client.messages import submission_digest
from dao_client.payloads import read_payouts, read_submissions
from dao_client.transactions import Sender
from dao_client.types import (
    Address,
    Anchor,
    Digest,
    PayoutLeaf,
    Phase,
    SubmissionLeaf,
    Task,
    TaskId,
    Wei,
)
from ipfs_store import IpfsStoreError, Store, cid_from_digest

ENDED = (Phase.FINAL, Phase.EXPIRED)
UNREADABLE = (IpfsStoreError, MalformedDocument, ProofRefused)
"""Why documents may be of no use: the rest is claimed all the same."""


@dataclass(frozen=True, slots=True)
class Payouts:
    """Everyone's pay for a settled task, checked against the root in the escrow."""

    task: Task
    rows: tuple[PayoutRow, ...]
    leaves: tuple[PayoutLeaf, ...]
    tree: StandardMerkleTree

    def of(self, worker: Address) -> list[PayoutLeaf]:
        """Return the leaves that pay one worker directly."""
        return [leaf for leaf in self.leaves if leaf.worker == worker]

    def held_for(self, worker: Address) -> list[PayoutRow]:
        """Return the pay of one worker that becomes stake."""
        return [row for row in self.rows if row.worker == worker and row.entry_seat is not None]


@dataclass(frozen=True, slots=True)
class FlatBatch:
    """One anchored batch of an expired task, checked against its root."""

    task: Task
    anchors: tuple[Anchor, ...]
    position: int
    leaves: tuple[SubmissionLeaf, ...]
    tree: StandardMerkleTree


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one transaction brought in."""

    task_ids: tuple[TaskId, ...]
    amount: Wei
    mined: Mined


@dataclass(slots=True)
class Harvest:
    """All that one command claimed, and what it could not read and therefore left.

    What is `held` went into the worker's stake.
    """

    claimed: list[Claimed] = field(default_factory=list)
    held: list[Claimed] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def amount(self) -> Wei:
        """Return the sum paid out, in wei of whatever tokens the tasks pay with."""
        return Wei(sum(each.amount for each in self.claimed))


def read_task_payouts(system: System, store: Store, task: Task) -> Payouts:
    """Read the payouts behind a settled task's root; refuse rows that do not hash to it."""
    posted = system.verdict_oracle.posted(task.task_id, system.first_block)
    matching = [event for event in posted if event.payouts_root == task.payouts_root]
    if not matching:
        raise ProofRefused(
            f"no verdict was posted for task {task.task_id} with the payouts root "
            f"0x{task.payouts_root.hex()} that the escrow holds"
        )
    document = parse_verdict(store.get_block(cid_from_digest(matching[-1].document)))
    rows = read_payouts(store, document.payouts)
    leaves = tuple(payout_leaf(task.task_id, row, system.entry_stake.address) for row in rows)
    tree = payouts_tree(leaves)
    _check_root(f"the payouts of task {task.task_id}", tree.root, task.payouts_root)
    return Payouts(task, rows, leaves, tree)


def read_flat_batch(
    system: System, store: Store, task: Task, events: Sequence[SubmissionsAnchored], position: int
) -> FlatBatch:
    """Read one anchored batch of an expired task; refuse one that does not hash to its root."""
    event = events[position]
    batch = parse_batch(store.get_block(cid_from_digest(event.evidence)))
    leaves = tuple(
        SubmissionLeaf(
            task.task_id,
            index,
            entry.submission.worker,
            entry.answer_count,
            submission_digest(entry.submission, system.escrow_domain),
        )
        for index, entry in enumerate(read_submissions(store, batch))
    )
    tree = submissions_tree(leaves)
    _check_root(f"batch {position} of task {task.task_id}", tree.root, event.root)
    anchors = tuple(Anchor(each.root, each.answers) for each in events)
    return FlatBatch(task, anchors, position, leaves, tree)


def claim(
    system: System, sender: Sender, store: Store, task_ids: Iterable[TaskId], worker: Address
) -> Harvest:
    """Claim everything of a worker's in these tasks; what was claimed before is left out."""
    ids = list(task_ids)
    phases = dict(zip(ids, system.verdict_oracle.phases(ids), strict=True))
    tasks = system.task_escrow.tasks(ids)
    for task_id, phase in phases.items():
        if phase not in ENDED:
            raise TransactionRefused(
                f"task {task_id} is {phase.name}: pay can be claimed when it is FINAL or EXPIRED",
                "not ended",
            )
    harvest = Harvest()
    settled = [task for task in tasks if phases[task.task_id] is Phase.FINAL]
    found = _read_payouts(system, store, settled, harvest)
    _claim_payouts(system, sender, found, worker, harvest)
    _credit_entries(system, sender, found, worker, harvest)
    for task in tasks:
        if phases[task.task_id] is Phase.EXPIRED:
            _claim_flat(system, sender, store, task, worker, harvest)
    return harvest


def _read_payouts(
    system: System, store: Store, tasks: Sequence[Task], harvest: Harvest
) -> list[Payouts]:
    """Return the payouts that can be read; tasks of one token stand together."""
    found: list[Payouts] = []
    for task in sorted(tasks, key=lambda task: (task.token, task.task_id)):
        try:
            found.append(read_task_payouts(system, store, task))
        except UNREADABLE as error:
            harvest.unread.append(f"task {task.task_id}: {error}")
    return found


def _claim_payouts(
    system: System, sender: Sender, found: Sequence[Payouts], worker: Address, harvest: Harvest
) -> None:
    waiting = _open_payouts(system, found, worker)
    for first in range(0, len(waiting), CLAIMS_AT_ONCE):
        rows = waiting[first : first + CLAIMS_AT_ONCE]
        escrow = system.task_escrow
        call = escrow.claim(*rows[0]) if len(rows) == 1 else escrow.claim_many(worker, rows)
        amount = Wei(sum(leaf.amount for leaf, _ in rows))
        ids = tuple(dict.fromkeys(leaf.task_id for leaf, _ in rows))
        harvest.claimed.append(Claimed(ids, amount, sender.send(call)))


def _open_payouts(
    system: System, found: Sequence[Payouts], worker: Address
) -> list[tuple[PayoutLeaf, Sequence[bytes]]]:
    """Return payouts that wait, with their proofs."""
    own = [(leaf, each.tree.proof(leaf.index)) for each in found for leaf in each.of(worker)]
    paid = system.task_escrow.are_claimed([leaf for leaf, _ in own])
    return [entry for entry, is_paid in zip(own, paid, strict=True) if not is_paid]


def _credit_entries(
    system: System, sender: Sender, found: Sequence[Payouts], worker: Address, harvest: Harvest
) -> None:
    """Make pay that fills a seat first the stake of its worker, claimed by others or not."""
    own = [(each, row) for each in found for row in each.held_for(worker)]
    places = [(each.task.task_id, row.index) for each, row in own]
    credited = system.entry_stake.are_credited(places)
    for (each, row), is_credited in zip(own, credited, strict=True):
        if not is_credited:
            call = system.entry_stake.credit(each.task.task_id, row, each.tree.proof(row.index))
            harvest.held.append(Claimed((each.task.task_id,), row.amount, sender.send(call)))


def _claim_flat(
    system: System, sender: Sender, store: Store, task: Task, worker: Address, harvest: Harvest
) -> None:
    events = system.task_escrow.anchors(task.task_id, system.first_block)
    for position in range(len(events)):
        try:
            batch = read_flat_batch(system, store, task, events, position)
        except UNREADABLE as error:
            harvest.unread.append(f"batch {position} of task {task.task_id}: {error}")
            continue
        for leaf in batch.leaves:
            if leaf.worker == worker and not _is_flat_paid(system, batch, leaf):
                proof = batch.tree.proof(leaf.index)
                call = system.task_escrow.claim_flat(batch.anchors, position, leaf, proof)
                amount = Wei(task.flat_price * leaf.answers)
                harvest.claimed.append(Claimed((task.task_id,), amount, sender.send(call)))


def _is_flat_paid(system: System, batch: FlatBatch, leaf: SubmissionLeaf) -> bool:
    return system.task_escrow.is_flat_claimed(leaf.task_id, batch.position, leaf.index)


def _check_root(what: str, found: Digest, expected: Digest) -> None:
    if found != expected:
        raise ProofRefused(
            f"{what} in the store hash to 0x{found.hex()}, the chain holds 0x{expected.hex()}: "
            "the documents are not those behind the chain"
        )
