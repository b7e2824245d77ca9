"""Which items a worker gets next: a draw, so that nobody chooses.

    open items   those that want answers and that the worker has not answered
    next item    argmin  keccak256( seed ‖ uint256 item ‖ address worker ‖ uint256 task )
    seed         hash of the block in which the task was created

The draw is public and has no luck in it: the same call gives the same items until they are
answered, ten at once are the same as one after the other, and anybody can check whose item was
whose. The task's id keeps two tasks of one block apart.

What is enforced: an item takes one answer of a worker and as many as the task pays at most; a
gateway refuses more, operators do not count more. What is not: neither a gateway nor a contract
asks whether a worker's items were drawn. A worker who picks others is paid for them like for any,
as long as there is room, and one who makes many wallets can pick the wallet that draws an item.
The rule of money holds against both: who picks items does not know which are audited, and each
wallet needs a stake of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from eth_hash.auto import keccak

from dao_client.errors import GatewayRefused
from dao_client.gateway import GatewayClient
from dao_client.types import Address, ItemIndex, TaskId

WORD = 32


@dataclass(frozen=True, slots=True)
class Counts:
    """What a gateway has of a task: answers by item, those on chain, and one worker's items."""

    item_count: int
    overlap: int
    overlap_most: int
    answers: Mapping[ItemIndex, int]
    anchored: Mapping[ItemIndex, int]
    answered: frozenset[ItemIndex]


def read_counts(gateway: GatewayClient, task_id: TaskId, worker: Address) -> Counts:
    """Ask a gateway for its counts; refuse an answer that is none."""
    found = gateway.get(f"/tasks/{task_id}/items/counts?worker={worker}")
    try:
        return _counts(found)
    except (KeyError, TypeError, ValueError) as error:
        raise GatewayRefused(
            f"the gateway at {gateway.url} answered no counts of task {task_id} ({error!r}): is it "
            "of an older release?"
        ) from error


def open_items(counts: Counts, wants: Mapping[ItemIndex, int] | None) -> list[ItemIndex]:
    """Return the items that the worker may be given, ascending.

    `wants` is what an operator says, as of what is on chain: answers that the gateway has received
    since are on their way and count. Without an operator an item is open below its first overlap.
    """
    items = map(ItemIndex, range(counts.item_count))
    return [item for item in items if item not in counts.answered and _is_open(counts, wants, item)]


def draw_items(
    seed: bytes, items: Iterable[ItemIndex], worker: Address, task_id: TaskId, count: int
) -> list[ItemIndex]:
    """Return the first `count` of the items in the worker's own order."""
    end = bytes.fromhex(worker[2:]) + task_id.to_bytes(WORD, "big")

    def lot(item: ItemIndex) -> bytes:
        return keccak(seed + item.to_bytes(WORD, "big") + end)

    return nsmallest(count, items, key=lot)


def _is_open(counts: Counts, wants: Mapping[ItemIndex, int] | None, item: ItemIndex) -> bool:
    given = counts.answers.get(item, 0)
    if wants is None:
        return given < counts.overlap
    on_their_way = given - counts.anchored.get(item, 0)
    return given < counts.overlap_most and on_their_way < wants.get(item, 0)


def _counts(found: Any) -> Counts:  # noqa: ANN401
    rows = found["counts"]
    return Counts(
        item_count=int(found["item_count"]),
        overlap=int(found["overlap"]),
        overlap_most=int(found["overlap_most"]),
        answers={ItemIndex(int(row["item"])): int(row["answers"]) for row in rows},
        anchored={ItemIndex(int(row["item"])): int(row["anchored"]) for row in rows},
        answered=frozenset(ItemIndex(int(item)) for item in found["answered"]),
    )
