"""From a frame's answers to words as integers, each distinct answer read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from oracle.errors import CrowdFileRefused
from oracle.frames import Frame
from oracle.integers import Ints, Ints32

from .tokens import MAX_CHARACTERS, is_cut, tokenise

MAX_ITEM_WORDS = 1 << 14
"""All answers to one item together; the cost of aligning them grows with the square."""

MAX_WORDS = (1 << 31) - 1
MAX_LETTERS = 24
"""Spelling is compared by the first letters alone."""

PARTS = 3
"""Of a written form: before, core, after."""


class Texts(NamedTuple):
    """All that the kernels read.

    Answer a has the words `words[word_starts[a] : word_starts[a + 1]]`, as indices into the
    vocabulary; `parts` has three indices per word. Rows `item_starts[i] : item_starts[i + 1]` are
    item i's answers; of row r the first `lengths[r]` words are compared. Vocabulary word v is
    spelled `letters[letter_starts[v] : letter_starts[v + 1]]`.
    """

    item_starts: Ints
    answers: Ints32
    workers: Ints32
    lengths: Ints
    word_starts: Ints
    words: Ints32
    parts: Ints32
    letter_starts: Ints
    letters: Ints32


@dataclass(frozen=True, eq=False)
class TextAnswers:
    """A crowd's texts, and the names of what stands in `texts` as integers."""

    frame: Frame
    texts: Texts
    vocabulary: list[str]
    written: list[str]


def parse(frame: Frame) -> TextAnswers:
    """Read every answer as words; rows stay in the frame's order.

    An answer that is far too long is cut, so that one worker cannot stop a task; if most answers
    to an item are, the task itself is too large and `CrowdFileRefused` is raised.
    """
    vocabulary, written, word_starts, words, parts = _read(frame.answers)
    item_starts = _starts(np.bincount(frame.item_of, minlength=len(frame.items)))
    ranks = _ranks(written)
    texts = Texts(
        item_starts=item_starts,
        answers=frame.answer_of,
        workers=frame.worker_of,
        lengths=_limit(frame, item_starts, np.diff(word_starts)[frame.answer_of]),
        word_starts=word_starts,
        words=words,
        parts=ranks[parts],
        letter_starts=_starts(np.array([min(len(w), MAX_LETTERS) for w in vocabulary], np.int64)),
        letters=_letters(vocabulary),
    )
    return TextAnswers(frame, texts, vocabulary, sorted(written, key=_by_size))


def _read(answers: Iterable[str]) -> tuple[list[str], list[str], Ints, Ints32, Ints32]:
    vocabulary: dict[str, int] = {}
    written: dict[str, int] = {}
    sizes: list[int] = []
    words: list[Ints32] = []
    parts: list[Ints32] = []
    for text in answers:
        tokens = tokenise(text)
        sizes.append(len(tokens))
        known = [vocabulary.setdefault(token.word, len(vocabulary)) for token in tokens]
        forms = [written.setdefault(part, len(written)) for token in tokens for part in token[1:]]
        words.append(np.array(known, dtype=np.int32))
        parts.append(np.array(forms, dtype=np.int32).reshape(-1, PARTS))
    starts = _starts(np.array(sizes, dtype=np.int64))
    if starts[-1] > MAX_WORDS:
        raise CrowdFileRefused(f"{starts[-1]} words, {MAX_WORDS} are taken: split the task")
    return list(vocabulary), list(written), starts, np.concatenate(words), np.concatenate(parts)


def _limit(frame: Frame, item_starts: Ints, sizes: Ints) -> Ints:
    """Return how many words of each row are compared."""
    lengths = sizes.astype(np.int64)
    totals = np.add.reduceat(lengths, item_starts[:-1])
    unread = {code for code, text in enumerate(frame.answers) if is_cut(text)}
    suspect = set(np.flatnonzero(totals > MAX_ITEM_WORDS).tolist())
    if unread:
        is_unread = np.isin(frame.answer_of, np.array(sorted(unread)))
        suspect |= set(frame.item_of[is_unread].tolist())
    for item in sorted(suspect):
        rows = slice(int(item_starts[item]), int(item_starts[item + 1]))
        level = _level(lengths[rows])
        is_long = (lengths[rows] > level) | np.isin(frame.answer_of[rows], sorted(unread))
        if 2 * int(is_long.sum()) > is_long.size:
            raise CrowdFileRefused(
                f"{frame.source}: the {is_long.size} answers to item {frame.items[item]!r} are too "
                f"long to compare: {MAX_ITEM_WORDS} words together and {MAX_CHARACTERS} characters "
                "each are taken; split the item"
            )
        lengths[rows] = np.minimum(lengths[rows], level)
    return lengths


def _level(sizes: Ints) -> int:
    """Return the greatest length to cut to so that all together keep within the bound."""
    left = MAX_ITEM_WORDS
    ordered = sorted(sizes.tolist())
    for place, size in enumerate(ordered):
        if size * (len(ordered) - place) > left:
            return left // (len(ordered) - place)
        left -= size
    return MAX_ITEM_WORDS


def _starts(sizes: Ints) -> Ints:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)))


def _by_size(text: str) -> tuple[int, bytes]:
    encoded = text.encode()
    return len(encoded), encoded


def _ranks(written: list[str]) -> Ints32:
    """Return the place of each part among all, the shortest first: it wins ties."""
    order = sorted(range(len(written)), key=lambda part: _by_size(written[part]))
    ranks = np.empty(len(written), dtype=np.int32)
    ranks[np.array(order, dtype=np.int64)] = np.arange(len(written), dtype=np.int32)
    return ranks


def _letters(vocabulary: list[str]) -> Ints32:
    spelled = "".join(word[:MAX_LETTERS] for word in vocabulary)
    return np.frombuffer(spelled.encode("utf-32-le"), dtype="<i4").astype(np.int32)
