"""What jurors see of the draw while a task's audits are open: the same as operators will."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dao_client.types import Address, Bps, ItemIndex, Task, Wei
from dao_client.windows import Windows
from ipfs_store import Store

from .audits import audited_items, is_audited, levels_from
from .batches import read_listing
from .beacon import beacon_of
from .chain import EvidenceChain
from .drawing import Drawn, draw_audits, handed_in_by
from .evidence_reader import EvidenceReader
from .types import Draw


class AuditState(StrEnum):
    """Where a task is on its way through the audits."""

    ANSWERING = "workers are still answering"
    OPENING = "answers are being opened, the beacon is to come"
    WAITING = "the beacon's block is not final yet"
    AUDITING = "jurors may hand in"
    CLOSING = "the last audits are being anchored, gateways take no more"
    OVER = "audits are over"


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """An audited item, the lowest rate that draws it, and its jurors."""

    item: ItemIndex
    rate: Bps
    seats: tuple[Address, ...]


def read_drawn(chain: EvidenceChain, store: Store, task: Task, seat_size: Wei) -> Drawn | None:
    """Draw the audits of a task, none while its beacon is not final.

    Raises `EvidenceMissing` while a document that the draw rests on is in no store: who has handed
    in, and what earlier verdicts say.
    """
    beacon = beacon_of(chain, task)
    if beacon is None:
        return None
    block = beacon.block.number
    anchors, forced = chain.anchors(task.task_id, block), chain.forced(task.task_id, block)
    reader = EvidenceReader(store, (), is_overdue=False)
    listings = [read_listing(reader, task.task_id, *place) for place in enumerate(anchors)]
    found = handed_in_by(task, block, anchors, listings, forced)
    return draw_audits(chain, reader, task, seat_size, beacon, found)


def drawn_items(draw: Draw, item_count: int, juror: Address | None = None) -> list[DrawnItem]:
    """List the items of every rate, of one juror or of all, those of the first rate first.

    Those of a higher rate count, and are paid, only if the audits of the lower ones do not suffice.
    """
    levels = levels_from(draw.rate)
    drawn = [
        DrawnItem(item, _rate_of(draw.seed, item, levels), draw.jury.seats(item))
        for item in audited_items(draw.seed, item_count, levels[-1])
    ]
    mine = [each for each in drawn if juror is None or juror in each.seats]
    return sorted(mine, key=lambda each: (each.rate, each.item))


def items_by_rate(draw: Draw, items: Iterable[DrawnItem]) -> Mapping[Bps, int]:
    """Count items by the rate that draws them first."""
    counts = dict.fromkeys(levels_from(draw.rate), 0)
    for each in items:
        counts[each.rate] += 1
    return counts


def state_of(task: Task, clock: int, *, is_drawn: bool) -> AuditState:
    """Return where a task is at a moment of chain time."""
    windows = Windows.of(task)
    if windows.takes_answers(clock):
        return AuditState.ANSWERING
    if clock < windows.opening_deadline:
        return AuditState.OPENING
    if not windows.takes_audits(clock):
        return AuditState.OVER
    if clock >= windows.audits_until:
        return AuditState.CLOSING
    return AuditState.AUDITING if is_drawn else AuditState.WAITING


def _rate_of(seed: bytes, item: int, levels: tuple[Bps, ...]) -> Bps:
    return next(rate for rate in levels if is_audited(seed, item, rate))
