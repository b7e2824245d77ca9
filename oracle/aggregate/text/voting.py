"""Decide each slot of each network by the weight of the answers behind its words.

An answer that errs in a share e of its words gives its word the weight

    w = log2(a * (1 - e) / e)      bits, a = `alternatives`: wrong words seldom agree

no word at all begins with -b bits (`word_bonus`: people leave out more than they invent), and the
word with most weight wins. Shares e are in `RATE` = 2**20ths, weights in `ONE` = 2**24ths.

From the others' weights alone follows how probable each answer's word is; 1 minus that is the
answer's error there. A second pass draws e at each slot to the errors in the `nearby` slots to
both sides: who lost the thread is wrong for a while.

A weight is below 2**29, so a slot's sum is below 2**29 * 2**14; a probability is at most 2**30,
times `RATE` 2**50; errors of one row add up to at most 2**20 * 2**15 slots.
"""

from typing import NamedTuple

import numpy as np

from oracle.integers import EXP2_BITS, ONE, Ints, Ints32, exp2, kernel, log2

from .network import EMPTY, Networks, table_of
from .parsing import Texts

RATE_BITS = 20
RATE = 1 << RATE_BITS
LOWEST_RATE = RATE // 200
HIGHEST_RATE = RATE * 49 // 50
LOWEST_WEIGHT = ONE // 16
MILLIBITS = 1000


class Rule(NamedTuple):
    """How to vote; see the module."""

    alternatives: int
    word_bonus_millibits: int
    nearby: int
    nearby_prior: int
    evidence_divisor: int


class Votes(NamedTuple):
    """What every slot's vote gave.

    Slots count through all networks; item i has those from `slot_starts[i]`. `winners` holds the
    place of the winning word in `Texts.words` or `EMPTY`, `doubts` the probability in `RATE`ths
    that it is wrong. `errors` (in `RATE`ths of words) and `compared` (words) have one entry per
    row.
    """

    slot_starts: Ints
    winners: Ints
    doubts: Ints
    errors: Ints
    compared: Ints


class Slot(NamedTuple):
    """One slot's candidates: a place in `Texts.words` (first: `EMPTY`) and the score of each.

    `choice` says which candidate each column is for, `weights` how much it weighs.
    """

    candidates: Ints
    scores: Ints
    choice: Ints
    weights: Ints


@kernel
def vote(texts: Texts, networks: Networks, rates: Ints, rule: Rule) -> Votes:
    """Decide every slot; `rates` has the share of wrong words of every row."""
    slot_starts = _slot_starts(texts, networks)
    winners = np.full(slot_starts[-1], EMPTY, dtype=np.int64)
    doubts = np.zeros(slot_starts[-1], dtype=np.int64)
    errors = np.zeros(rates.size, dtype=np.int64)
    compared = np.zeros(rates.size, dtype=np.int64)
    for item in range(slot_starts.size - 1):
        table = table_of(texts, networks, item)
        local = local_rates(texts, networks, item, rates, rule)
        rows = networks.rows[texts.item_starts[item] : texts.item_starts[item + 1]]
        for place in range(table.shape[0]):
            slot = weigh(texts, table[place], local[place], rule)
            best = _best(slot)
            index = slot_starts[item] + place
            winners[index] = slot.candidates[best]
            doubts[index] = RATE - _certainty(slot, best, rule)
            wrong = _errors(slot, best)
            for column in range(rows.size):
                if best != 0 or table[place, column] != EMPTY:
                    errors[rows[column]] += wrong[column]
                    compared[rows[column]] += 1
    return Votes(slot_starts, winners, doubts, errors, compared)


@kernel
def _slot_starts(texts: Texts, networks: Networks) -> Ints:
    slot_starts = np.zeros(networks.starts.size, dtype=np.int64)
    for item in range(slot_starts.size - 1):
        columns = texts.item_starts[item + 1] - texts.item_starts[item]
        slots = (networks.starts[item + 1] - networks.starts[item]) // columns
        slot_starts[item + 1] = slot_starts[item] + slots
    return slot_starts


