"""Keep stake that a verdict would slash from leaving while the verdict can still be disputed.

Stake is on its way out for a week; a dispute may take longer, and whoever is slashed may have
bought it. Anyone may restart such a clock (`VerdictOracle.delay_worker`), as often as it lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dao_client.contracts.events import VerdictPosted
from dao_client.types import Phase, Timestamp
from ipfs_store import Store

from .chain import OperatorChain
from .post import first_to
from .signatures import SignedVerdict
from .slashing import Slash, signed_slashes

SOON_SECONDS = 2 * 86_400
"""A withdrawal is delayed when it has less time left. An unbonding time is three days or more, so a
delay serves for a day or more, and operators may all be away for almost two."""
PAUSE_SECONDS = 3_600
"""After a look at a verdict that found nothing, how long until the next one."""
DELAYABLE = (Phase.CHALLENGE, Phase.DISPUTED)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Stake on its way out that the slash would miss."""

    slash: Slash
    ends_at: Timestamp


@dataclass
class Watch:
    """Look at the withdrawals of verdicts that are not final, by the clock of the chain."""

    chain: OperatorChain
    store: Store
    _rests_until: dict[VerdictPosted, int] = field(default_factory=dict)

    def ending(
        self, posted: VerdictPosted, own: SignedVerdict | None = None
    ) -> Sequence[Withdrawal]:
        """List the withdrawals that end soon, one for each worker whom the verdict slashes.

        Raise what `signed_slashes` raises.
        """
        now = self.chain.clock()
        if now < self._rests_until.get(posted, 0):
            return ()
        found = self._ending_before(now + SOON_SECONDS, posted, own)
        if not found:
            self._rests_until[posted] = now + PAUSE_SECONDS
        return found

    def _ending_before(
        self, limit: int, posted: VerdictPosted, own: SignedVerdict | None
    ) -> Sequence[Withdrawal]:
        signed = signed_slashes(self.store, posted, own)
        slashes = {slash.leaf.worker: slash for slash in signed}
        if not slashes:
            return ()
        unbondings = self.chain.unbondings(posted.task_id, list(slashes))
        return [
            Withdrawal(slashes[worker], unbonding.ends_at)
            for worker, unbonding in unbondings.items()
            if unbonding.amount and unbonding.ends_at < limit
        ]


def delay(chain: OperatorChain, withdrawal: Withdrawal) -> bool:
    """Restart the clock of a withdrawal; tell whether it was this call that did it."""
    slash = withdrawal.slash
    return first_to(
        lambda: chain.delay(slash.verdict, slash.leaf, slash.proof),
        lambda: _is_over(chain, withdrawal),
    )


def _is_over(chain: OperatorChain, withdrawal: Withdrawal) -> bool:
    """Tell whether another was faster: its clock moved, it is gone, or the verdict is final."""
    leaf = withdrawal.slash.leaf
    if chain.phases([leaf.task_id])[0] not in DELAYABLE:
        return True
    return chain.unbondings(leaf.task_id, [leaf.worker])[leaf.worker].ends_at != withdrawal.ends_at
