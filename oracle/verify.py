"""Decide which answers count; keep a reason for every other one.

batch       has the anchored root and count
submission  is of this task, anchored in time, new, of a worker with a seat, signed, as sealed
answer      is for a known item, within the schema, the first of its worker, within the overlap
audit       is a juror's answer in the audit window, for an item that the juror was drawn for
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dao_client.encoding import commitments_tree, submissions_tree
from dao_client.errors import SignatureRefused, TesseraError
from dao_client.messages import IsValid1271, submission_digest, verify
from dao_client.types import Address, ItemIndex, SubmissionLeaf, Wei
from dao_client.windows import Windows

from .counting import Counting
from .types import WITHHELD, Batch, Candidate, Evidence, Payload, Reason, Rules, Verified


def verify_evidence(evidence: Evidence, is_valid_1271: IsValid1271) -> Verified:
    """Go through the evidence in the order of the chain, whatever order it comes in."""
    counting = Counting(evidence.rules, evidence.draw.jury, evidence.stakes)
    candidates: list[tuple[Candidate, Reason | None]] = []
    for batch in evidence.batches:
        fault = _fault_of_batch(batch, evidence.rules)
        if batch.fault:
            counting.refuse_batch(batch, batch.fault)
        candidates += [
            (candidate, fault or _fault_of_anchor(candidate, batch, evidence))
            for candidate in batch.candidates
        ]
    candidates += [(candidate, None) for candidate in evidence.forced]
    sound: list[Candidate] = []
    seen: set[tuple[str, int]] = set()
    for candidate, batch_fault in sorted(candidates, key=lambda pair: pair[0].position):
        reason = batch_fault or _fault_of(candidate, evidence, seen, is_valid_1271)
        if reason:
            counting.refuse(candidate, reason)
            continue
        seen.add(_assignment(candidate))
        sound.append(candidate)
    withheld = _count(counting, sound, evidence.rules)
    return counting.result(withheld)


def _count(
    counting: Counting, sound: Iterable[Candidate], rules: Rules
) -> Mapping[Address, list[ItemIndex]]:
    """Count what sound submissions hold; return the items of answers that workers withheld."""
    withheld: dict[Address, list[ItemIndex]] = defaultdict(list)
    silent = {_role(each, rules) for each in sound if each.payload is Reason.MISSING_PAYLOAD}
    for candidate in sound:
        is_audit = _is_audit(candidate, rules)
        reason = _fault_of_payload(candidate)
        if reason is not Reason.MISSING_PAYLOAD and _role(candidate, rules) in silent:
            counting.refuse(candidate, Reason.IN_PART)
            continue
        if reason is None:
            counting.count(candidate, is_audit=is_audit)
            continue
        counting.refuse(candidate, reason)
        if reason in WITHHELD and not is_audit:
            items = (ItemIndex(item) for item in candidate.sealed_items if item < rules.item_count)
            withheld[candidate.submission.worker] += items
    return {worker: items for worker, items in withheld.items() if items}


def _role(candidate: Candidate, rules: Rules) -> tuple[Address, bool]:
    """Return whose submission it is, and whether as a juror.

    Who leaves one of several unpublished has none that counts: one for every label of an item could
    be handed in, and the right one published once audits and others' answers are open. A gateway
    that loses one in order to bar a worker could as well have lost them all.
    """
    return candidate.submission.worker, _is_audit(candidate, rules)


def _fault_of_anchor(candidate: Candidate, batch: Batch, evidence: Evidence) -> Reason | None:
    """Refuse what reached the chain after others were opened, whatever its receipt says."""
    is_audit = _is_audit(candidate, evidence.rules)
    limit = evidence.draw.audits_by if is_audit else evidence.draw.answers_by
    return Reason.ANCHORED_LATE if batch.block_number >= limit else None


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
    """Judge all but what the submission holds: who, when, under which signature."""
    rules, worker = evidence.rules, candidate.submission.worker
    if candidate.submission.task_id != rules.task.task_id:
        return Reason.WRONG_TASK
    fault = _fault_of_clock(candidate, rules)
    if fault:
        return fault
    if _assignment(candidate) in seen:
        return Reason.REPEATED
    if _is_audit(candidate, rules):
        if worker not in evidence.draw.jury.members:
            return Reason.NOT_DRAWN
    elif not rules.has_seat(evidence.stakes.get(worker, Wei(0))):
        return Reason.NO_SEAT
    return None if _is_signed(candidate, rules, is_valid_1271) else Reason.BAD_SIGNATURE


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
    windows = Windows.of(rules.task)
    if not (
        windows.takes_answers(receipt.received_at) or windows.takes_audits(receipt.received_at)
    ):
        return Reason.LATE
    if receipt.received_at > candidate.submission.deadline:
        return Reason.EXPIRED
    return None


def _is_audit(candidate: Candidate, rules: Rules) -> bool:
    """Tell a juror's submission from a worker's by when the gateway received it."""
    receipt = candidate.receipt
    return receipt is not None and Windows.of(rules.task).takes_audits(receipt.received_at)


def _fault_of_payload(candidate: Candidate) -> Reason | None:
    payload, submission = candidate.payload, candidate.submission
    if isinstance(payload, Reason):
        return payload
    said = (payload.task_id, payload.assignment_id, payload.worker)
    if said != (submission.task_id, submission.assignment_id, submission.worker):
        return Reason.WRONG_PAYLOAD
    if _items(payload) != candidate.sealed_items:
        return Reason.WRONG_ITEMS
    try:
        root = commitments_tree(submission.task_id, submission.worker, payload.answers).root
    except TesseraError:
        return Reason.MALFORMED
    return None if root == submission.commitments_root else Reason.WRONG_ROOT


def _items(payload: Payload) -> tuple[int, ...]:
    return tuple(sorted(answer.item for answer in payload.answers))


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
