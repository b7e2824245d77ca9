"""What audits say about a worker (MECHANISM, rule 4), and the vote that weighs by it.

Over audit labels F[k] = (G[k] + 1) / (G + K) and D = 1 - sum of F[k]**2. An audited answer a with
truth y adds 1[a = y] - F[a] to S and D to N, so an answer that does not depend on the item earns
nothing on average. Then, while the crowd is healthy, the unaudited answers add the same score
against the leave-one-out reference, for at most `most_refined` answers' worth.

    skill  = clip((S + D + refined S) / (N + 2 D + refined N), 0, 1)
    weight = stake factor * skill**(2 trust)

`trust` is n / (n + 4) for n audited items: after two audits nobody's skill is known well enough to
be silenced by it, after a hundred this is the rule's skill squared. On an audited item an answer
weighs by the skill that it would leave without itself, so that what is measured there is what the
method does elsewhere.
"""

from typing import NamedTuple

import numpy as np

from oracle.aggregate.choice.answers import UNKNOWN
from oracle.aggregate.choice.crowd import Crowd, Results, Shard
from oracle.integers import UNIT, Ints, Ints32, clipped_ratio, kernel, power, ratio

_ROUNDS = 2
_MOST_REFINED = 10
_DOUBTED_AUDITS = 4
_HEALTHY = UNIT // 2
_LEAST_VOTE = UNIT // 40
"""Spread over the labels of an item, so that no label has nothing."""


class Evidence(NamedTuple):
    """Hold what speaks for each worker: from audits, and from the others' answers; by `UNIT`."""

    audited: Ints
    possible: Ints
    refined: Ints
    refinable: Ints
    chances: Ints
    spread: int
    trust: int