@kernel
def local_rates(texts: Texts, networks: Networks, item: int, rates: Ints, rule: Rule) -> Ints:
    """Return the error rate of each column at each slot."""
    table = table_of(texts, networks, item)
    rows = networks.rows[texts.item_starts[item] : texts.item_starts[item + 1]]
    local = np.zeros(table.shape, dtype=np.int64)
    wrong = np.zeros(table.shape, dtype=np.int64)
    for place in range(table.shape[0]):
        local[place] = rates[rows]
    if rule.nearby == 0:
        return local
    for place in range(table.shape[0]):
        slot = weigh(texts, table[place], local[place], rule)
        wrong[place] = _errors(slot, _best(slot))
    for column in range(rows.size):
        _smooth(wrong[:, column], rates[rows[column]], rule, local[:, column])
    return local


@kernel
def _smooth(wrong: Ints, rate: int, rule: Rule, local: Ints) -> None:
    """Write to `local` the mean error of the slots nearby, drawn to the answer's own."""
    for place in range(wrong.size):
        begin = max(place - rule.nearby, 0)
        end = min(place + rule.nearby + 1, wrong.size)
        total = wrong[begin:end].sum() - wrong[place]
        local[place] = keep_within(
            (total + rule.nearby_prior * rate) // (end - begin - 1 + rule.nearby_prior)
        )


@kernel
def keep_within(rate: int) -> int:
    """Believe of nobody that he is never, or always, wrong."""
    return min(max(rate, LOWEST_RATE), HIGHEST_RATE)


@kernel
def weigh(texts: Texts, cells: Ints32, rates: Ints, rule: Rule) -> Slot:
    """Add up the weights behind each word of a slot, in the order of the columns."""
    candidates = np.full(cells.size + 1, EMPTY, dtype=np.int64)
    scores = np.zeros(cells.size + 1, dtype=np.int64)
    choice = np.zeros(cells.size, dtype=np.int64)
    weights = np.zeros(cells.size, dtype=np.int64)
    scores[0] = -(rule.word_bonus_millibits * ONE // MILLIBITS)
    found = 1
    for column in range(cells.size):
        place = 0
        if cells[column] != EMPTY:
            word = texts.words[cells[column]]
            place = 1
            while place < found and texts.words[candidates[place]] != word:
                place += 1
            if place == found:
                candidates[place] = cells[column]
                found += 1
        choice[column] = place
        weights[column] = _weight(rates[column], rule.alternatives)
        scores[place] += weights[column]
    return Slot(candidates[:found], scores[:found], choice, weights)


@kernel
def _weight(rate: int, alternatives: int) -> int:
    return max(log2(alternatives * (RATE - rate)) - log2(rate), LOWEST_WEIGHT)


@kernel
def _best(slot: Slot) -> int:
    """Return the candidate with most weight; of equal ones a word, the one met first."""
    best = slot.scores.size - 1
    for place in range(slot.scores.size - 1, -1, -1):
        if slot.scores[place] > slot.scores[best] or (
            slot.scores[place] == slot.scores[best] and place > 0
        ):
            best = place
    return best


@kernel
def _errors(slot: Slot, best: int) -> Ints:
    """Return for each column how improbable its word is by the weights of the others."""
    powers = np.zeros(slot.scores.size, dtype=np.int64)
    for place in range(powers.size):
        powers[place] = exp2(slot.scores[place] - slot.scores[best])
    total = powers.sum()
    wrong = np.zeros(slot.choice.size, dtype=np.int64)
    for column in range(wrong.size):
        own = slot.choice[column]
        left = exp2(slot.scores[own] - slot.weights[column] - slot.scores[best])
        rest = total - powers[own] + left
        wrong[column] = RATE - (left << RATE_BITS) // max(rest, 1)
    return wrong


@kernel
def _certainty(slot: Slot, best: int, rule: Rule) -> int:
    """Return the probability of the winner, in `RATE`ths.

    Answers to one item err together, so a bit of evidence counts for 1 / `evidence_divisor`.
    """
    total = 0
    for place in range(slot.scores.size):
        total += exp2((slot.scores[place] - slot.scores[best]) // rule.evidence_divisor)
    return int((1 << (EXP2_BITS + RATE_BITS)) // total)
