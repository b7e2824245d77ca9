"""Carry out the slashes of a final verdict: each is a leaf under the root that operators signed."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from dao_client.contracts import posted_verdict
from dao_client.contracts.events import VerdictPosted
from dao_client.documents import parse_verdict
from dao_client.encoding import payouts_tree
from dao_client.errors import MalformedDocument
from dao_client.merkle import EMPTY_ROOT
from dao_client.payloads import read_payouts
from dao_client.types import Digest, PayoutLeaf, TaskId, Verdict
from ipfs_store import Store, cid_from_digest

from .chain import OperatorChain
from .errors import EvidenceMissing, VerdictRefused
from .evidence_reader import EvidenceReader
from .post import first_to
from .signatures import SignedVerdict


@dataclass(frozen=True, slots=True)
class Slash:
    """One slash and the proof that the verdict has it."""

    verdict: Verdict
    leaf: PayoutLeaf
    proof: tuple[Digest, ...]


def pending_slashes(
    chain: OperatorChain, store: Store, posted: VerdictPosted, own: SignedVerdict | None = None
) -> Sequence[Slash]:
    """List the slashes of a final verdict that nobody has carried out yet.

    Raise what `signed_slashes` raises.
    """
    slashes = signed_slashes(store, posted, own)
    if not slashes:
        return ()
    are_done = chain.are_slashed([slash.leaf for slash in slashes])
    return [slash for slash, is_done in zip(slashes, are_done, strict=True) if not is_done]


def signed_slashes(
    store: Store, posted: VerdictPosted, own: SignedVerdict | None = None
) -> Sequence[Slash]:
    """List all slashes of a verdict with their proofs.

    The digest of the document is not signed: whoever posts may name another one. So an operator
    that signed this very verdict (`own`) reads the document it computed itself, and the posted one
    only when that is gone. Raise `EvidenceMissing` while the document is not there,
    `VerdictRefused` when its rows do not have the signed root.
    """
    verdict = posted_verdict(posted)
    if verdict.slashes_root == EMPTY_ROOT:
        return ()
    if own is not None and own.verdict == verdict:
        with contextlib.suppress(EvidenceMissing, VerdictRefused):
            return _slashes(store, verdict, own.document)
    return _slashes(store, verdict, posted.document)


def carry_out(chain: OperatorChain, slash: Slash) -> bool:
    """Slash a worker; tell whether it was this call that did it."""
    return first_to(
        lambda: chain.slash(slash.verdict, slash.leaf, slash.proof),
        lambda: chain.are_slashed([slash.leaf])[0],
    )


def _slashes(store: Store, verdict: Verdict, document: Digest) -> Sequence[Slash]:
    """Prove every row of a document; refuse rows that do not have the signed root."""
    leaves = _leaves(store, verdict.task_id, document)
    tree = payouts_tree(leaves)
    if tree.root != verdict.slashes_root:
        raise VerdictRefused(
            f"the slashes in the verdict document of task {verdict.task_id} have root "
            f"0x{tree.root.hex()}, operators signed 0x{verdict.slashes_root.hex()}: nothing can be "
            "proven with them, find the true document"
        )
    return [Slash(verdict, leaf, tuple(tree.proof(place))) for place, leaf in enumerate(leaves)]


def _leaves(store: Store, task_id: TaskId, document: Digest) -> Sequence[PayoutLeaf]:
    reader = EvidenceReader(store, (), is_overdue=False)
    what = f"of the verdict of task {task_id}"
    block = reader.require(cid_from_digest(document), f"document {what}")
    try:
        pages = parse_verdict(block).slashes
        for cid in pages:
            reader.require(cid, f"page of slashes {what}")
        rows = read_payouts(store, pages)
    except MalformedDocument as error:
        raise VerdictRefused(f"document {what} is malformed: {error}") from error
    return [PayoutLeaf(task_id, row.index, row.worker, row.amount) for row in rows]
