"""A small task with three workers, built by hand, for tests of the stages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dao_client.documents import History
from dao_client.encoding import commitments_tree, submissions_tree
from dao_client.keys import LocalSigner
from dao_client.messages import Domain, submission_digest, submission_message
from dao_client.types import (
    Address,
    Anchor,
    Answer,
    BlockNumber,
    Bps,
    Digest,
    ItemIndex,
    Json,
    Receipt,
    Submission,
    SubmissionLeaf,
    Task,
    TaskId,
    Timestamp,
    Wei,
)
from oracle.aggregate import TASK_METHODS
from oracle.jury import Jury
from oracle.types import Batch, Candidate, Draw, Evidence, Payload, Reason, Rules

NOBODY = Address("0x0000000000000000000000000000000000000000")
DOMAIN = Domain(chain_id=1337, verifying_contract=Address("0x" + "11" * 20))
TASK_ID = TaskId(7)
DEADLINE = Timestamp(1_000)
SEAT = Wei(100)
PRICE = Wei(10)

honest_worker = LocalSigner(b"\x01" * 32)
careful_worker = LocalSigner(b"\x02" * 32)
lazy_worker = LocalSigner(b"\x03" * 32)
WORKERS = (honest_worker, careful_worker, lazy_worker)
JURORS = tuple(LocalSigner(bytes([number] * 32)) for number in range(0x21, 0x26))
GOLD = (0, 1, 0)
"""Cat, dog, cat."""
SEED = b"\x07" * 32
JURY = Jury(tuple(sorted(juror.address for juror in JURORS)), (), SEED)


def rules(**changes: object) -> Rules:
    task = Task(
        TASK_ID, NOBODY, NOBODY, NOBODY, PRICE, Wei(1_000), Wei(0), DEADLINE,
        Timestamp(2_000), Timestamp(3_000), 0, 0, b"", False, Digest(bytes(32)), Wei(0), False,
        False,
    )  # fmt: skip
    plain = Rules(
        task=task,
        domain=DOMAIN,
        labels=("cat", "dog"),
        item_count=3,
        overlap=3,
        seat_size=SEAT,
        method=TASK_METHODS["majority"].method,
        payable=Wei(1_000),
        slash_bps=Bps(3_000),
        weight_cap=2,
        has_entry=False,
        entry_stake=Address("0x" + "33" * 20),
        error_limit=None,
    )
    return replace(plain, **changes)


def answers_of(values: Mapping[int, Json]) -> tuple[Answer, ...]:
    return tuple(
        Answer(item=ItemIndex(item), value=value, salt=bytes([item % 256] * 32))
        for item, value in sorted(values.items())
    )


def candidate(
    worker: LocalSigner, values: Mapping[int, Json], leaf: int = 0, assignment: int = 1
) -> Candidate:
    """Build a sound submission of one worker, anchored in the first batch."""
    answers = answers_of(values)
    submission = Submission(
        task_id=TASK_ID,
        assignment_id=assignment,
        worker=worker.address,
        commitments_root=commitments_tree(TASK_ID, worker.address, answers).root,
        sealed_digest=Digest(b"\x05" * 32),
        deadline=DEADLINE,
    )
    return signed(worker, submission, answers, leaf)


def audit(
    juror: LocalSigner, values: Mapping[int, Json], leaf: int = 0, received_at: int = 1_400
) -> Candidate:
    """Build a juror's submission, received in the audit window."""
    answers = answers_of(values)
    submission = Submission(
        task_id=TASK_ID,
        assignment_id=99,
        worker=juror.address,
        commitments_root=commitments_tree(TASK_ID, juror.address, answers).root,
        sealed_digest=Digest(b"\x06" * 32),
        deadline=Timestamp(1_666),
    )
    return signed(juror, submission, answers, leaf, received_at)


def signed(
    worker: LocalSigner,
    submission: Submission,
    answers: Sequence[Answer],
    leaf: int = 0,
    received_at: int = 900,
) -> Candidate:
    """Sign a submission as it is and give it a receipt and its payload."""
    digest = submission_digest(submission, DOMAIN)
    payload = Payload(
        submission.task_id, submission.assignment_id, submission.worker, tuple(answers)
    )
    return Candidate(
        position=(0, 0, leaf),
        submission=submission,
        payload=payload,
        sealed_items=tuple(sorted(answer.item for answer in answers)),
        signature=worker.sign_typed(submission_message(submission, DOMAIN)),
        receipt=Receipt(digest, Timestamp(received_at), Timestamp(1_900)),
        answer_count=len(answers),
    )


def forced(of: Candidate, log: int = 0, payload: Payload | Reason | None = None) -> Candidate:
    """Turn a submission into one that went straight to the contract."""
    return replace(
        of, position=(1, 5, log), signature=None, receipt=None, payload=payload or of.payload
    )


def batch(*candidates: Candidate, block: int = 10) -> Batch:
    """Anchor submissions together; answers are in time before block 50, audits before 60."""
    leaves = [
        SubmissionLeaf(
            TASK_ID,
            index,
            each.submission.worker,
            each.answer_count,
            submission_digest(each.submission, DOMAIN),
        )
        for index, each in enumerate(candidates)
    ]
    total = sum(each.answer_count for each in candidates)
    return Batch(
        0, Anchor(submissions_tree(leaves).root, total), BlockNumber(block), tuple(candidates)
    )


def evidence(
    *batches: Batch,
    forced: Sequence[Candidate] = (),
    stakes: Mapping[Address, Wei] | None = None,
    gold: Mapping[int, int] | None = None,
    histories: Mapping[Address, History] | None = None,
    rate: int = 500,
    **changes: object,
) -> Evidence:
    full = {worker.address: SEAT for worker in WORKERS}
    return Evidence(
        rules=rules(**changes),
        batches=batches,
        forced=tuple(forced),
        stakes=full if stakes is None else stakes,
        draw=Draw(SEED, Bps(rate), JURY, BlockNumber(50), BlockNumber(60)),
        histories=histories or {},
        gold=gold or {},
    )


def three_workers() -> Evidence:
    """Two workers agree with the gold on everything, the third says dog each time."""
    return evidence(
        batch(
            candidate(honest_worker, {0: "cat", 1: "dog", 2: "cat"}, leaf=0),
            candidate(careful_worker, {0: "cat", 1: "dog", 2: "cat"}, leaf=1),
            candidate(lazy_worker, {0: "dog", 1: "dog", 2: "dog"}, leaf=2),
        ),
        gold=dict(enumerate(GOLD)),
    )
