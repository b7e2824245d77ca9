"""From any table of answers to results, in one call."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from .aggregate import BPS, DEFAULT_METHOD, METHODS, UNIT, Aggregation, AnswerKind, Outcome
from .aggregate.choice import (
    MAX_WEIGHT,
    UNKNOWN,
    Aggregate,
    Crowd,
    LocalCrowd,
    interruptible,
    let_known_stand,
    outcome_of,
    parse,
)
from .aggregate.choice.dask_crowd import connect, scatter
from .errors import AggregationRefused
from .frames import (
    ANSWERS,
    PAIRS,
    STAKE_UNIT,
    Column,
    Frame,
    Gold,
    Names,
    Progress,
    Source,
    Stakes,
    read_frame,
    read_gold,
    read_stakes,
)
from .integers import Ints

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Labelling:
    """The result of one call, and what it was made from.

    `crowd` and `result` are there for answers that choose a label: what explanations and agreement
    statistics start from. `unmatched_gold` and `unmatched_stakes` count rows of those files that
    name no item and no worker of the frame. `foreign_gold` counts those that name a label which
    nobody gave: it stands in `outcome`, for its own item; no method and no explanation knows it.
    """

    method: Aggregation
    frame: Frame
    outcome: Outcome
    crowd: Crowd | None = None
    result: Aggregate | None = None
    unmatched_gold: int = 0
    unmatched_stakes: int = 0
    foreign_gold: int = 0


@interruptible()
def aggregate_answers(
    source: Source,
    method: str = DEFAULT_METHOD,
    *,
    gold: Source | None = None,
    stakes: Source | None = None,
    threads: int = 1,
    dask: str | None = None,
    progress: Progress | None = None,
) -> Labelling:
    """Read task, worker, answer from a file, a DataFrame or arrays by name, and aggregate.

    `gold` (task, truth) gives true answers, `stakes` (worker, stake) the stake of each worker in
    seats, `dask` the address of a scheduler or "local". Raises `CrowdFileRefused` for what cannot
    be read, `AggregationRefused` for a method that is not known or does not take these arguments.
    """
    chosen = find_method(method)
    is_pairwise = chosen.kind is AnswerKind.PAIRWISE
    frame = read_frame(source, PAIRS if is_pairwise else ANSWERS, progress)
    if chosen.kind is not AnswerKind.CHOICE:
        given = {
            "gold": gold,
            "stakes": stakes,
            "dask": dask,
            "threads": threads if threads > 1 else None,
        }
        _refuse(chosen, [name for name, value in given.items() if value is not None])
        return Labelling(chosen, frame, chosen.outcome(frame, chosen.parameters))
    return _choose(
        chosen,
        frame,
        read_gold(gold) if gold is not None else None,
        read_stakes(stakes) if stakes is not None else None,
        threads,
        dask,
    )


def find_method(name: str) -> Aggregation:
    """Return the method of this name."""
    if name not in METHODS:
        raise AggregationRefused(f"no method is called {name!r}: choose {', '.join(METHODS)}")
    return METHODS[name]


def _refuse(method: Aggregation, given: list[str]) -> None:
    if given:
        raise AggregationRefused(
            f"{method.name} aggregates answers of the kind {method.kind.value}, which take no "
            f"{' and no '.join(given)}: leave that out"
        )


def _choose(
    method: Aggregation,
    frame: Frame,
    gold: Gold | None,
    stakes: Stakes | None,
    threads: int,
    dask: str | None,
) -> Labelling:
    known, truths, unmatched_gold = None, None, 0
    if gold is not None:
        truth_of, unmatched_gold = gold.match(frame.items)
        truths = Column(gold.truths, truth_of)
        known = frame.answers.places_of(truths.names.array)[truths.codes]
        known[truths.codes < 0] = UNKNOWN
    weights, unmatched_stakes = None, 0
    if stakes is not None:
        weights, unmatched_stakes = _weights(frame, stakes)
    local = LocalCrowd(parse(frame, weights, known), threads)
    with _placed(local, dask) as crowd:
        result = let_known_stand(local.answers, method.aggregate(crowd, method.parameters))
    outcome, foreign_gold = outcome_of(frame, result), 0
    if known is not None and truths is not None:
        is_foreign = (truths.codes >= 0) & (known == UNKNOWN)
        foreign_gold = int(np.count_nonzero(is_foreign))
        outcome = _let_foreign_stand(outcome, frame.answers, truths, is_foreign)
    return Labelling(
        method=method,
        frame=frame,
        outcome=outcome,
        crowd=local,
        result=result,
        unmatched_gold=unmatched_gold,
        unmatched_stakes=unmatched_stakes,
        foreign_gold=foreign_gold,
    )


@contextmanager
def _placed(local: LocalCrowd, dask: str | None) -> Iterator[Crowd]:
    if dask is None:
        yield local
        return
    with connect(dask) as client:
        yield scatter(local.answers, client)


def _let_foreign_stand(
    outcome: Outcome, labels: Names, truths: Column, is_foreign: Flags
) -> Outcome:
    """Give the items whose true answer is no label of the crowd that answer.

    Only here: a label more would change what every method believes of all other items.
    """
    if not is_foreign.any():
        return outcome
    assert isinstance(outcome.answers, Column)
    codes = truths.codes[is_foreign]
    added = truths.names.array.take(pa.array(np.unique(codes)))
    names = Names.of([*labels, *added.to_pylist()])
    given = outcome.answers.codes
    answers = np.where(given >= 0, names.places_of(labels.array)[given], given)
    answers[is_foreign] = names.places_of(truths.names.array)[codes]
    return replace(
        outcome,
        answers=Column(names, answers.astype(np.int32)),
        confidence_bps=np.where(is_foreign, BPS, outcome.confidence_bps),
    )


def _weights(frame: Frame, stakes: Stakes) -> tuple[Ints, int]:
    amounts, unmatched = stakes.match(frame.workers)
    capped = [min(amount * UNIT // STAKE_UNIT, MAX_WEIGHT) for amount in amounts]
    return np.array(capped, dtype=np.int64), unmatched
