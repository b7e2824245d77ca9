"""Edit distance (Levenshtein 1966) between sequences of integers: words of texts, letters of words.

Distances stay below 2 * 2**14, the words of one item, and their sums over an item below 2**29.
"""

import numpy as np

from oracle.integers import Ints, Ints32, kernel

from .parsing import Texts

MAX_COMPARED_WORDS = 1024
"""With more different words than this on one item, spelling is not compared."""

PERMILLE = 1000


@kernel
def edit_distance(left: Ints32, right: Ints32) -> int:
    """Count the words to insert, delete or replace to turn one into the other."""
    row = np.arange(right.size + 1)
    for i in range(left.size):
        diagonal = row[0]
        row[0] = i + 1
        for j in range(right.size):
            above = row[j + 1]
            best = diagonal if left[i] == right[j] else diagonal + 1
            best = min(best, above + 1, row[j] + 1)
            row[j + 1] = best
            diagonal = above
    return int(row[right.size])


@kernel
def words_of(texts: Texts, row: int) -> Ints32:
    """Return the compared words of a row."""
    start = texts.word_starts[texts.answers[row]]
    return texts.words[start : start + texts.lengths[row]]


@kernel
def total_distances(texts: Texts, item: int) -> Ints:
    """Return for each answer to an item the sum of its distances to the others."""
    first = texts.item_starts[item]
    totals = np.zeros(texts.item_starts[item + 1] - first, dtype=np.int64)
    for i in range(totals.size):
        for j in range(i):
            if texts.answers[first + i] != texts.answers[first + j]:
                apart = edit_distance(words_of(texts, first + i), words_of(texts, first + j))
                totals[i] += apart
                totals[j] += apart
    return totals


@kernel
def spelling_costs(texts: Texts, known: Ints32, floor: int) -> Ints32:
    """Return the permille cost of replacing each of the words `known` by each other one.

    It grows with the share of differing letters from `floor` to 1,000. The result is empty if
    there are too many words.
    """
    if known.size > MAX_COMPARED_WORDS:
        return np.zeros((0, 0), dtype=np.int32)
    costs = np.zeros((known.size, known.size), dtype=np.int32)
    for i in range(known.size):
        left = _spelling(texts, known[i])
        for j in range(i):
            right = _spelling(texts, known[j])
            apart = edit_distance(left, right)
            cost = floor + (PERMILLE - floor) * apart // max(left.size, right.size, 1)
            costs[i, j] = cost
            costs[j, i] = cost
    return costs


@kernel
def _spelling(texts: Texts, word: int) -> Ints32:
    return texts.letters[texts.letter_starts[word] : texts.letter_starts[word + 1]]
