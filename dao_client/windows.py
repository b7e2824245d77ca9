"""When what happens in the REVEAL phase of a task: three thirds of equal length.

    submit_deadline ─▶ opening_deadline ─▶ audit_deadline ─▶ reveal_deadline
         answers are anchored    answers are opened,     audits are opened
                                 audits are answered

The beacon is the first block at or after `opening_deadline`: what is anchored in an earlier block
is an answer, what is anchored later is none, and nothing is opened before. So no gateway can write
a receipt for answers that somebody copied from open ones, and nobody can ask for another block.
Audits are likewise anchored before `audit_deadline`, and opened from then on. A gateway takes none
in the last minutes before it: what comes in by `audits_until` can still be anchored in time.
"""

from dataclasses import dataclass
from typing import Self

from dao_client.types import Task, Timestamp

GRACE_SECONDS = 600
"""Room for a gateway's transaction to be mined."""


@dataclass(frozen=True, slots=True)
class Windows:
    """The deadlines of one task, in Unix seconds; each window ends just before its deadline."""

    submit_deadline: Timestamp
    opening_deadline: Timestamp
    audit_deadline: Timestamp
    reveal_deadline: Timestamp

    @classmethod
    def of(cls, task: Task) -> Self:
        """Cut the time between the two deadlines that the escrow holds; thirds are rounded down."""
        third = (task.reveal_deadline - task.submit_deadline) // 3
        return cls(
            submit_deadline=task.submit_deadline,
            opening_deadline=Timestamp(task.submit_deadline + third),
            audit_deadline=Timestamp(task.submit_deadline + 2 * third),
            reveal_deadline=task.reveal_deadline,
        )

    @property
    def audits_until(self) -> Timestamp:
        """When gateways stop to take audits: those in their hands can still be anchored."""
        seconds = self.audit_deadline - self.opening_deadline
        return Timestamp(self.audit_deadline - min(GRACE_SECONDS, seconds // 4))

    def takes_answers(self, timestamp: int) -> bool:
        """Tell whether workers may hand in."""
        return timestamp < self.submit_deadline

    def takes_audits(self, timestamp: int) -> bool:
        """Tell whether jurors may hand in, and have it anchored."""
        return self.opening_deadline <= timestamp < self.audit_deadline

    def opens_at(self, signed_until: int) -> Timestamp:
        """Return from when on answers may be opened that were signed to be handed in until then.

        By then all of their kind are anchored. What is valid beyond the submit deadline may still
        be a juror's: it waits for the audits. The worker's own signature says so, so that no
        gateway can have audits opened early.
        """
        is_audit = signed_until > self.submit_deadline
        return self.audit_deadline if is_audit else self.opening_deadline


def reveal_by(task: Task) -> Timestamp:
    """Return when operators stop to wait for answers that nobody opened: half of the verdict time.

    What is opened later may still count, where the verdict is later too: nobody can rely on it.
    """
    return Timestamp((task.reveal_deadline + task.verdict_deadline) // 2)
