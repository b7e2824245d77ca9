"""What each worker has shown, and how much the worker's answers weigh (rules 4 and 5)."""

from dataclasses import dataclass

import numpy as np

from oracle.aggregate.choice import UNKNOWN, Answers
from oracle.integers import UNIT, Ints, Ints32

from .chances import chances_of, score
from .lots import Lots
from .references import Reading, health_of, read
from .types import MILLI, Chances, Score, Withheld

_PRIOR_ANSWERS = 2
"""Worth of the prior. Half of it is right: it adds D to the points, 2 D to what is possible."""

_ROUNDS = 2
_MOST_REFINED = 10
_STEADY = UNIT // 2
"""Below this lambda the crowd teaches nothing about itself."""


@dataclass(frozen=True)
class Opinion:
    """Hold what the workers' answers say by what is known of their skill."""

    refined: list[Score]
    skills: list[int]
    weights: Ints
    reading: Reading
    health: int


@dataclass(frozen=True)
class Lessons:
    """Hold what audits say of the workers, one entry each.

    `counts` are of audited answers, of which `withheld` were never opened and `hits` equal the
    audit; `earned` is as in `Account`. `chances` are those of the `audited` items' labels.
    """

    chances: Chances
    audited: int

    counts: Ints
    hits: Ints
    withheld: Ints
    earned: list[Score]


@dataclass(frozen=True)
class Standing:
    """Hold what is known of the workers, one entry each, and what their answers say by it.

    `evidence` is as in `Account`, `remembered` how many audited answers the history alone is worth,
    in whole answers.
    """

    label_count: int
    chances: Chances
    audited: int
    remembered: list[int]
    lessons: Lessons
    evidence: list[Score]
    opinion: Opinion


def stand(answers: Answers, scores: Ints, possible: Ints, withheld: Withheld) -> Standing:
    """Score the audited answers, add history, and let the crowd refine that (rule 4)."""
    lessons = learn(answers, withheld)
    chances = lessons.chances
    evidence = [
        Score(each.points + before, each.possible + room)
        for each, before, room in zip(
            lessons.earned, scores.tolist(), possible.tolist(), strict=True
        )
    ]
    return Standing(
        label_count=chances.shares.size,
        chances=chances,
        audited=lessons.audited,
        remembered=(possible // chances.spread).tolist(),
        lessons=lessons,
        evidence=evidence,
        opinion=_refine(answers, evidence, chances),
    )


def learn(answers: Answers, withheld: Withheld) -> Lessons:
    """Score the audited answers: a withheld one as wrong, and as the label likeliest by chance.

    One label alone counts as two: a second that nobody gave, without which an answer could not be
    told from chance. Items that nobody answered are no part of it.
    """
    is_audited = (answers.known != UNKNOWN) & (np.diff(answers.starts) > 0)
    chances = chances_of(answers.known[is_audited], max(answers.label_count, 2))
    points, counts, hits = _score(answers, truths_of(answers), chances)
    hidden = withheld.on(answers.known).count(answers.worker_count)
    lost = hidden * int(chances.shares.max())
    earned = _scores(points - lost, counts + hidden, chances.spread)
    return Lessons(chances, int(is_audited.sum()), counts + hidden, hits, hidden, earned)


def truths_of(answers: Answers) -> Ints32:
    """Return each answer's audit label, or `UNKNOWN`."""
    truths: Ints32 = np.repeat(answers.known, np.diff(answers.starts))
    return truths


def cap(score: Score, most: int) -> Score:
    """Scale both down together, so that at most `most` was possible."""
    if score.possible <= most:
        return score
    return Score(score.points * most // score.possible, most)


def _refine(answers: Answers, evidence: list[Score], chances: Chances) -> Opinion:
    """Score the unaudited answers against the others', twice, while lambda allows it."""
    lots = Lots(answers)
    truths = truths_of(answers)
    most = _MOST_REFINED * chances.spread
    opinion = _weigh(answers, evidence, [Score(0, 0)] * len(evidence), chances, lots)
    for _ in range(_ROUNDS):
        if opinion.health < _STEADY:
            break
        unaudited = np.where(truths == UNKNOWN, opinion.reading.references, UNKNOWN)
        points, counts, _hits = _score(answers, unaudited, chances)
        refined = [cap(each, most) for each in _scores(points, counts, chances.spread)]
        opinion = _weigh(answers, evidence, refined, chances, lots)
    return opinion


def _weigh(
    answers: Answers, evidence: list[Score], refined: list[Score], chances: Chances, lots: Lots
) -> Opinion:
    """Turn evidence into skill, skill into weight, and let the answers vote (rules 4 and 5).

    A stake factor is at most 2 * `MILLI`, so a weight is at most 2 * `WEIGHT_UNIT`.
    """
    skills = [
        _skill(known, shown, chances.spread) for known, shown in zip(evidence, refined, strict=True)
    ]
    factors = (answers.weights // (UNIT // MILLI)).tolist()
    weights = np.array(
        [factor * (skill * skill // UNIT) for factor, skill in zip(factors, skills, strict=True)],
        dtype=np.int64,
    )
    label_count = chances.shares.size
    reading = read(answers, label_count, weights, lots)
    health = health_of(answers, reading.references, label_count)
    return Opinion(refined, skills, weights, reading, health)


def _skill(evidence: Score, refined: Score, spread: int) -> int:
    """Return (S + D) / (N + 2 D) over both, within 0..`UNIT`; Python integers, so of any size."""
    points = evidence.points + refined.points + spread
    possible = evidence.possible + refined.possible + _PRIOR_ANSWERS * spread
    return max(0, min(UNIT, points * UNIT // possible))


def _score(answers: Answers, truths: Ints32, chances: Chances) -> tuple[Ints, Ints, Ints]:
    return score(answers.workers, answers.labels, truths, chances.shares, answers.worker_count)


def _scores(points: Ints, counts: Ints, spread: int) -> list[Score]:
    return [
        Score(each, count * spread)
        for each, count in zip(points.tolist(), counts.tolist(), strict=True)
    ]
