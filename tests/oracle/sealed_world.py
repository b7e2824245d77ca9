"""A task whose worker sealed its answers to the three operators; nobody has opened them yet."""

from dataclasses import replace
from pathlib import Path

from dao_client.canonical import digest_of
from dao_client.documents import (
    AnswersDocument,
    SealedDocument,
    SubmissionEntry,
    build_answers,
    build_sealed,
    parse_sealed,
    parse_task,
)
from dao_client.keys import LocalSigner
from dao_client.messages import submission_digest, submission_message
from dao_client.sealing import seal
from dao_client.types import Phase, Timestamp
from ipfs_store import Cid, FolderStore, Store, cid_from_digest, cid_of
from tests.oracle.fake_chain import KEYS, REVEAL, SUBMIT, FakeChain
from tests.oracle.tasks import DOMAIN, TASK_ID, answers_of, honest_worker
from tests.oracle.worlds import anchored, entry_of, settled_world, task_with

ANSWERS = answers_of({0: "cat", 1: "dog", 2: "cat"})
BLOCK = build_answers(AnswersDocument(TASK_ID, 1, honest_worker.address, ANSWERS))
INSIDE: Cid = cid_of(BLOCK)
OPENING = Timestamp(SUBMIT + (REVEAL - SUBMIT) // 3)


class Scratch:
    """Takes what must not be in the world's store."""

    def put_block(self, block: bytes) -> Cid:
        return cid_of(block)


def sealed_world(folder: Path) -> tuple[FakeChain, FolderStore]:
    """Anchor the honest worker's answers alone; it is the opening deadline."""
    chain, full = settled_world(folder / "before")
    store = FolderStore(folder / "store")
    spec = full.get_block(cid_from_digest(chain.created.spec))
    gold = parse_task(spec).gold
    for block in (spec, full.get_block(gold.document)):
        store.put_block(block)
    chain.phase, chain.now = Phase.REVEAL, OPENING
    anchor_entries(chain, store, [seal_entry(chain, full, store)])
    return chain, store


def seal_entry(
    chain: FakeChain,
    tasks: Store,
    store: Store,
    signer: LocalSigner = honest_worker,
    keys: dict = KEYS,
    signed_until: Timestamp = SUBMIT,
    **changes: object,
) -> SubmissionEntry:
    """Seal, change what the test falsifies, and sign that."""
    task = parse_task(tasks.get_block(cid_from_digest(chain.created.spec)))
    sealed = parse_sealed(seal(BLOCK, task, keys))
    return sign_sealed(store, signer, replace(sealed, **changes), signed_until)


def sign_sealed(
    store: Store, worker: LocalSigner, sealed: SealedDocument, signed_until: Timestamp = SUBMIT
) -> SubmissionEntry:
    """Put a sealed document into the store, as a gateway does, under the worker's signature."""
    block = build_sealed(sealed)
    store.put_block(block)
    entry = entry_of(Scratch(), worker, ANSWERS)
    submission = replace(entry.submission, sealed_digest=digest_of(block), deadline=signed_until)
    receipt = replace(entry.receipt, submission_hash=submission_digest(submission, DOMAIN))
    signature = worker.sign_typed(submission_message(submission, DOMAIN))
    return replace(entry, submission=submission, signature=signature, receipt=receipt)


def anchor_entries(chain: FakeChain, store: Store, entries: list[SubmissionEntry]) -> None:
    event = anchored(store, entries)
    chain.anchored, chain.found_task = [event], task_with([event])
