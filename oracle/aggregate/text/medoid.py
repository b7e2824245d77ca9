"""The medoid: the one answer with the least total edit distance to the others.

It is the median of the item's answers restricted to these answers (Kohonen, "Median strings",
Pattern Recognition Letters 3(5), 1985). The result is a text that a person wrote, word for word.

    confidence   1 - mean distance to the other answers, per word of the longer text, / 2:
                 two texts that err independently are apart by the sum of their errors
    skill        1 - distance of the worker's answers to their items' medoids, per word

Of equal distances the smaller text wins. An answer alone on its item has nothing to differ from:
confidence 5,000.
"""

from typing import NamedTuple

import numpy as np

from oracle.aggregate.types import BPS, Parameters
from oracle.integers import Ints, kernel

from .aggregate import TextAggregate, text_method
from .distance import edit_distance, words_of
from .explanation import AnswerShare, TextExplanation
from .network import order_of
from .parsing import TextAnswers, Texts

_ALONE_BPS = BPS // 2


class _Distances(NamedTuple):
    """`rows`: all rows, by item and the medoid first; the rest has one entry per row.

    `errors` is the distance to the medoid, `compared` the words of the longer of the two.
    """

    rows: Ints
    errors: Ints
    compared: Ints


def aggregate_medoid(answers: TextAnswers, parameters: Parameters) -> TextAggregate:
    """Take for each item the answer nearest to all others."""
    texts = answers.texts
    found = _measure(texts)
    medoids = texts.answers[found.rows[texts.item_starts[:-1]]]
    right_bps = BPS - found.errors * BPS // np.maximum(found.compared, 1)

    def explain(item: int) -> TextExplanation:
        rows = found.rows[texts.item_starts[item] : texts.item_starts[item + 1]].tolist()
        shares = (
            AnswerShare(
                worker=answers.frame.workers[texts.workers[row]],
                answer=answers.frame.answers[texts.answers[row]],
                reliability_bps=int(right_bps[row]),
            )
            for row in rows
        )
        return TextExplanation(answers=tuple(shares), words=())

    return TextAggregate(
        texts=[answers.frame.answers[code] for code in medoids.tolist()],
        confidence_bps=_confidence(texts, found, right_bps),
        skill_bps=_skill(answers, found),
        iterations=1,
        explain=explain,
    )


@kernel
def _measure(texts: Texts) -> _Distances:
    rows = np.zeros(texts.answers.size, dtype=np.int64)
    errors = np.zeros(texts.answers.size, dtype=np.int64)
    compared = np.zeros(texts.answers.size, dtype=np.int64)
    for item in range(texts.item_starts.size - 1):
        order = order_of(texts, item)
        rows[texts.item_starts[item] : texts.item_starts[item + 1]] = order
        medoid = words_of(texts, order[0])
        for row in order:
            words = words_of(texts, row)
            errors[row] = edit_distance(medoid, words)
            compared[row] = max(medoid.size, words.size)
    return _Distances(rows, errors, compared)


def _confidence(texts: Texts, found: _Distances, right_bps: Ints) -> Ints:
    others = np.diff(texts.item_starts) - 1
    apart = np.add.reduceat(BPS - right_bps, texts.item_starts[:-1])
    confidence: Ints = np.where(others > 0, BPS - apart // np.maximum(2 * others, 1), _ALONE_BPS)
    return confidence


def _skill(answers: TextAnswers, found: _Distances) -> Ints:
    worker_count = len(answers.frame.workers)
    errors = np.zeros(worker_count, dtype=np.int64)
    compared = np.zeros(worker_count, dtype=np.int64)
    np.add.at(errors, answers.texts.workers, found.errors)
    np.add.at(compared, answers.texts.workers, found.compared)
    return BPS - errors * BPS // np.maximum(compared, 1)


MEDOID = text_method("medoid", "1", {}, aggregate_medoid)
