"""A task with its documents in a store, and a fake chain that says the same."""

from pathlib import Path

from dao_client.contracts.events import SubmissionsAnchored, TaskCreated
from dao_client.documents import (
    AnswersDocument,
    BatchDocument,
    ChoiceAnswer,
    GoldPromise,
    GoldRow,
    Item,
    SealedDocument,
    SubmissionEntry,
    TaskDocument,
    Text,
    build_answers,
    build_batch,
    build_gold,
    build_items,
    build_sealed,
    build_submissions,
    build_task,
)
from dao_client.encoding import anchor_head, commitments_tree, submissions_tree
from dao_client.gold import gold_root
from dao_client.keys import LocalSigner
from dao_client.messages import submission_digest, submission_message
from dao_client.types import (
    Anchor,
    Answer,
    Digest,
    ItemIndex,
    Receipt,
    Submission,
    SubmissionLeaf,
    Task,
    TaskId,
    Timestamp,
    Wei,
)
from ipfs_store import FolderStore, Store, cid_of, digest_of_cid
from oracle.aggregate import TASK_METHODS
from tests.oracle.fake_chain import DUE, PLACE, REVEAL, SUBMIT, FakeChain
from tests.oracle.tasks import DOMAIN, GOLD, NOBODY, PRICE, SEAT, TASK_ID, WORKERS, answers_of

ITEMS = tuple(Item(f"pet-{place}", Text("Which is it?")) for place in range(3))


def settled_world(
    folder: Path, method: str = "majority", *, is_gold_open: bool = True
) -> tuple[FakeChain, FolderStore]:
    """Build a task with one anchored batch: two workers agree, the third says dog each time.

    The requester's gold agrees with the two, so who is paid does not hang on ties.
    """
    store = FolderStore(folder)
    document = TaskDocument(
        title="Pets",
        instructions="Name it.",
        answer=ChoiceAnswer(("cat", "dog")),
        overlap=3,
        item_count=3,
        pages=tuple(map(store.put_block, build_items(ITEMS))),
        method=TASK_METHODS[method].method,
        seat_size=SEAT,
        gold=_promise_gold(store, is_open=is_gold_open),
    )
    spec = Digest(digest_of_cid(store.put_block(build_task(document))))
    said = ({0: "cat", 1: "dog", 2: "cat"},) * 2 + ({0: "dog", 1: "dog", 2: "dog"},)
    entries = [
        entry_of(store, worker, answers_of(values))
        for worker, values in zip(WORKERS, said, strict=True)
    ]
    event = anchored(store, entries)
    task = task_with([event])
    created = TaskCreated(
        PLACE, TASK_ID, NOBODY, NOBODY, NOBODY, PRICE, Wei(1_000), spec, SUBMIT, REVEAL, DUE
    )
    return FakeChain(created, task, [event]), store


def _promise_gold(store: Store, *, is_open: bool) -> GoldPromise:
    rows = [
        GoldRow(ItemIndex(item), ("cat", "dog")[label], bytes([item + 1]) * 32)
        for item, label in enumerate(GOLD)
    ]
    block = build_gold(rows)
    if is_open:
        store.put_block(block)
    return GoldPromise(gold_root(rows), cid_of(block), len(rows))


def task_with(events: list[SubmissionsAnchored], has_forced: bool = False) -> Task:
    """Return what the escrow holds after these anchors."""
    head = anchor_head(Anchor(event.root, event.answers) for event in events)
    total = sum(event.answers for event in events)
    return Task(
        TASK_ID, NOBODY, NOBODY, NOBODY, PRICE, Wei(1_000), Wei(0), SUBMIT, REVEAL, DUE, total,
        len(events), head, has_forced, Digest(bytes(32)), Wei(0), False, False,
    )  # fmt: skip


def entry_of(store: Store, worker: LocalSigner, answers: tuple[Answer, ...]) -> SubmissionEntry:
    """Store a worker's answers, revealed, and sign the sealed submission of them."""
    block = build_answers(AnswersDocument(TASK_ID, 1, worker.address, answers))
    sealed = SealedDocument(
        task_id=TASK_ID,
        assignment_id=1,
        worker=worker.address,
        items=tuple(answer.item for answer in answers),
        answers=store.put_block(block),
        ciphertext=b"",
        boxes={},
    )
    cid = store.put_block(build_sealed(sealed))
    submission = Submission(
        TaskId(TASK_ID),
        1,
        worker.address,
        commitments_tree(TASK_ID, worker.address, answers).root,
        Digest(digest_of_cid(cid)),
        SUBMIT,
    )
    receipt = Receipt(submission_digest(submission, DOMAIN), Timestamp(900), Timestamp(1_900))
    signature = worker.sign_typed(submission_message(submission, DOMAIN))
    return SubmissionEntry(submission, signature, receipt, bytes(65), len(answers))


def anchored(store: Store, entries: list[SubmissionEntry]) -> SubmissionsAnchored:
    """Store a batch of submissions and anchor it."""
    pages = tuple(store.put_block(page) for page in build_submissions(entries))
    total = sum(entry.answer_count for entry in entries)
    evidence = store.put_block(build_batch(BatchDocument(TASK_ID, total, pages)))
    leaves = [
        SubmissionLeaf(
            TASK_ID,
            index,
            entry.submission.worker,
            entry.answer_count,
            submission_digest(entry.submission, DOMAIN),
        )
        for index, entry in enumerate(entries)
    ]
    root = submissions_tree(leaves).root
    return SubmissionsAnchored(PLACE, TASK_ID, root, total, Digest(digest_of_cid(evidence)))
