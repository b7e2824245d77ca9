"""Count answers and audits one by one, and remember what was refused."""

from collections import Counter
from collections.abc import Iterable, Mapping

from dao_client.types import Address, Answer, ItemIndex, Wei

from .jury import Jury
from .types import Batch, Candidate, CountedAnswer, Payload, Reason, Refusal, Rules, Verified


class Counting:
    """Two tables, of workers and of jurors, each with one answer per item and account."""

    def __init__(self, rules: Rules, jury: Jury, stakes: Mapping[Address, Wei]) -> None:
        self._rules = rules
        self._jury = jury
        self._stakes = stakes
        self._labels = {label: index for index, label in enumerate(rules.labels)}
        self._answers: dict[tuple[int, str], CountedAnswer] = {}
        self._audits: dict[tuple[int, str], CountedAnswer] = {}
        self._per_item: Counter[int] = Counter()
        self._by_newcomers: Counter[int] = Counter()
        self._refusals: list[Refusal] = []

    def count(self, candidate: Candidate, *, is_audit: bool) -> None:
        """Take each answer of a sound submission, or refuse it with its reason."""
        assert isinstance(candidate.payload, Payload)
        worker = candidate.submission.worker
        table = self._audits if is_audit else self._answers
        for answer in sorted(candidate.payload.answers, key=lambda answer: answer.item):
            reason = self._fault_of_answer(worker, answer, table, is_audit=is_audit)
            if reason:
                self.refuse(candidate, reason, answer.item)
                continue
            label = self._labels[str(answer.value)]
            table[answer.item, worker] = CountedAnswer(ItemIndex(answer.item), worker, label)
            self._per_item[answer.item] += not is_audit
            self._by_newcomers[answer.item] += not is_audit and self._is_newcomer(worker)

    def refuse(self, candidate: Candidate, reason: Reason, item: int = -1) -> None:
        """Remember why a submission, or one answer of it, does not count."""
        submission = candidate.submission
        self._refusals.append(Refusal(submission.worker, submission.assignment_id, item, reason))

    def refuse_batch(self, batch: Batch, reason: Reason) -> None:
        """Remember why nothing of a batch could be read."""
        gateway = self._rules.task.gateway
        self._refusals.append(Refusal(gateway, batch.position, -1, reason))

    def result(self, withheld: Mapping[Address, Iterable[ItemIndex]]) -> Verified:
        """Return all parts in the one order that every operator has."""
        return Verified(
            answers=tuple(sorted(self._answers.values())),
            audits=tuple(sorted(self._audits.values())),
            withheld={worker: tuple(sorted(items)) for worker, items in sorted(withheld.items())},
            refusals=tuple(sorted(self._refusals)),
        )

    def _fault_of_answer(
        self,
        worker: Address,
        answer: Answer,
        table: Mapping[tuple[int, str], CountedAnswer],
        *,
        is_audit: bool,
    ) -> Reason | None:
        if not 0 <= answer.item < self._rules.item_count:
            return Reason.UNKNOWN_ITEM
        if not isinstance(answer.value, str) or answer.value not in self._labels:
            return Reason.SCHEMA
        if (answer.item, worker) in table:
            return Reason.ANSWERED_TWICE
        if is_audit:
            is_drawn = worker in self._jury.seats(answer.item)
            return None if is_drawn else Reason.NOT_DRAWN
        places = self._rules.overlap - self._per_item[answer.item]
        if self._is_newcomer(worker):
            places = min(places, newcomer_places(self._rules) - self._by_newcomers[answer.item])
        return None if places > 0 else Reason.OVER_OVERLAP

    def _is_newcomer(self, worker: Address) -> bool:
        return self._stakes.get(worker, Wei(0)) < self._rules.seat_size


def newcomer_places(rules: Rules) -> int:
    """Return how many answers of an item may come from workers without a seat: a third, or one.

    Wallets are free: without a limit they could take every place of every item.
    """
    return max(1, rules.overlap // 3)
