"""Sets of labels that workers gave to items."""

from collections.abc import Sequence
from dataclasses import dataclass

from dao_client.methods import MOST_BELIEFS
from oracle.errors import AggregationRefused
from oracle.integers import Ints, Ints32

MAX_CHOICES = 100_000_000
"""Answers times labels: each becomes one answer to a binary choice, of 16 bytes."""

MAX_QUESTIONS = MOST_BELIEFS // 2
"""Items times labels: each becomes a binary choice, with two beliefs of `anchored`."""


@dataclass(frozen=True)
class MultiLabelAnswers:
    """Hold each answer as a set of labels, grouped by item.

    The answers of item i stand at `starts[i]:starts[i + 1]` of `workers`. Answer `named_by[n]` has
    the label `named[n]`, each label at most once; an answer without any is the empty set.
    """

    starts: Ints
    workers: Ints32
    named_by: Ints
    named: Ints
    worker_count: int
    labels: Sequence[str]

    def __post_init__(self) -> None:
        """Refuse what would not fit into memory as binary choices."""
        choices = int(self.workers.size) * len(self.labels)
        if choices > MAX_CHOICES:
            raise AggregationRefused(
                f"{self.workers.size} answers over {len(self.labels)} labels are {choices} binary "
                f"choices, {MAX_CHOICES} are taken: split the task, or ask for fewer labels"
            )
        questions = self.item_count * len(self.labels)
        if questions > MAX_QUESTIONS:
            raise AggregationRefused(
                f"{self.item_count} items over {len(self.labels)} labels are {questions} binary "
                f"questions, {MAX_QUESTIONS} are taken: split the task, or ask for fewer labels"
            )

    @property
    def item_count(self) -> int:
        return int(self.starts.size) - 1
