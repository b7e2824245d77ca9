"""Put coded rows in the one order that every reader gives them, in time linear in the rows.

Rows are first dealt out to their items, then the few rows of each item are sorted. Only where an
item has very many rows, or further columns break ties, every key is dealt out in turn, the last one
first (radix sort: Knuth, TAOCP vol. 3, section 5.2.5).
"""

from collections.abc import Sequence

import numpy as np

from oracle.integers import Ints, Ints32, kernel

_FEW_ROWS = 256
"""Up to this many rows of one item insertion is faster than dealing out."""

_WORKER_BITS = 32
"""A packed row is worker * 2**32 + answer, both below 2**31, so it stays below 2**63."""


def sort_rows(
    item: Ints32, worker: Ints32, answer: Ints32, item_count: int
) -> tuple[Ints32, Ints32, Ints32] | None:
    """Return the columns sorted by (item, worker, answer); nothing if one item has too many rows.

    Codes are 0 or more; those of `item` are below `item_count`. Columns that may be written to are
    overwritten and returned: 100M rows take 400 MB in each.
    """
    ends = count_codes(item, item_count)
    if ends.max() > _FEW_ROWS:
        return None
    np.cumsum(ends, out=ends)
    rows = _deal_rows(item, worker, answer, ends)
    _sort_each_item(rows, ends)
    sorted_columns = (_writable(item), _writable(worker), _writable(answer))
    _unpack(rows, ends, *sorted_columns)
    return sorted_columns


def order_of(keys: Sequence[Ints32]) -> Ints:
    """Return the places of the rows sorted by the first key, then the second, and so on."""
    order = np.arange(keys[0].size, dtype=np.int64)
    for key in reversed(keys):
        counts = count_codes(key, int(key.max(initial=0)) + 1)
        order = _deal_places(key, order, np.cumsum(counts) - counts)
    return order


def _writable(codes: Ints32) -> Ints32:
    return codes if codes.flags.writeable else np.empty_like(codes)


@kernel
def count_codes(codes: Ints32, size: int) -> Ints:
    """Count how often each code below `size` occurs."""
    counts = np.zeros(size, dtype=np.int64)
    for row in range(codes.size):
        counts[codes[row]] += 1
    return counts


@kernel
def count_repeated(item: Ints32, worker: Ints32) -> int:
    """Count the rows of the same item and worker as the row before."""
    repeated = 0
    for row in range(1, item.size):
        if item[row] == item[row - 1] and worker[row] == worker[row - 1]:
            repeated += 1
    return repeated


@kernel
def is_ordered(item: Ints32, worker: Ints32, answer: Ints32) -> bool:
    """Say whether the rows stand in the order of (item, worker, answer) already."""
    for row in range(1, item.size):
        if item[row] > item[row - 1]:
            continue
        if item[row] < item[row - 1] or worker[row] < worker[row - 1]:
            return False
        if worker[row] == worker[row - 1] and answer[row] < answer[row - 1]:
            return False
    return True


@kernel
def _deal_rows(item: Ints32, worker: Ints32, answer: Ints32, ends: Ints) -> Ints:
    """Pack each row and put it among those of its item; `ends` become the starts."""
    rows = np.empty(item.size, dtype=np.int64)
    for row in range(item.size - 1, -1, -1):
        place = ends[item[row]] - 1
        ends[item[row]] = place
        rows[place] = (np.int64(worker[row]) << _WORKER_BITS) + np.int64(answer[row])
    return rows


@kernel
def _sort_each_item(rows: Ints, starts: Ints) -> None:
    """Sort the rows of each item by insertion."""
    for item in range(starts.size):
        first = starts[item]
        last = starts[item + 1] if item + 1 < starts.size else rows.size
        for row in range(first + 1, last):
            moved = rows[row]
            place = row
            while place > first and rows[place - 1] > moved:
                rows[place] = rows[place - 1]
                place -= 1
            rows[place] = moved


@kernel
def _unpack(
    rows: Ints, starts: Ints, item_of: Ints32, worker_of: Ints32, answer_of: Ints32
) -> None:
    for item in range(starts.size):
        last = starts[item + 1] if item + 1 < starts.size else rows.size
        for row in range(starts[item], last):
            item_of[row] = item
            worker_of[row] = rows[row] >> _WORKER_BITS
            answer_of[row] = rows[row] & ((1 << _WORKER_BITS) - 1)


@kernel
def _deal_places(key: Ints32, order: Ints, starts: Ints) -> Ints:
    """Deal `order` out by the key of each row, keeping what is equal in its order."""
    dealt = np.empty(order.size, dtype=np.int64)
    for place in range(order.size):
        code = key[order[place]]
        dealt[starts[code]] = order[place]
        starts[code] += 1
    return dealt
