"""What a demo publishes and who answers it, whether trained here or replayed from a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from scripts.demo.errors import DemoError

PRACTISING = 3


@dataclass(frozen=True)
class CrowdItem:
    """One question: a text or a PNG image, and what the demo (never the system) knows about it."""

    id: str
    text: str | None = None
    png: bytes | None = None
    truth: str | None = None


@dataclass(frozen=True)
class CrowdWorker:
    """One wallet's owner and everything it will answer, as (item, label) in item order.

    `stake_percent` is its stake in percent of one seat.
    """

    name: str
    kind: str
    detail: str
    answers: tuple[tuple[int, str], ...]
    stake_percent: int = 100


@dataclass(frozen=True)
class Crowd:
    """A whole task before it is published. `repeated` answers of a file were left out."""

    title: str
    instructions: str
    labels: tuple[str, ...]
    items: tuple[CrowdItem, ...]
    workers: tuple[CrowdWorker, ...]
    overlap: int
    repeated: int = 0

    @property
    def answer_count(self) -> int:
        """Count the answers of all workers."""
        return sum(len(worker.answers) for worker in self.workers)


def assign_items(items: int, workers: int, overlap: int, seed: int) -> list[list[int]]:
    """Give each item to `overlap` workers, the least busy first, ties broken by `seed`.

    Returns, for each worker, its items in ascending order.
    """
    if overlap > workers:
        raise DemoError(f"{overlap} answers per item need {overlap} workers, there are {workers}")
    random, assigned = Random(seed), [list[int]() for _ in range(workers)]
    for item in range(items):
        order = sorted(range(workers), key=lambda worker: (len(assigned[worker]), random.random()))
        for worker in order[:overlap]:
            assigned[worker].append(item)
    return assigned


def practice_crowd(crowd: Crowd) -> Crowd:
    """Make a task of one item for the first few workers, on which all agree."""
    label = crowd.labels[0]
    workers = [replace(each, answers=((0, label),)) for each in crowd.workers[:PRACTISING]]
    return Crowd(
        title="Practice",
        instructions=f"Answer {label}.",
        labels=crowd.labels,
        items=(CrowdItem("practice", text=label, truth=label),),
        workers=tuple(workers),
        overlap=len(workers),
    )


def skill_of(worker: CrowdWorker, items: Sequence[CrowdItem]) -> float | None:
    """Measure the share of a worker's answers that equal the truth; None without any truth."""
    judged = [answer == items[i].truth for i, answer in worker.answers if items[i].truth]
    return sum(judged) / len(judged) if judged else None
