"""What earlier tasks say about every worker: all reputation changes of final verdicts, in order.

    fold    S, N  ▶  S >> epochs, N >> epochs          halved for each epoch that has passed
                  ▶  S + change, N + change            what the task's audits say
                  ▶  S * limit // N, limit             if N is over the limit: 20 answers' worth, or
                                                       what it was before, if that is more

All in integers scaled by 10**9; `>>` and `//` round towards minus infinity, so halving twice is
halving by two epochs at once. An epoch is a week of chain time, counted from 1970.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import structlog

from dao_client.chain import Block
from dao_client.documents import (
    History,
    ReputationRow,
    join_reputation,
    parse_reputation,
    parse_snapshot,
)
from dao_client.errors import MalformedDocument
from dao_client.types import Address, Timestamp
from ipfs_store import Cid, cid_from_digest

from .chain import EvidenceChain, FinalVerdict
from .evidence_reader import EvidenceReader

_log = structlog.get_logger(__name__)

EPOCH_SECONDS = 7 * 24 * 3_600
LIMIT_ANSWERS = 20
STRANGER = History(0, 0)


@dataclass(frozen=True, slots=True)
class Histories:
    """Every worker of whom something is known, as it counts in `epoch`.

    `sources` are the snapshots that say so, in the order in which their verdicts became final.
    """

    of_worker: Mapping[Address, History]
    epoch: int
    sources: tuple[Cid, ...]


def fold(history: History, change: History, epochs_elapsed: int, limit: int) -> History:
    """Add a task's change to what is left of a history, and keep no more than `limit`.

    A history that is worth more than that already keeps its size: of a task of few chances, where
    20 answers are worth little, nobody's record shrinks.
    """
    old = halve(history, epochs_elapsed)
    score, possible = old.score + change.score, old.possible + change.possible
    most = max(limit, old.possible)
    if possible > most:
        return History(score * most // possible, most)
    return History(score, possible)


def halve(history: History, epochs: int) -> History:
    """Forget half for each epoch."""
    return History(history.score >> epochs, history.possible >> epochs)


def limit_of(row: ReputationRow) -> int:
    """Return what 20 answers of the row's task are worth; the row has at least one audit."""
    return LIMIT_ANSWERS * row.change.possible // row.audited


def epoch_of(timestamp: Timestamp) -> int:
    """Return the week a moment is in."""
    return timestamp // EPOCH_SECONDS


def read_histories(chain: EvidenceChain, reader: EvidenceReader, block: Block) -> Histories:
    """Read the histories as of the tasks that were final at a block.

    Raises `EvidenceMissing` with the name of a snapshot, or of a page of it, that no store has or
    that is not what it should be: without it nobody can tell what the workers are worth.
    """
    verdicts = chain.final_verdicts(block.number)
    tasks = [(epoch_of(each.finalised_at), _reputation(reader, each)) for each in verdicts]
    return Histories(
        of_worker=fold_tasks(tasks, epoch_of(block.timestamp)),
        epoch=epoch_of(block.timestamp),
        sources=tuple(cid_from_digest(each.posted.input_digest) for each in verdicts),
    )


def fold_tasks(
    tasks: Iterable[tuple[int, Iterable[ReputationRow]]], now: int
) -> dict[Address, History]:
    """Fold the rows of tasks, each with its epoch, and halve what is left until epoch `now`.

    A row without an audited answer says nothing and changes nothing. Who has nothing left is not
    in what is returned: that worker is a stranger again.
    """
    found: dict[Address, tuple[int, History]] = {}
    for epoch, rows in tasks:
        for row in rows:
            if row.audited:
                last, history = found.get(row.worker, (epoch, STRANGER))
                new = fold(history, row.change, epoch - last, limit_of(row))
                found[row.worker] = (epoch, new)
    left = {worker: halve(history, now - last) for worker, (last, history) in found.items()}
    return {worker: history for worker, history in sorted(left.items()) if history.possible}


def _reputation(reader: EvidenceReader, verdict: FinalVerdict) -> tuple[ReputationRow, ...]:
    """Read what a task changed, from the snapshot whose digest its operators signed.

    What counts as missing, or is no such document, changed nothing: a task that nobody can read
    stops no other. Bytes are named by their digest, so all operators find the same.
    """
    posted = verdict.posted
    name, cid = f"snapshot of task {posted.task_id}", cid_from_digest(posted.input_digest)
    block = reader.read(cid, name)
    if block is None:
        return ()
    try:
        pages = [
            reader.read(page, f"reputation in the {name}")
            for page in parse_snapshot(block).reputation
        ]
        return () if None in pages else join_reputation(map(parse_reputation, filter(None, pages)))
    except MalformedDocument as error:
        _log.warning("history left out", task_id=posted.task_id, error=str(error))
        return ()
