"""From the words that won to a readable text, its confidence, and why."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from oracle.aggregate.types import BPS
from oracle.integers import ONE, Ints, Ints32, kernel

from .explanation import AnswerShare, TextExplanation, WordVote
from .network import EMPTY, Networks, table_of
from .parsing import PARTS, TextAnswers, Texts
from .tokens import join
from .voting import MILLIBITS, RATE, Rule, Votes, local_rates, weigh


class Count(NamedTuple):
    """A counted vote: `rates` and `rule` are what `votes` came from."""

    texts: Texts
    networks: Networks
    rates: Ints
    rule: Rule
    votes: Votes


def write_texts(answers: TextAnswers, count: Count) -> tuple[list[str], Ints]:
    """Return a text per item, and the share of its words that are expected right, in bps.

    A slot left out by mistake counts as a wrong word. Where no word won, the commonest answer
    without words stands, or if there is none the one nearest to all others.
    """
    parts = _choose_parts(count)
    won = count.votes.winners != EMPTY
    texts: list[str] = []
    confidence = _confidence(count.votes)
    for item in range(confidence.size):
        slots = slice(int(count.votes.slot_starts[item]), int(count.votes.slot_starts[item + 1]))
        text = join(_written(answers.written, parts[slots].tolist(), won[slots].tolist()))
        if not won[slots].any():
            text, confidence[item] = _wordless(answers, count, item)
        texts.append(text)
    return texts, confidence


def explain_item(answers: TextAnswers, count: Count, item: int) -> TextExplanation:
    """Count one item's votes again, for people to read."""
    texts = count.texts
    rows = _rows(count, item)
    shares = (
        AnswerShare(
            worker=answers.frame.workers[texts.workers[row]],
            answer=answers.frame.answers[texts.answers[row]],
            reliability_bps=int(BPS - count.rates[row] * BPS // RATE),
        )
        for row in rows
    )
    local = local_rates(texts, count.networks, item, count.rates, count.rule)
    table = table_of(texts, count.networks, item)
    first = int(count.votes.slot_starts[item])
    words = (
        WordVote(
            word=_word(answers, int(count.votes.winners[first + place])),
            weights=_candidates(answers, table[place], local[place], count.rule),
        )
        for place in range(len(table))
    )
    return TextExplanation(answers=tuple(shares), words=tuple(words))


@kernel
def _choose_parts(count: Count) -> Ints32:
    """Return for each slot the heaviest before, core and after among those of its winner."""
    texts = count.texts
    chosen = np.zeros((count.votes.winners.size, PARTS), dtype=np.int32)
    for item in range(texts.item_starts.size - 1):
        table = table_of(texts, count.networks, item)
        local = local_rates(texts, count.networks, item, count.rates, count.rule)
        for place in range(table.shape[0]):
            index = count.votes.slot_starts[item] + place
            if count.votes.winners[index] == EMPTY:
                continue
            weights = weigh(texts, table[place], local[place], count.rule).weights
            word = texts.words[count.votes.winners[index]]
            for part in range(PARTS):
                chosen[index, part] = _heaviest_part(texts, table[place], weights, word, part)
    return chosen


@kernel
def _heaviest_part(texts: Texts, cells: Ints32, weights: Ints, word: int, part: int) -> int:
    """Return the written part with most weight; of equal ones the shortest."""
    found = np.zeros(cells.size, dtype=np.int64)
    behind = np.zeros(cells.size, dtype=np.int64)
    for column in range(cells.size):
        if cells[column] != EMPTY and texts.words[cells[column]] == word:
            found[column] = texts.parts[cells[column], part]
            behind[column] = weights[column]
    order = np.argsort(found, kind="mergesort")
    best, most, total = 0, 0, 0
    for place in range(order.size):
        if place > 0 and found[order[place]] != found[order[place - 1]]:
            total = 0
        total += behind[order[place]]
        if total > most:
            best, most = found[order[place]], total
    return int(best)


def _written(written: list[str], parts: list[list[int]], won: list[bool]) -> Iterator[str]:
    """Yield the parts of the words that won; a hyphen goes with the word that it hung on."""
    is_joined = False
    for (before, core, after), is_won in zip(parts, won, strict=True):
        if is_won:
            lead = written[before]
            yield lead if is_joined or lead[:1] in ("", " ") else " "
            yield written[core]
            yield written[after]
        is_joined = is_won


def _confidence(votes: Votes) -> Ints:
    slots = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(votes.doubts)))
    words = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(votes.winners != EMPTY)))
    doubts = np.diff(slots[votes.slot_starts])
    wrong = doubts * BPS // RATE // np.maximum(np.diff(words[votes.slot_starts]), 1)
    confidence: Ints = np.maximum(BPS - wrong, 0)
    return confidence


def _wordless(answers: TextAnswers, count: Count, item: int) -> tuple[str, int]:
    rows = _rows(count, item)
    wordless = [row for row in rows if count.texts.lengths[row] == 0]
    given = Counter(int(count.texts.answers[row]) for row in wordless or rows[:1])
    code = min(given, key=lambda answer: (-given[answer], answer))
    return answers.frame.answers[code], given[code] * BPS // len(rows)


def _rows(count: Count, item: int) -> list[int]:
    starts = count.texts.item_starts
    rows: list[int] = count.networks.rows[starts[item] : starts[item + 1]].tolist()
    return rows


def _word(answers: TextAnswers, place: int) -> str:
    return "" if place == EMPTY else answers.vocabulary[int(answers.texts.words[place])]


def _candidates(
    answers: TextAnswers, cells: Ints32, rates: Ints, rule: Rule
) -> tuple[tuple[str, int], ...]:
    slot = weigh(answers.texts, cells, rates, rule)
    pairs = zip(slot.candidates.tolist(), slot.scores.tolist(), strict=True)
    return tuple((_word(answers, place), score * MILLIBITS // ONE) for place, score in pairs)
