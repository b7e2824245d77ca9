"""Align all answers to an item into one word transition network (Fiscus 1997, section 2.1).

A network is a table: one row per slot, one column per answer; a cell holds the place of a word in
`Texts.words`, or `EMPTY`. The answer nearest to all others comes first, then the others by
rising distance; of equal distances the smaller text first, so the order of workers leaves no
trace. Each next answer is aligned to the table so far at the least cost, in permille of a word
per answer aligned before:

    replace   mean cost of the word against those of the slot (spelling; 0 if equal, gap if EMPTY)
    skip      gap * share of the slot's answers that have a word there
    insert    gap

Fiscus counts a word as matching if any answer before had it; the mean keeps one odd answer from
pulling the alignment. Costs stay below 10**3 * 2**14 answers * 2**15 slots < 2**40.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from oracle.integers import Ints, Ints32, kernel

from .distance import PERMILLE, spelling_costs, total_distances, words_of
from .parsing import Texts

EMPTY = -1
_REPLACE, _SKIP, _INSERT = 0, 1, 2

Moves = NDArray[np.int8]


class Networks(NamedTuple):
    """The networks of all items, one after the other.

    Item i has the cells `cells[starts[i] : starts[i + 1]]`, slot by slot; its column c is the row
    `rows[item_starts[i] + c]` of the frame.
    """

    starts: Ints
    cells: Ints32
    rows: Ints


class _Scale(NamedTuple):
    """Costs in permille; `spelling` is empty where only equality counts."""

    spelling: Ints32
    gap: int


@kernel
def build_networks(texts: Texts, gap: int, floor: int) -> Networks:
    """Align the answers to every item."""
    item_count = texts.item_starts.size - 1
    starts = np.zeros(item_count + 1, dtype=np.int64)
    rows = np.zeros(texts.answers.size, dtype=np.int64)
    cells = np.zeros(2 * texts.words.size + 1024, dtype=np.int32)
    for item in range(item_count):
        first = texts.item_starts[item]
        order = order_of(texts, item)
        rows[first : first + order.size] = order
        table = _build(texts, order, gap, floor)
        end = starts[item] + table.size
        if end > cells.size:
            cells = _grown(cells, 2 * end)
        cells[starts[item] : end] = table.ravel()
        starts[item + 1] = end
    return Networks(starts, cells[: starts[item_count]].copy(), rows)


@kernel
def order_of(texts: Texts, item: int) -> Ints:
    """Return an item's rows, the nearest to all others first."""
    totals = total_distances(texts, item)
    first = texts.item_starts[item]
    order = np.zeros(totals.size, dtype=np.int64)
    for i in range(totals.size):
        place = i
        while place > 0 and _is_before(texts, totals, first, i, order[place - 1] - first):
            order[place] = order[place - 1]
            place -= 1
        order[place] = first + i
    return order


