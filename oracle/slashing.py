"""Carry out the slashes of a final verdict: each is a leaf under the root that operators signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from dao_client.contracts import posted_verdict
from dao_client.contracts.events import VerdictPosted
from dao_client.documents import parse_verdict
from dao_client.encoding import payouts_tree
from dao_client.errors import MalformedDocument
from dao_client.merkle import EMPTY_ROOT
from dao_client.payloads import read_payouts
from dao_client.types import Digest, PayoutLeaf, Verdict
from ipfs_store import Store, cid_from_digest

from .chain import OperatorChain
from .errors import VerdictRefused
from .evidence_reader import EvidenceReader
from .post import first_to


@dataclass(frozen=True, slots=True)
class Slash:
    """One slash and the proof that the verdict has it."""

    verdict: Verdict
    leaf: PayoutLeaf
    proof: tuple[Digest, ...]


def pending_slashes(chain: OperatorChain, store: Store, posted: VerdictPosted) -> Sequence[Slash]:
    """List the slashes of a final verdict that nobody has carried out yet.

    Raise what `signed_slashes` raises.
    """
    slashes = signed_slashes(store, posted)
    if not slashes:
        return ()
    are_done = chain.are_slashed([slash.leaf for slash in slashes])
    return [slash for slash, is_done in zip(slashes, are_done, strict=True) if not is_done]


def signed_slashes(store: Store, posted: VerdictPosted) -> Sequence[Slash]:
    """List all slashes of a verdict with their proofs.

    Raise `EvidenceMissing` while its document is not there, `VerdictRefused` when its rows do not
    have the signed root.
    """
    verdict = posted_verdict(posted)
    if verdict.slashes_root == EMPTY_ROOT:
        return ()
    leaves = _leaves(store, posted)
    tree = payouts_tree(leaves)
    if tree.root != verdict.slashes_root:
        raise VerdictRefused(
            f"the slashes in the verdict document of task {verdict.task_id} have root "
            f"0x{tree.root.hex()}, operators signed 0x{verdict.slashes_root.hex()}: nothing can be "
            "proven with them, find the true document"
        )
    return [Slash(verdict, leaf, tuple(tree.proof(place))) for place, leaf in enumerate(leaves)]


def carry_out(chain: OperatorChain, slash: Slash) -> bool:
    """Slash a worker; tell whether it was this call that did it."""
    return first_to(
        lambda: chain.slash(slash.verdict, slash.leaf, slash.proof),
        lambda: chain.are_slashed([slash.leaf])[0],
    )


def _leaves(store: Store, posted: VerdictPosted) -> Sequence[PayoutLeaf]:
    reader = EvidenceReader(store, (), is_overdue=False)
    what = f"of the verdict of task {posted.task_id}"
    block = reader.require(cid_from_digest(posted.document), f"document {what}")
    try:
        pages = parse_verdict(block).slashes
        for cid in pages:
            reader.require(cid, f"page of slashes {what}")
        rows = read_payouts(store, pages)
    except MalformedDocument as error:
        raise VerdictRefused(f"document {what} is malformed: {error}") from error
    return [PayoutLeaf(posted.task_id, row.index, row.worker, row.amount) for row in rows]
