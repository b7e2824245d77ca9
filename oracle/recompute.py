"""Check a posted verdict by computing it again from chain and store: no key and no database.

What operators gave up as missing is left out here too, and shown when this store has it.

A difference is named down to the first leaf: what was posted, and what the evidence says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dao_client.contracts import posted_verdict
from dao_client.contracts.events import VerdictPosted
from dao_client.documents import (
    LabelRow,
    PayoutRow,
    Snapshot,
    VerdictDocument,
    parse_snapshot,
    parse_verdict,
)
from dao_client.payloads import read_labels, read_missing, read_payouts, read_stakes
from dao_client.types import TaskId, Verdict
from ipfs_store import Cid, Store, cid_from_digest

from .chain import OperatorChain
from .computation import Computation, compute
from .errors import NothingPosted, SnapshotRefused
from .evidence_reader import EvidenceReader


@dataclass(frozen=True)
class Comparison:
    """The posted verdict, the one computed here, and where they differ.

    `found` are blocks that the operators gave up as missing and this store has: what they hold was
    published too late, or the operators did not look.
    """

    posted: Verdict
    computed: Verdict
    document: Cid
    differences: tuple[str, ...]
    found: tuple[Cid, ...] = ()


def recompute(chain: OperatorChain, store: Store, task_id: TaskId) -> Comparison:
    """Compute a task's posted verdict again; raise what keeps it from being computed."""
    events = chain.posted(task_id)
    if not events:
        raise NothingPosted(
            f"no verdict was posted for task {task_id}: see `tessera task show {task_id}`"
        )
    posted = _Posted.read(store, events[-1])
    missing = read_missing(store, posted.snapshot.missing)
    computation = compute(chain, store, task_id, missing)
    if computation is None:
        raise SnapshotRefused(
            f"the snapshot block of task {task_id} is not final on this node: wait, or use another"
        )
    return Comparison(
        posted=posted.verdict,
        computed=computation.verdict,
        document=cid_from_digest(events[-1].document),
        differences=tuple(_differences(store, posted, computation)),
        found=tuple(cid for cid in missing if store.has(cid)),
    )


@dataclass(frozen=True)
class _Posted:
    """What operators posted and published."""

    verdict: Verdict
    document: VerdictDocument
    snapshot: Snapshot

    @classmethod
    def read(cls, store: Store, event: VerdictPosted) -> "_Posted":
        reader = EvidenceReader(store, (), is_overdue=False)
        name = f"of task {event.task_id}"
        document = reader.require(cid_from_digest(event.document), f"verdict document {name}")
        snapshot = reader.require(cid_from_digest(event.input_digest), f"snapshot {name}")
        return cls(posted_verdict(event), parse_verdict(document), parse_snapshot(snapshot))


def _differences(store: Store, posted: _Posted, computation: Computation) -> list[str]:
    """Name the first differing leaf under every root that differs."""
    explain: dict[str, Callable[[], str]] = {
        "input_digest": lambda: _snapshot_difference(store, posted.snapshot, computation),
        "labels_root": lambda: _labels_difference(store, posted.document, computation),
        "payouts_root": lambda: _payouts_difference(
            store, posted.document.payouts, computation.decision.payouts
        ),
        "slashes_root": lambda: _payouts_difference(
            store, posted.document.slashes, computation.decision.slashes
        ),
        "total_payout": lambda: "the payouts add up to something else",
        "method_hash": lambda: f"the task asks for {computation.decision.method.name}",
    }
    found = []
    for field in fields(Verdict):
        was, now = getattr(posted.verdict, field.name), getattr(computation.verdict, field.name)
        if was != now:
            found.append(
                f"{field.name}: posted {_shown(was)}, computed {_shown(now)}; "
                f"{explain[field.name]()}"
            )
    return found


def _labels_difference(store: Store, document: VerdictDocument, computation: Computation) -> str:
    labels = computation.decision.labels
    computed = [LabelRow(each.item, each.answer, each.confidence) for each in labels]
    return _first_difference(read_labels(store, document.labels), computed, _label_name)


def _payouts_difference(store: Store, pages: Sequence[Cid], computed: Sequence[PayoutRow]) -> str:
    return _first_difference(read_payouts(store, pages), computed, _payout_name)


def _label_name(row: LabelRow) -> str:
    return f"item {row.item} is {row.answer!r} at {row.confidence} bps"


def _payout_name(row: PayoutRow) -> str:
    return f"row {row.index} is {row.amount} wei of {row.worker}"


def _first_difference(
    posted: Sequence[Any], computed: Sequence[Any], name: Callable[[Any], str]
) -> str:
    for place in range(max(len(posted), len(computed))):
        was = posted[place] if place < len(posted) else None
        now = computed[place] if place < len(computed) else None
        if was != now:
            return (
                f"first differing leaf {place}: posted {name(was) if was else 'none'}, "
                f"computed {name(now) if now else 'none'}"
            )
    first = f", beginning with leaf 0 ({name(computed[0])})" if computed else ""
    return f"the published rows are right but do not have the posted root{first}"


def _snapshot_difference(store: Store, posted: Snapshot, computation: Computation) -> str:
    computed = computation.snapshot
    for field in fields(Snapshot):
        was, now = getattr(posted, field.name), getattr(computed, field.name)
        if was == now:
            continue
        if field.name == "batches":
            return _first_difference(was, now, lambda batch: f"anchored batch {batch}")
        if field.name == "stakes":
            return _stakes_difference(store, posted, computation)
        return f"the snapshot's {field.name} was {_shown(was)}, the chain says {_shown(now)}"
    return "both snapshots say the same"


def _stakes_difference(store: Store, posted: Snapshot, computation: Computation) -> str:
    was, now = read_stakes(store, posted.stakes), computation.stakes
    worker = min(each for each in {*was, *now} if was.get(each) != now.get(each))
    return f"stake of {worker}: posted {was.get(worker)}, the chain says {now.get(worker)}"


def _shown(value: object) -> str:
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)