@kernel
def table_of(texts: Texts, networks: Networks, item: int) -> Ints32:
    """Return the network of an item, slots by columns."""
    columns = texts.item_starts[item + 1] - texts.item_starts[item]
    cells = networks.cells[networks.starts[item] : networks.starts[item + 1]]
    return cells.reshape(cells.size // columns, columns)


@kernel
def _is_before(texts: Texts, totals: Ints, first: int, i: int, j: int) -> bool:
    if totals[i] != totals[j]:
        return bool(totals[i] < totals[j])
    return bool(texts.answers[first + i] < texts.answers[first + j])


@kernel
def _grown(cells: Ints32, size: int) -> Ints32:
    grown = np.zeros(size, dtype=np.int32)
    grown[: cells.size] = cells
    return grown


@kernel
def _build(texts: Texts, order: Ints, gap: int, floor: int) -> Ints32:
    known, local = _local_words(texts, order)
    scale = _Scale(spelling_costs(texts, known, floor), gap)
    places = np.full(known.size, EMPTY, dtype=np.int64)
    table = np.full((0, order.size), EMPTY, dtype=np.int32)
    begin = 0
    for column in range(order.size):
        words = local[begin : begin + texts.lengths[order[column]]]
        moves = _align(table[:, :column], words, scale, places)
        table = _merge(table, column, words, moves)
        begin += words.size
    _point(texts, order, table)
    return table


@kernel
def _point(texts: Texts, order: Ints, table: Ints32) -> None:
    """Replace each word by its place in `Texts.words`."""
    for column in range(order.size):
        place = texts.word_starts[texts.answers[order[column]]]
        for slot in range(table.shape[0]):
            if table[slot, column] != EMPTY:
                table[slot, column] = place
                place += 1


@kernel
def _local_words(texts: Texts, order: Ints) -> tuple[Ints32, Ints32]:
    """Return the distinct words of an item, and all its words as places among these."""
    total = 0
    for row in order:
        total += texts.lengths[row]
    words = np.zeros(total, dtype=np.int32)
    begin = 0
    for row in order:
        words[begin : begin + texts.lengths[row]] = words_of(texts, row)
        begin += texts.lengths[row]
    known = np.unique(words)
    return known, np.searchsorted(known, words).astype(np.int32)


@kernel
def _align(table: Ints32, words: Ints32, scale: _Scale, places: Ints) -> Ints32:
    """Return the cheapest moves that lead through table and words, last first."""
    slots, columns = table.shape
    back = np.full((slots + 1, words.size + 1), _INSERT, dtype=np.int8)
    insert = columns * scale.gap
    costs = np.arange(words.size + 1) * insert
    for slot in range(slots):
        present, counts = _tally(table[slot], places)
        skip = counts.sum() * scale.gap
        diagonal = costs[0]
        costs[0] += skip
        back[slot + 1, 0] = _SKIP
        for place in range(words.size):
            above = costs[place + 1]
            best = diagonal + _replace_cost(words[place], present, counts, columns, scale)
            move = _REPLACE
            if above + skip < best:
                best, move = above + skip, _SKIP
            if costs[place] + insert < best:
                best, move = costs[place] + insert, _INSERT
            costs[place + 1] = best
            back[slot + 1, place + 1] = move
            diagonal = above
    return _trace(back)


@kernel
def _tally(cells: Ints32, places: Ints) -> tuple[Ints32, Ints]:
    """Return the distinct words of a slot and how many answers have each.

    `places` has one entry per word of the item, all `EMPTY` before and after.
    """
    present = np.zeros(cells.size, dtype=np.int32)
    counts = np.zeros(cells.size, dtype=np.int64)
    found = 0
    for cell in cells:
        if cell == EMPTY:
            continue
        if places[cell] == EMPTY:
            places[cell] = found
            present[found] = cell
            found += 1
        counts[places[cell]] += 1
    for cell in present[:found]:
        places[cell] = EMPTY
    return present[:found], counts[:found]


@kernel
def _replace_cost(word: int, present: Ints32, counts: Ints, columns: int, scale: _Scale) -> int:
    cost = 0
    empty = columns
    for place in range(present.size):
        empty -= counts[place]
        if present[place] != word:
            each = scale.spelling[word, present[place]] if scale.spelling.size else PERMILLE
            cost += counts[place] * each
    return int(cost + empty * scale.gap)


@kernel
def _trace(back: Moves) -> Ints32:
    moves = np.zeros(back.shape[0] + back.shape[1], dtype=np.int32)
    slot, place = back.shape[0] - 1, back.shape[1] - 1
    count = 0
    while slot > 0 or place > 0:
        move = back[slot, place]
        moves[count] = move
        count += 1
        slot -= move != _INSERT
        place -= move != _SKIP
    return moves[:count]


@kernel
def _merge(table: Ints32, column: int, values: Ints32, moves: Ints32) -> Ints32:
    """Return the table with `values` in `column`, and new slots where some were inserted."""
    merged = np.full((moves.size, table.shape[1]), EMPTY, dtype=np.int32)
    slot, place = table.shape[0], values.size
    for back in range(moves.size):
        target = moves.size - 1 - back
        if moves[back] != _INSERT:
            slot -= 1
            merged[target, :column] = table[slot, :column]
        if moves[back] != _SKIP:
            place -= 1
            merged[target, column] = values[place]
    return merged