def weigh_evidence(crowd: Crowd, factors: Ints) -> Evidence:
    """Score the audited answers, and twice the others against the reference they give."""
    answers = crowd.answers
    known = answers.known[answers.known != UNKNOWN]
    seen = np.bincount(known, minlength=answers.label_count)
    chances = (seen + 1) * UNIT // (known.size + answers.label_count)
    spread = UNIT - int((chances * chances // UNIT).sum())
    audited, possible = crowd.total(_score_audited, (chances, spread, answers.worker_count))
    nothing = np.zeros(answers.worker_count, dtype=np.int64)
    trust = known.size * UNIT // (known.size + _DOUBTED_AUDITS)
    evidence = Evidence(audited, possible, nothing, nothing, chances, spread, trust)
    for _ in range(_ROUNDS):
        weights = vote_weights(factors, evidence)
        sums = crowd.total(_refer, (weights, chances, spread, answers.label_count))
        agreed, compared, references, truths, refined, refinable = sums
        if _kappa(int(agreed[0]), int(compared[0]), references, truths) < _HEALTHY:
            break
        capped = _cap(refined, refinable, _MOST_REFINED * spread)
        evidence = Evidence(audited, possible, *capped, chances, spread, trust)
    return evidence


def vote(crowd: Crowd, factors: Ints, evidence: Evidence | None) -> tuple[Ints32, Ints]:
    """Return each label's share of its item's votes, shape (items, K), and the item's votes."""
    label_count = crowd.answers.label_count
    if evidence is None:
        shares, totals = crowd.rows(_tally, (factors, label_count))
    else:
        weights = vote_weights(factors, evidence)
        shares, totals = crowd.rows(_tally_audited, (factors, weights, evidence))
    return shares, totals


def _kappa(agreed: int, compared: int, references: Ints, truths: Ints) -> int:
    """Return Cohen's kappa of references and audits; one where nothing can be compared."""
    by_chance = sum(int(a) * int(b) for a, b in zip(references, truths, strict=True))
    room = compared * compared - by_chance
    if compared == 0 or room <= 0:
        return UNIT
    return max(0, (agreed * compared - by_chance) * UNIT // room)


def _cap(scores: Ints, possible: Ints, limit: int) -> tuple[Ints, Ints]:
    """Scale both down together where `possible` is over the limit."""
    pairs = [
        (score * limit // whole, limit) if whole > limit else (score, whole)
        for score, whole in zip(scores.tolist(), possible.tolist(), strict=True)
    ]
    capped = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return capped[:, 0].copy(), capped[:, 1].copy()


@kernel
def skills_of(evidence: Evidence) -> Ints:
    """Return each worker's skill, 0..`UNIT`."""
    skills = np.zeros(evidence.audited.size, dtype=np.int64)
    for worker in range(skills.size):
        skills[worker] = _skill_without(evidence, worker, 0, 0)
    return skills


@kernel
def vote_weights(factors: Ints, evidence: Evidence) -> Ints:
    """Return stake factor times skill to the power of twice the trust."""
    weights = np.zeros(factors.size, dtype=np.int64)
    for worker in range(factors.size):
        skill = _skill_without(evidence, worker, 0, 0)
        weights[worker] = factors[worker] * power(skill, 2 * evidence.trust) // UNIT
    return weights


@kernel
def gate_weights(factors: Ints, evidence: Evidence, full_say: int) -> Ints:
    """Return stake factor times skill / `full_say`, at most one, to the power of the trust."""
    gates = np.zeros(factors.size, dtype=np.int64)
    for worker in range(factors.size):
        share = clipped_ratio(_skill_without(evidence, worker, 0, 0), full_say)
        gates[worker] = factors[worker] * power(share, evidence.trust) // UNIT
    return gates


@kernel
def _skill_without(evidence: Evidence, worker: int, score: int, possible: int) -> int:
    """Return a worker's skill less one score; the prior is one of two answers right."""
    return clipped_ratio(
        evidence.audited[worker] + evidence.refined[worker] - score + evidence.spread,
        max(
            evidence.possible[worker] + evidence.refinable[worker] - possible + 2 * evidence.spread,
            1,
        ),
    )


@kernel
def _score_audited(shard: Shard, chances: Ints, spread: int, worker_count: int) -> Results:
    audited = np.zeros(worker_count, dtype=np.int64)
    possible = np.zeros(worker_count, dtype=np.int64)
    for item in range(shard.known.size):
        if shard.known[item] == UNKNOWN:
            continue
        for row in range(shard.starts[item], shard.starts[item + 1]):
            is_right = shard.labels[row] == shard.known[item]
            audited[shard.workers[row]] += is_right * UNIT - chances[shard.labels[row]]
            possible[shard.workers[row]] += spread
    return audited, possible


@kernel
def _refer(shard: Shard, weights: Ints, chances: Ints, spread: int, label_count: int) -> Results:
    """Compare each answer with what the others on its item say, and that with the audits.

    Returns, over audited items, how many references agree, how many there are, and how often each
    label is the reference and the truth; over the others, each worker's score and what was
    possible.
    """
    agreed = np.zeros(1, dtype=np.int64)
    compared = np.zeros(1, dtype=np.int64)
    references = np.zeros(label_count, dtype=np.int64)
    truths = np.zeros(label_count, dtype=np.int64)
    scores = np.zeros(weights.size, dtype=np.int64)
    possible = np.zeros(weights.size, dtype=np.int64)
    votes = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.known.size):
        rows = range(shard.starts[item], shard.starts[item + 1])
        known = shard.known[item]
        for row in rows:
            votes[shard.labels[row]] += weights[shard.workers[row]]
        for row in rows:
            worker = shard.workers[row]
            label = shard.labels[row]
            reference = _reference(shard, rows, votes, label, weights[worker])
            if reference < 0:
                continue
            if known == UNKNOWN:
                scores[worker] += (label == reference) * UNIT - chances[label]
                possible[worker] += spread
            else:
                compared[0] += 1
                agreed[0] += reference == known
                references[reference] += 1
                truths[known] += 1
        for row in rows:
            votes[shard.labels[row]] = 0
    return agreed, compared, references, truths, scores, possible


@kernel
def _reference(shard: Shard, rows: range, votes: Ints, label: int, weight: int) -> int:
    """Return the label that leads without one answer; -1 where none or several do."""
    votes[label] -= weight
    best = 0
    reference = -1
    for row in rows:
        other = shard.labels[row]
        if votes[other] > best:
            best = votes[other]
            reference = other
        elif votes[other] == best and other != reference:
            reference = -1
    votes[label] += weight
    return reference


@kernel
def _tally(shard: Shard, weights: Ints, label_count: int) -> tuple[Ints32, Ints]:
    """Return the shares of the votes; equal ones where nobody with weight answered."""
    shares = np.zeros((shard.known.size, label_count), dtype=np.int32)
    totals = np.zeros(shard.known.size, dtype=np.int64)
    votes = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.known.size):
        votes[:] = 0
        for row in range(shard.starts[item], shard.starts[item + 1]):
            votes[shard.labels[row]] += weights[shard.workers[row]]
        totals[item] = votes.sum()
        _fill_shares(votes, shares[item])
    return shares, totals


@kernel
def _tally_audited(
    shard: Shard, factors: Ints, weights: Ints, evidence: Evidence
) -> tuple[Ints32, Ints]:
    """Return the shares of the votes; on audited items each answer's own audit is left out."""
    label_count = evidence.chances.size
    shares = np.zeros((shard.known.size, label_count), dtype=np.int32)
    totals = np.zeros(shard.known.size, dtype=np.int64)
    votes = np.zeros(label_count, dtype=np.int64)
    for item in range(shard.known.size):
        known = shard.known[item]
        votes[:] = max(_LEAST_VOTE // label_count, 1)
        for row in range(shard.starts[item], shard.starts[item + 1]):
            worker = int(shard.workers[row])
            label = shard.labels[row]
            weight = weights[worker]
            totals[item] += weight
            if known != UNKNOWN:
                own = (label == known) * UNIT - evidence.chances[label]
                skill = _skill_without(evidence, worker, own, evidence.spread)
                weight = factors[worker] * power(skill, 2 * evidence.trust) // UNIT
            votes[label] += weight
        _fill_shares(votes, shares[item])
    return shares, totals


@kernel
def _fill_shares(votes: Ints, shares: Ints32) -> None:
    total = votes.sum()
    for label in range(votes.size):
        shares[label] = ratio(votes[label], total) if total > 0 else UNIT // votes.size
