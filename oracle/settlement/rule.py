"""Settle a task: labels, pay, slashes and new histories of its workers (rules 4 to 8)."""

import numpy as np

from oracle.aggregate.choice import UNKNOWN, Answers
from oracle.integers import Ints

from .chances import chances_of, score
from .pay import full_points_of, pay_of, quality_cap_of, quality_of
from .skills import Standing, cap, stand, truths_of
from .slashing import judge_by_audits, judge_by_peers, slash_of
from .types import Account, Chances, Settlement, Terms

_MOST_REMEMBERED = 20


def settle(
    answers: Answers, scores: Ints, possible: Ints, terms: Terms, withheld: Ints | None = None
) -> Settlement:
    """Turn answers, audits and histories into labels, pay and slashes.

    `scores` and `possible` are each worker's history by `UNIT`; `withheld` how many answers each
    committed and never opened. A withheld answer counts as wrong: n grows by one and X loses the
    greatest F, as if the likeliest label had been given on an item where it is wrong, so that no
    opened answer can cost more. It earns nothing, and is slashed whatever the tests say (rule 2);
    audits and labels do not know of it.

    The labels are those of the reference; ties go by keccak256.
    """
    standing = stand(answers, scores, possible)
    consensus = standing.opinion.reading.consensus
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
        accounts=_accounts(answers, standing, by_labels, terms, withheld),
    )


def _accounts(
    answers: Answers,
    standing: Standing,
    by_labels: Chances,
    terms: Terms,
    withheld: Ints | None,
) -> tuple[Account, ...]:
    """Score all answers: against the audit where there is one, else against the others."""
    known = truths_of(answers)
    truths = np.where(known == UNKNOWN, standing.opinion.reading.references, known)
    points, judged, _ = score(
        answers.workers, answers.labels, truths, by_labels.shares, answers.worker_count
    )
    missing = [0] * answers.worker_count if withheld is None else withheld.tolist()
    worst = int(by_labels.shares.max())
    return tuple(
        _account(
            standing,
            worker,
            by_labels,
            terms,
            missing[worker],
            opened,
            gained - worst * missing[worker],
        )
        for worker, (opened, gained) in enumerate(
            zip(judged.tolist(), points.tolist(), strict=True)
        )
    )


def _account(
    standing: Standing,
    worker: int,
    by_labels: Chances,
    terms: Terms,
    withheld: int,
    opened: int,
    points: int,
) -> Account:
    """Settle with one worker, who has `opened` judged answers and withheld some."""
    opinion, spread = standing.opinion, standing.chances.spread
    evidence = standing.evidence[worker]
    judged = opened + withheld
    full_points = full_points_of(opinion.health, by_labels, judged)
    quality = quality_of(points, full_points)
    quality_cap = quality_cap_of(evidence, spread)
    capped = quality if quality_cap is None else min(quality, quality_cap)
    by_peers = judge_by_peers(points, full_points, judged, opinion.health)
    by_audits = judge_by_audits(evidence, spread)
    is_hit = by_peers.is_hit or by_audits.is_hit
    return Account(
        audited=int(standing.counts[worker]),
        hits=int(standing.hits[worker]),
        earned=standing.earned[worker],
        evidence=evidence,
        refined=opinion.refined[worker],
        skill=opinion.skills[worker],
        weight=int(opinion.weights[worker]),
        judged=judged,
        withheld=withheld,
        points=points,
        full_points=full_points,
        quality=quality,
        quality_cap=quality_cap,
        pay=pay_of(terms, 0 if is_hit else opened, capped),
        slash=slash_of(terms, is_hit, judged, withheld),
        peers_test=by_peers,
        audit_test=by_audits,
        history=cap(evidence, _MOST_REMEMBERED * spread),
    )
