"""Settle a task: labels, pay, slashes and new histories of its workers (rules 4 to 8)."""

from typing import NamedTuple

import numpy as np

from oracle.aggregate.choice import UNKNOWN, Answers
from oracle.integers import Ints

from .chances import chances_of, score
from .pay import full_points_of, pay_of, quality_cap_of, quality_of, wanted_of
from .references import consensus_of
from .skills import Standing, cap, stand, truths_of
from .slashing import judge_by_audits, judge_by_peers, slash_of
from .types import Account, Chances, Settlement, Terms, Withheld

_MOST_REMEMBERED = 20


def settle(
    answers: Answers, scores: Ints, possible: Ints, terms: Terms, withheld: Withheld | None = None
) -> Settlement:
    """Turn answers, audits and histories into labels, pay and slashes.

    `scores` and `possible` are each worker's history by `UNIT`. A withheld answer counts as wrong:
    n grows by one and X loses the greatest F, as if the likeliest label had been given on an item
    where it is wrong, so that no opened answer can cost more; on an audited item N and S do the
    same, so that nobody gains by hiding what an audit found wrong. It earns nothing, and is slashed
    whatever the tests say (rule 2); labels and lambda do not know of it.

    The labels are those of the reference; ties go by keccak256.
    """
    hidden = Withheld.nothing() if withheld is None else withheld
    standing = stand(answers, scores, possible, hidden)
    consensus = consensus_of(answers, standing.label_count, standing.opinion.reading)
    is_open = (answers.known == UNKNOWN) | (consensus < 0)
    labels = np.where(is_open, consensus, answers.known).astype(np.int32)
    by_labels = chances_of(labels[labels >= 0], standing.label_count)
    return Settlement(
        labels=labels,
        consensus=consensus,
        references=standing.opinion.reading.references,
        health=standing.opinion.health,
        by_audits=standing.chances,
        by_labels=by_labels,
        audited=standing.audited,
        accounts=_accounts(answers, standing, by_labels, terms, hidden),
    )


class _Work(NamedTuple):
    """What a worker did in this task: judged answers, withheld ones, and X of both."""

    opened: int
    withheld: int
    points: int


def _accounts(
    answers: Answers,
    standing: Standing,
    by_labels: Chances,
    terms: Terms,
    withheld: Withheld,
) -> tuple[Account, ...]:
    """Score all answers: against the audit where there is one, else against the others."""
    known = truths_of(answers)
    truths = np.where(known == UNKNOWN, standing.opinion.reading.references, known)
    points, judged, _ = score(
        answers.workers, answers.labels, truths, by_labels.shares, answers.worker_count
    )
    missing = withheld.count(answers.worker_count)
    worst = int(by_labels.shares.max())
    work = [
        _Work(opened, lost, gained - lost * worst)
        for opened, lost, gained in zip(
            judged.tolist(), missing.tolist(), points.tolist(), strict=True
        )
    ]
    return tuple(
        _account(standing, worker, by_labels, terms, done) for worker, done in enumerate(work)
    )


def _account(
    standing: Standing, worker: int, by_labels: Chances, terms: Terms, work: _Work
) -> Account:
    """Settle with one worker."""
    opinion, lessons = standing.opinion, standing.lessons
    spread = standing.chances.spread
    evidence = standing.evidence[worker]
    judged = work.opened + work.withheld
    full_points = full_points_of(opinion.health, by_labels, judged)
    remembered = standing.remembered[worker]
    measured = full_points_of(opinion.health, by_labels, wanted_of(terms, judged, remembered))
    quality = quality_of(work.points, measured)
    quality_cap = quality_cap_of(evidence, spread)
    capped = quality if quality_cap is None else min(quality, quality_cap)
    peers_test = judge_by_peers(work.points, full_points, judged, opinion.health)
    audit_test = judge_by_audits(evidence, spread)
    is_hit = peers_test.is_hit or audit_test.is_hit
    return Account(
        audited=int(lessons.counts[worker]),
        hits=int(lessons.hits[worker]),
        audited_withheld=int(lessons.withheld[worker]),
        earned=lessons.earned[worker],
        evidence=evidence,
        refined=opinion.refined[worker],
        skill=opinion.skills[worker],
        weight=int(opinion.weights[worker]),
        judged=judged,
        withheld=work.withheld,
        points=work.points,
        full_points=full_points,
        measured_against=measured,
        quality=quality,
        quality_cap=quality_cap,
        pay=pay_of(terms, 0 if is_hit else work.opened, capped),
        slash=slash_of(terms, is_hit, judged, work.withheld),
        peers_test=peers_test,
        audit_test=audit_test,
        history=cap(evidence, _MOST_REMEMBERED * spread),
    )
