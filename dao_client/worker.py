"""Answer a task from a wallet: commit, seal, sign, and hand in by a gateway or around it."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dao_client.canonical import digest_of, to_canonical
from dao_client.chain import Mined
from dao_client.deployment import System
from dao_client.documents import (
    Acceptance,
    AnswersDocument,
    SubmissionRequest,
    TaskDocument,
    build_answers,
    check_answers,
    parse_task,
)
from dao_client.encoding import commitments_tree
from dao_client.errors import DeploymentUnknown, MalformedDocument
from dao_client.gateway import GatewayClient
from dao_client.keys import Signer
from dao_client.messages import receipt_digest, submission_digest, submission_message, verify
from dao_client.operators import keys_to_seal_to
from dao_client.sealing import seal
from dao_client.transactions import Sender
from dao_client.types import Address, Answer, Digest, ItemIndex, Json, Submission, TaskId, Timestamp
from dao_client.wallets import erc1271
from dao_client.windows import Windows
from ipfs_store import Store, cid_from_digest

SALT_BYTES = 32
ASSIGNMENT_BYTES = 8

Answers = Mapping[ItemIndex, Json]


@dataclass(frozen=True, slots=True)
class SealedAnswers:
    """What is handed in, and the block of the answers document inside: keep that until the end."""

    request: SubmissionRequest
    answers: bytes


def read_task(system: System, store: Store, task_id: TaskId) -> TaskDocument:
    """Read what a task asks, by the digest that its creation left on the chain."""
    return parse_task(store.get_block(cid_from_digest(spec_of(system, task_id))))


def spec_of(system: System, task_id: TaskId) -> Digest:
    """Return the digest of the task document."""
    event = system.task_escrow.creation(task_id, system.first_block)
    if event is None:
        raise DeploymentUnknown(
            f"task {task_id} does not exist in the escrow {system.task_escrow.address}: "
            "`tessera task list` shows those that do"
        )
    return event.spec


def build_submission(
    system: System,
    signer: Signer,
    task_id: TaskId,
    task: TaskDocument,
    answers: Answers,
    *,
    keys: Mapping[Address, bytes] | None = None,
    assignment_id: int | None = None,
    salt: Callable[[int], bytes] = secrets.token_bytes,
) -> SealedAnswers:
    """Commit to the answers with fresh salts, seal and sign; valid while the task takes them.

    They are sealed to the operators' `keys`: those on chain, unless the caller has read them
    before. Without any (`{}`) the worker alone can reveal them. A juror answers by this call too.
    """
    chosen = assignment_of(signer.address, task_id, answers)
    document = AnswersDocument(
        task_id,
        chosen if assignment_id is None else assignment_id,
        signer.address,
        tuple(Answer(item, answers[item], salt(SALT_BYTES)) for item in sorted(answers)),
    )
    check_against(task, document)
    block = build_answers(document)
    sealed = seal(block, task, keys_to_seal_to(system) if keys is None else keys)
    submission = Submission(
        task_id,
        document.assignment_id,
        signer.address,
        commitments_tree(task_id, signer.address, document.answers).root,
        digest_of(sealed),
        _valid_until(system, task_id),
    )
    signature = signer.sign_typed(submission_message(submission, system.escrow_domain))
    return SealedAnswers(SubmissionRequest(submission, signature, sealed), block)


def assignment_of(worker: Address, task_id: TaskId, answers: Answers) -> int:
    """Name an assignment after its items, so that the same items again are the same assignment."""
    named: list[Json] = [worker, task_id, [*sorted(answers)]]
    return int.from_bytes(digest_of(to_canonical(named))[:ASSIGNMENT_BYTES], "big")


def check_against(task: TaskDocument, document: AnswersDocument) -> None:
    """Refuse answers that the task does not ask for, before anything is signed away."""
    if not document.answers:
        raise MalformedDocument("there is no answer to hand in: answer at least one item")
    check_answers(document, task)


def submit(system: System, gateway: GatewayClient, request: SubmissionRequest) -> Acceptance:
    """Hand a submission in and check the receipt: it is what convicts a gateway that cheats."""
    acceptance = gateway.submit(request)
    submission = request.submission
    expected = submission_digest(submission, system.escrow_domain)
    if acceptance.receipt.submission_hash != expected:
        raise MalformedDocument(
            f"the receipt is for 0x{acceptance.receipt.submission_hash.hex()}, not for this "
            f"submission 0x{expected.hex()}: hand in by --force-inclusion instead"
        )
    signer = system.task_escrow.task(submission.task_id).gateway
    digest = receipt_digest(acceptance.receipt, system.escrow_domain)
    verify(signer, digest, acceptance.receipt_signature, erc1271(system.chain))
    return acceptance


def force(system: System, sender: Sender, store: Store, request: SubmissionRequest) -> Mined:
    """Hand a submission in around the gateway: the store must be one that operators can read."""
    store.put_block(request.sealed)
    submission = request.submission
    return sender.send(
        system.task_escrow.force_submission(
            submission.task_id,
            submission.assignment_id,
            submission.commitments_root,
            submission.sealed_digest,
        )
    )


def _valid_until(system: System, task_id: TaskId) -> Timestamp:
    """Sign for the window that is open or comes next: first the workers', then the jurors'."""
    windows = Windows.of(system.task_escrow.task(task_id))
    is_worker = windows.takes_answers(system.chain.clock())
    return windows.submit_deadline if is_worker else windows.audit_deadline
