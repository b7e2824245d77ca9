"""Move a task on: post its verdict, make it final, or end it without one.

Each step first asks the chain whether somebody else was faster; a transaction is simulated before
it is signed. Operators take turns: the rank-th of them waits rank times `stagger_seconds` after it
saw that a step is due, so usually one pays for it and the others find it done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dao_client.contracts import posted_verdict
from dao_client.errors import TransactionRefused
from dao_client.types import Address, Digest, Phase, TaskId, Verdict, Wei

from .chain import OperatorChain
from .signatures import SignedVerdict

NO_VERDICT = Digest(bytes(32))


@dataclass
class Turns:
    """Remember since when each step is due, by a clock that only runs forward."""

    own: Address
    stagger_seconds: float
    now: Callable[[], float]
    _due: dict[tuple[TaskId, str], float] = field(default_factory=dict)

    def is_mine(
        self, task_id: TaskId, step: str, operators: Mapping[Address, Wei], patience: int = 0
    ) -> bool:
        """Tell whether it is this operator's turn to send a step that is due.

        With `patience` everybody first waits that many turns for something to arrive.
        """
        due_since = self._due.setdefault((task_id, step), self.now())
        turns = self._rank(task_id, operators) + patience
        return self.now() - due_since >= turns * self.stagger_seconds

    def _rank(self, task_id: TaskId, operators: Mapping[Address, Wei]) -> int:
        """Begin with another operator for each task; a stranger comes last."""
        ordered = sorted(operators, key=str.lower)
        if self.own not in operators:
            return len(ordered)
        return (ordered.index(self.own) - task_id) % len(ordered)


def post_verdict(
    chain: OperatorChain, own: SignedVerdict, signatures: Mapping[Address, bytes]
) -> bool:
    """Post unless a verdict stands; tell whether it was this call that did it."""
    task_id = own.verdict.task_id
    if chain.record(task_id).digest != NO_VERDICT:
        return False
    ordered = [signatures[signer] for signer in sorted(signatures, key=str.lower)]
    return first_to(
        lambda: chain.post(own.verdict, own.document, ordered),
        lambda: chain.record(task_id).digest != NO_VERDICT,
    )


def finalise(chain: OperatorChain, verdict: Verdict) -> bool:
    """Make a posted verdict final; tell whether it was this call that did it."""
    return first_to(
        lambda: chain.finalise(verdict),
        lambda: chain.phases([verdict.task_id])[0] is Phase.FINAL,
    )


def expire(chain: OperatorChain, task_id: TaskId) -> bool:
    """End a task without a verdict; tell whether it was this call that did it."""
    return first_to(
        lambda: chain.expire(task_id), lambda: chain.phases([task_id])[0] is Phase.EXPIRED
    )


def standing_verdict(chain: OperatorChain, task_id: TaskId) -> Verdict | None:
    """Return the verdict that was posted last."""
    posted = chain.posted(task_id)
    return posted_verdict(posted[-1]) if posted else None


def first_to(send: Callable[[], None], is_done: Callable[[], bool]) -> bool:
    """Send; a refusal because somebody else was faster is no fault."""
    try:
        send()
    except TransactionRefused:
        if is_done():
            return False
        raise
    return True
