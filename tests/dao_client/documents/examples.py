"""One small valid document of each kind, for tests that change one thing in it."""

from typing import Any

from dao_client.canonical import from_canonical, to_canonical
from dao_client.documents import (
    AnswersDocument,
    BatchDocument,
    ChoiceAnswer,
    ForcedSubmission,
    GoldRow,
    History,
    Image,
    Item,
    Kind,
    LabelRow,
    Outcome,
    PayoutRow,
    RefusalRow,
    ReputationRow,
    SealedDocument,
    Snapshot,
    SnapshotBatch,
    SnapshotBlock,
    SubmissionEntry,
    TaskDocument,
    Text,
    VerdictDocument,
    build_answers,
    build_batch,
    build_forced,
    build_gold,
    build_histories,
    build_items,
    build_labels,
    build_missing,
    build_payouts,
    build_refusals,
    build_reputation,
    build_sealed,
    build_snapshot,
    build_stakes,
    build_submissions,
    build_task,
    build_verdict,
)
from dao_client.types import Address, Answer, Method, Receipt, Submission
from ipfs_store import cid_of

WORKER = Address("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
PAGE = cid_of(b"a page")
METHOD = Method("majority", "1", {})
WORD = b"\1" * 32
TASK = TaskDocument("Digits", "Name it.", ChoiceAnswer(("0", "1")), 3, 2, (PAGE,), METHOD, 10**18)
ITEMS = (Item("a", Text("one?")), Item("b", Image(cid_of(b"an image"))))
ANSWERS = AnswersDocument(7, 0, WORKER, (Answer(0, "1", WORD), Answer(1, "0", b"\2" * 32)))
SUBMISSION = Submission(7, 0, WORKER, WORD, WORD, 1_000)
ENTRY = SubmissionEntry(SUBMISSION, b"\3" * 65, Receipt(WORD, 900, 960), b"\4" * 65, 2)
FORCED = ForcedSubmission(WORKER, 1, WORD, PAGE, 12, 0)
SNAPSHOT = Snapshot(
    chain_id=1337,
    escrow=WORKER,
    task_id=7,
    block=SnapshotBlock(20, WORD, 1_100),
    beacon=SnapshotBlock(18, WORD, 1_050),
    spec=PAGE,
    batches=(SnapshotBatch(WORD, 2, PAGE),),
    forced=(PAGE,),
    stakes=(PAGE,),
    missing=(PAGE,),
    histories=(PAGE,),
    sources=(PAGE,),
    reputation=(PAGE,),
)
HISTORY = History(score=1_400_000_000, possible=1_440_000_000)
REPUTATION = ReputationRow(WORKER, 3, 3, HISTORY, History(0, 0), HISTORY)
OUTCOME = Outcome(health=800_000_000, audited=2, errors=1, is_delivered=True)
VERDICT = VerdictDocument(7, PAGE, METHOD, (PAGE,), (PAGE,), (), (PAGE,), OUTCOME)
SEALED = SealedDocument(7, 0, WORKER, (0, 1), PAGE, b"\5" * 60, {WORKER: b"\6" * 80})

BLOCKS = {
    Kind.TASK: build_task(TASK),
    Kind.ITEMS: build_items(ITEMS)[0],
    Kind.ANSWERS: build_answers(ANSWERS),
    Kind.BATCH: build_batch(BatchDocument(7, 2, (PAGE,))),
    Kind.SUBMISSIONS: build_submissions([ENTRY])[0],
    Kind.SNAPSHOT: build_snapshot(SNAPSHOT),
    Kind.SEALED: build_sealed(SEALED),
    Kind.FORCED: build_forced([FORCED])[0],
    Kind.STAKES: build_stakes({WORKER: 10**18})[0],
    Kind.MISSING: build_missing([cid_of(b"a lost page")])[0],
    Kind.GOLD: build_gold([GoldRow(0, "1", b"\7" * 32)]),
    Kind.HISTORIES: build_histories({WORKER: HISTORY})[0],
    Kind.REPUTATION: build_reputation([REPUTATION])[0],
    Kind.VERDICT: build_verdict(VERDICT),
    Kind.LABELS: build_labels([LabelRow(0, "1", 9_000), LabelRow(1, "0", 10_000)])[0],
    Kind.PAYOUTS: build_payouts([PayoutRow(0, WORKER, 2 * 10**17)])[0],
    Kind.REFUSALS: build_refusals([RefusalRow(WORKER, 0, None, "bad signature")])[0],
}


def changed(block: bytes, path: str, value: Any) -> bytes:
    """Set the member at a path such as `answers.0.item`, or remove it when the value is `...`."""
    document: Any = from_canonical(block)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    inner = document
    for part in parents:
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return to_canonical(document)
