"""Gold that the requester opened, checked against what the task promised; all of it or none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import structlog

from dao_client.documents import GoldPromise, GoldRow, TaskDocument, parse_gold
from dao_client.errors import MalformedDocument
from dao_client.gold import gold_root
from dao_client.types import ItemIndex

from .evidence_reader import EvidenceReader

_log = structlog.get_logger(__name__)


class GoldFault(StrEnum):
    """Why a task's gold does not count."""

    NOT_OPENED = "gold was not opened"
    MALFORMED = "gold document is malformed"
    WRONG_COUNT = "gold has not the promised number of items"
    WRONG_ROOT = "gold does not have the promised root"
    UNKNOWN_ITEM = "gold for an item that the task does not have"
    SCHEMA = "gold answer is none of the task's labels"


@dataclass(frozen=True, slots=True)
class Gold:
    """True labels by item, as places in the task's labels; none of them when there is a `fault`."""

    labels: Mapping[ItemIndex, int] = field(default_factory=dict)
    fault: GoldFault | None = None


def read_gold(reader: EvidenceReader, task: TaskDocument) -> Gold:
    """Read a task's gold; raise `EvidenceMissing` while the requester may still open it."""
    if task.gold is None:
        return Gold()
    rows = _rows(reader, task.gold)
    fault = rows if isinstance(rows, GoldFault) else _fault_of(rows, task, task.gold)
    if isinstance(rows, GoldFault) or fault is not None:
        _log.warning("gold left out", document=task.gold.document, reason=str(fault))
        return Gold(fault=fault)
    place_of = {label: place for place, label in enumerate(task.answer.labels)}
    return Gold({row.item: place_of[row.answer] for row in rows})


def _rows(reader: EvidenceReader, promise: GoldPromise) -> tuple[GoldRow, ...] | GoldFault:
    block = reader.read(promise.document, "gold of the requester")
    if block is None:
        return GoldFault.NOT_OPENED
    try:
        return parse_gold(block)
    except MalformedDocument:
        return GoldFault.MALFORMED


def _fault_of(
    rows: tuple[GoldRow, ...], task: TaskDocument, promise: GoldPromise
) -> GoldFault | None:
    if len(rows) != promise.count:
        return GoldFault.WRONG_COUNT
    if gold_root(rows) != promise.root:
        return GoldFault.WRONG_ROOT
    if rows[-1].item >= task.item_count:
        return GoldFault.UNKNOWN_ITEM
    if any(row.answer not in task.answer.labels for row in rows):
        return GoldFault.SCHEMA
    return None
