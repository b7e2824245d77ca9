"""Decide which answers count; keep a reason for every other one.

batch       has the anchored root and count
submission  is of this task, signed, in time, with its payload, new, by a worker with a seat
answer      is for a known item, within the schema, the worker's first, within the overlap
"""

from collections import Counter
from collections.abc import Iterator

from dao_client.encoding import commitments_tree, submissions_tree
from dao_client.errors import SignatureRefused, TesseraError
from dao_client.messages import IsValid1271, submission_digest, verify
from dao_client.types import Answer, ItemIndex, SubmissionLeaf

from .types import (
    Batch,
    Candidate,
    CountedAnswer,
    Evidence,
    Payload,
    Reason,
    Refusal,
    Rules,
    Verified,
)


def verify_evidence(evidence: Evidence, is_valid_1271: IsValid1271) -> Verified:
    """Go through the evidence in the order of the chain, whatever order it comes in."""
    counter = _Counter(evidence.rules)
    candidates: list[tuple[Candidate, Reason | None]] = []
    for batch in evidence.batches:
        fault = _fault_of_batch(batch, evidence.rules)
        if batch.fault:
            counter.refuse_batch(batch, batch.fault)
        candidates += [(candidate, fault) for candidate in batch.candidates]
    candidates += [(candidate, None) for candidate in evidence.forced]
    seen: set[tuple[str, int]] = set()
    for candidate, batch_fault in sorted(candidates, key=lambda pair: pair[0].position):
        reason = batch_fault or _fault_of(candidate, evidence, seen, is_valid_1271)
        if reason:
            counter.refuse(candidate, reason)
        else:
            seen.add(_assignment(candidate))
            counter.count(candidate)
    return counter.result()


class _Counter:
    """Count answers one by one and remember what was refused."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._labels = {label: index for index, label in enumerate(rules.labels)}
        self._answers: dict[tuple[int, str], CountedAnswer] = {}
        self._per_item: Counter[int] = Counter()
        self._refusals: list[Refusal] = []

    def count(self, candidate: Candidate) -> None:
        """Take each answer of a sound submission, or refuse it with its reason."""
        assert isinstance(candidate.payload, Payload)
        worker = candidate.submission.worker
        for answer in sorted(candidate.payload.answers, key=lambda answer: answer.item):
            reason = self._fault_of_answer(worker, answer)
            if reason:
                self.refuse(candidate, reason, answer.item)
                continue
            label = self._labels[str(answer.value)]
            counted = CountedAnswer(item=ItemIndex(answer.item), worker=worker, label=label)
            self._answers[answer.item, worker] = counted
            self._per_item[answer.item] += 1

    def refuse(self, candidate: Candidate, reason: Reason, item: int = -1) -> None:
        """Remember why a submission, or one answer of it, does not count."""
        submission = candidate.submission
        self._refusals.append(Refusal(submission.worker, submission.assignment_id, item, reason))

    def refuse_batch(self, batch: Batch, reason: Reason) -> None:
        """Remember why nothing of a batch could be read."""
        gateway = self._rules.task.gateway
        self._refusals.append(Refusal(gateway, batch.position, -1, reason))

    def result(self) -> Verified:
        """Return both parts in the one order that every operator has."""
        return Verified(
            answers=tuple(sorted(self._answers.values())), refusals=tuple(sorted(self._refusals))
        )

    def _fault_of_answer(self, worker: str, answer: Answer) -> Reason | None:
        if not 0 <= answer.item < self._rules.item_count:
            return Reason.UNKNOWN_ITEM
        if not isinstance(answer.value, str) or answer.value not in self._labels:
            return Reason.SCHEMA
        if (answer.item, worker) in self._answers:
            return Reason.ANSWERED_TWICE
        if self._per_item[answer.item] >= self._rules.overlap:
            return Reason.OVER_OVERLAP
        return None


def _fault_of_batch(batch: Batch, rules: Rules) -> Reason | None:
    leaves = tuple(_leaves(batch, rules))
    if sum(leaf.answers for leaf in leaves) != batch.anchor.answers:
        return Reason.WRONG_BATCH_COUNT
    if submissions_tree(leaves).root != batch.anchor.root:
        return Reason.WRONG_BATCH_ROOT
    return None


def _leaves(batch: Batch, rules: Rules) -> Iterator[SubmissionLeaf]:
    for index, candidate in enumerate(sorted(batch.candidates, key=lambda each: each.position)):
        yield SubmissionLeaf(
            task_id=rules.task.task_id,
            index=index,
            worker=candidate.submission.worker,
            answers=candidate.answer_count,
            submission_hash=submission_digest(candidate.submission, rules.domain),
        )


def _fault_of(
    candidate: Candidate,
    evidence: Evidence,
    seen: set[tuple[str, int]],
    is_valid_1271: IsValid1271,
) -> Reason | None:
    rules = evidence.rules
    if candidate.submission.task_id != rules.task.task_id:
        return Reason.WRONG_TASK
    fault = _fault_of_clock(candidate, rules) or _fault_of_payload(candidate)
    if fault:
        return fault
    if _assignment(candidate) in seen:
        return Reason.REPEATED
    if evidence.stakes.get(candidate.submission.worker, 0) < rules.seat_size:
        return Reason.NO_SEAT
    if not _is_signed(candidate, rules, is_valid_1271):
        return Reason.BAD_SIGNATURE
    return None


def _fault_of_clock(candidate: Candidate, rules: Rules) -> Reason | None:
    """Judge an anchored submission's receipt; a forced one was in time, the escrow saw to it.

    The receipt needs no check of its signature: the gateway anchored the document it stands in.
    """
    if candidate.signature is None:
        return None
    receipt = candidate.receipt
    digest = submission_digest(candidate.submission, rules.domain)
    if receipt is None or receipt.submission_hash != digest:
        return Reason.WRONG_RECEIPT
    if receipt.received_at >= rules.task.submit_deadline:
        return Reason.LATE
    if receipt.received_at > candidate.submission.deadline:
        return Reason.EXPIRED
    return None


def _fault_of_payload(candidate: Candidate) -> Reason | None:
    payload, submission = candidate.payload, candidate.submission
    if isinstance(payload, Reason):
        return payload
    said = (payload.task_id, payload.assignment_id, payload.worker)
    if said != (submission.task_id, submission.assignment_id, submission.worker):
        return Reason.WRONG_PAYLOAD
    try:
        root = commitments_tree(submission.task_id, submission.worker, payload.answers).root
    except TesseraError:
        return Reason.MALFORMED
    return None if root == submission.commitments_root else Reason.WRONG_ROOT


def _is_signed(candidate: Candidate, rules: Rules, is_valid_1271: IsValid1271) -> bool:
    if candidate.signature is None:
        return True
    submission = candidate.submission
    digest = submission_digest(submission, rules.domain)
    try:
        verify(submission.worker, digest, candidate.signature, is_valid_1271)
    except SignatureRefused:
        return False
    return True


def _assignment(candidate: Candidate) -> tuple[str, int]:
    return candidate.submission.worker, candidate.submission.assignment_id
