"""Answers cut into shards by item, and the two ways in which a method may look at them.

A method never sees all answers at once. It gives a loop and a model (plain arrays); the loop reads
one shard. `total` adds up what the shards return, `rows` puts it one after the other. Sums of
integers do not depend on their order, so one thread, two threads and a cluster give the same bytes.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

import numpy as np

from oracle.integers import Ints, Ints32

from .answers import Answers

Model = tuple[Any, ...]
Rows = Ints | Ints32
Results = tuple[Any, ...]
Loop = Callable[..., Results]


class Shard(NamedTuple):
    """The answers of a run of items; `starts` counts from the shard's own beginning."""

    starts: Ints
    workers: Ints32
    labels: Ints32
    known: Ints32


class Crowd(Protocol):
    """Answers, wherever they lie."""

    @property
    def answers(self) -> Answers:
        """Return what a method must know beyond the single answers."""

    def total(self, loop: Loop, model: Model, by_item: Sequence[Rows] = ()) -> Results:
        """Add up `loop(shard, *own rows of by_item, *model)` over the shards."""

    def rows(self, loop: Loop, model: Model, by_item: Sequence[Rows] = ()) -> Results:
        """Join `loop(shard, *own rows of by_item, *model)` over the shards, in the items' order."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end a program as it should.

    A compiled loop that is interrupted in the main thread returns with the interrupt set, of which
    Python makes an error of the system, and of that another one for each call around it.
    """
    try:
        yield
    except SystemError as error:
        cause: BaseException | None = error
        while isinstance(cause, SystemError):
            cause = cause.__cause__ or cause.__context__
        if isinstance(cause, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        raise


@dataclass(frozen=True)
class LocalCrowd:
    """Read the answers in this process, by one thread or several."""

    answers: Answers
    threads: int = 1

    def total(self, loop: Loop, model: Model, by_item: Sequence[Rows] = ()) -> Results:
        """Add up what each thread's shard returns."""
        return add_results(self._run(loop, model, by_item))

    def rows(self, loop: Loop, model: Model, by_item: Sequence[Rows] = ()) -> Results:
        """Join what each thread's shard returns."""
        return join_results(self._run(loop, model, by_item))

    @interruptible()
    def _run(self, loop: Loop, model: Model, by_item: Sequence[Rows]) -> list[Results]:
        pieces = cut_items(self.answers, self.threads)
        if len(pieces) == 1:
            return [loop(shard_of(self.answers, pieces[0]), *by_item, *model)]
        with ThreadPoolExecutor(self.threads) as pool:
            running = [
                pool.submit(
                    loop,
                    shard_of(self.answers, piece),
                    *(rows[piece] for rows in by_item),
                    *model,
                )
                for piece in pieces
            ]
            return [each.result() for each in running]


def cut_items(answers: Answers, pieces: int) -> list[slice]:
    """Cut the items into at most `pieces` runs with about equally many answers each."""
    goals = np.arange(1, pieces) * answers.answer_count // pieces
    cuts = np.searchsorted(answers.starts, goals).tolist()
    edges = sorted({0, *cuts, answers.item_count})
    return [slice(low, high) for low, high in pairwise(edges)] or [slice(0, 0)]


def shard_of(answers: Answers, items: slice) -> Shard:
    """Return the answers of a run of items, without copying them."""
    starts = answers.starts[items.start : items.stop + 1]
    own = slice(int(starts[0]), int(starts[-1]))
    return Shard(
        starts=starts - starts[0],
        workers=answers.workers[own],
        labels=answers.labels[own],
        known=answers.known[items],
    )


def add_results(results: list[Results]) -> Results:
    """Add the shards' arrays, place by place."""
    return reduce(lambda left, right: tuple(map(np.add, left, right)), results)


def join_results(results: list[Results]) -> Results:
    """Put the shards' arrays one after the other."""
    return tuple(np.concatenate(arrays) for arrays in zip(*results, strict=True))
