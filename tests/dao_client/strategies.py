"""Random values of every type that documents and messages hold."""

from eth_utils import to_checksum_address
from hypothesis import strategies as st

from dao_client.documents import (
    AnswersDocument,
    BatchDocument,
    ChoiceAnswer,
    ForcedSubmission,
    Image,
    Item,
    LabelRow,
    Outcome,
    PayoutRow,
    RefusalRow,
    Snapshot,
    SnapshotBatch,
    SnapshotBlock,
    SubmissionEntry,
    TaskDocument,
    Text,
    VerdictDocument,
)
from dao_client.types import Answer, Method, Receipt, Submission, Verdict
from ipfs_store import cid_from_digest

words = st.binary(min_size=32, max_size=32)
uints = st.integers(0, 2**256 - 1)
counts = st.integers(0, 2**53 - 1)
addresses = st.binary(min_size=20, max_size=20).map(to_checksum_address)
cids = words.map(cid_from_digest)
pages = st.lists(cids, max_size=3).map(tuple)
texts = st.text(st.characters(blacklist_categories=("Cs",)), max_size=20)
names = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=20)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)

methods = st.builds(
    Method, names, st.just("1"), st.dictionaries(names, st.integers(0, 1000) | texts, max_size=3)
)
tasks = st.builds(
    TaskDocument,
    title=names,
    instructions=texts,
    answer=st.lists(names, min_size=2, max_size=5, unique=True).map(tuple).map(ChoiceAnswer),
    overlap=st.integers(1, 1000),
    item_count=st.integers(1, 1 << 20),
    pages=st.lists(cids, min_size=1, max_size=3).map(tuple),
    method=methods,
    seat_size=uints,
)
contents = st.builds(Text, texts) | st.builds(Image, cids)
items = st.lists(st.builds(Item, names, contents), min_size=1, unique_by=lambda item: item.id)
answers = st.lists(
    st.builds(Answer, counts, json_values, words),
    min_size=1,
    max_size=8,
    unique_by=lambda answer: answer.item,
)
answers_documents = st.builds(
    AnswersDocument,
    counts,
    uints,
    addresses,
    answers.map(lambda given: tuple(sorted(given, key=lambda answer: answer.item))),
)
submissions = st.builds(Submission, counts, uints, addresses, words, words, counts)
receipts = st.builds(Receipt, words, counts, counts)
verdicts = st.builds(Verdict, uints, words, words, words, words, uints, words)
signatures = st.binary(max_size=130)
entries = st.lists(
    st.builds(SubmissionEntry, submissions, signatures, receipts, signatures, st.integers(1, 99)),
    min_size=1,
    max_size=4,
)
batches = st.builds(
    BatchDocument, counts, counts, st.lists(cids, min_size=1, max_size=3).map(tuple)
)
forced = st.lists(
    st.builds(ForcedSubmission, addresses, uints, words, cids, counts, counts),
    min_size=1,
    max_size=5,
    unique_by=lambda entry: (entry.block_number, entry.log_index),
)
stakes = st.dictionaries(addresses, uints, min_size=1, max_size=5)
snapshots = st.builds(
    Snapshot,
    chain_id=counts,
    escrow=addresses,
    task_id=counts,
    block=st.builds(SnapshotBlock, counts, words, counts),
    beacon=st.builds(SnapshotBlock, counts, words, counts),
    spec=cids,
    batches=st.lists(st.builds(SnapshotBatch, words, counts, cids), max_size=3).map(tuple),
    forced=pages,
    stakes=pages,
    missing=pages,
    histories=pages,
    sources=pages,
    reputation=pages,
)
outcomes = st.builds(Outcome, counts, counts, counts, st.booleans())
verdict_documents = st.builds(
    VerdictDocument, counts, cids, methods, pages, pages, pages, pages, outcomes
)
label_rows = st.lists(
    st.builds(LabelRow, counts, json_values, st.integers(0, 10_000)),
    min_size=1,
    unique_by=lambda row: row.item,
)
payout_rows = st.lists(
    st.builds(PayoutRow, counts, addresses, uints), min_size=1, unique_by=lambda row: row.index
)
refusal_rows = st.lists(
    st.builds(RefusalRow, addresses, uints, st.none() | counts, names), min_size=1
)
