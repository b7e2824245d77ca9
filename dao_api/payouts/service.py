"""List who is paid for a task: by its verdict, or the flat price once it expired without one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dao_api.chain import ChainView
from dao_api.errors import PayoutsUnknown
from dao_api.payouts.flat import FlatPayouts
from dao_api.tasks.repository import TaskRepository
from dao_api.tasks.service import TaskService
from dao_api.verdicts.service import VerdictService
from dao_client.encoding import payout_leaf
from dao_client.merkle import StandardMerkleTree
from dao_client.messages import Domain
from dao_client.types import Address, Anchor, Digest, PayoutLeaf, Phase, SubmissionLeaf, TaskId, Wei
from ipfs_store import Store


@dataclass(frozen=True, slots=True)
class Payout:
    """One leaf that pays; `flat` tells of an anchored submission, none for a verdict's leaf.

    With an `entry_seat` the leaf names a purse as `payee`, and the pay is held as stake.
    """

    index: int
    worker: Address
    amount: int
    proof: Callable[[], Sequence[bytes]]
    payee: Address
    entry_seat: Wei | None = None
    flat: tuple[int, SubmissionLeaf] | None = None


@dataclass(frozen=True, slots=True)
class PayoutList:
    """All payouts of a task; `anchors` is what `claim_flat` needs, empty for a verdict."""

    phase: Phase
    payouts: tuple[Payout, ...]
    anchors: tuple[Anchor, ...]


class PayoutService:
    """Finds payouts, and asks the chain which were claimed."""

    def __init__(
        self,
        view: ChainView,
        store: Store,
        verdicts: VerdictService,
        tasks: TaskService,
        task_rows: TaskRepository,
        domain: Domain,
    ) -> None:
        self._view = view
        self._verdicts = verdicts
        self._tasks = tasks
        self._task_rows = task_rows
        self._flat = FlatPayouts(store, domain)

    def payouts(self, task_id: TaskId) -> PayoutList:
        """Return every payout of a task, in the order of the tree."""
        phase = self._tasks.phase(task_id)
        if phase is Phase.CANCELLED:
            raise PayoutsUnknown(f"task {task_id} is cancelled: nobody is paid")
        if phase is Phase.EXPIRED:
            return self._flat_payouts(task_id)
        checked = self._verdicts.verdict(task_id)
        entry_stake = self._view.entry_stake()
        payouts = tuple(
            Payout(
                row.index,
                row.worker,
                row.amount,
                _proof(checked.payouts_tree, row.index),
                payout_leaf(task_id, row, entry_stake).worker,
                row.entry_seat,
            )
            for row in checked.payouts
        )
        return PayoutList(phase, payouts, ())

    def are_claimed(self, task_id: TaskId, payouts: Sequence[Payout]) -> list[bool]:
        """Tell which of some payouts of one task were claimed, or credited if they are held."""
        if any(payout.flat is not None for payout in payouts):
            places = [(task_id, each.flat[0], each.index) for each in payouts if each.flat]
            return self._view.are_flat_claimed(places)
        held = [each.index for each in payouts if each.entry_seat is not None]
        credited = dict(
            zip(held, self._view.are_credited([(task_id, each) for each in held]), strict=True)
        )
        claimed = self._view.are_claimed([_leaf(task_id, payout) for payout in payouts])
        return [
            credited.get(payout.index, is_claimed)
            for payout, is_claimed in zip(payouts, claimed, strict=True)
        ]

    def _flat_payouts(self, task_id: TaskId) -> PayoutList:
        price = self._tasks.task(task_id).flat_price
        rows = self._task_rows.anchors(task_id)
        payouts = tuple(
            Payout(
                leaf.index,
                leaf.worker,
                leaf.answers * price,
                _proof(batch.tree, leaf.index),
                leaf.worker,
                flat=(position, leaf),
            )
            for position, batch in enumerate(self._flat.batches(rows))
            for leaf in batch.leaves
        )
        anchors = tuple(Anchor(Digest(row.root), row.answers) for row in rows)
        return PayoutList(Phase.EXPIRED, payouts, anchors)


def _proof(tree: StandardMerkleTree, place: int) -> Callable[[], Sequence[bytes]]:
    """Put the work of a proof off until its page is shown."""
    return lambda: tree.proof(place)


def _leaf(task_id: TaskId, payout: Payout) -> PayoutLeaf:
    return PayoutLeaf(task_id, payout.index, payout.payee, Wei(payout.amount))
