"""Read what is known beside the answers: true answers of items, stakes of workers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from oracle.errors import CrowdFileRefused
from oracle.integers import Ints32

from .frame import Column, Names
from .reading import Progress, read_columns, row_of
from .streams import Source

STAKE_UNIT = 10**18
"""One of a stake file, so that eighteen decimals are whole numbers."""

_GOLD = {"item": ("task", "item"), "truth": ("truth", "label", "answer")}
_STAKES = {"worker": ("worker", "performer"), "stake": ("stake",)}
_STAKE = re.compile(r"[0-9]{1,80}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True, eq=False)
class Gold:
    """True answers as text: the one of `items[i]` is `truths[truth_of[i]]`."""

    source: str
    items: Names
    truths: Names
    truth_of: Ints32

    def match(self, items: Names) -> tuple[Ints32, int]:
        """Return for each of `items` its place in `truths` or -1, and how many gold items lack."""
        places = items.places_of(self.items.array)
        matched = np.full(len(items), -1, dtype=np.int32)
        matched[places[places >= 0]] = self.truth_of[places >= 0]
        return matched, int(np.count_nonzero(places < 0))


@dataclass(frozen=True, eq=False)
class Stakes:
    """What each worker has at stake, in 10**-18 of the unit of the file."""

    source: str
    workers: Names
    amounts: Sequence[int]

    def match(self, workers: Names) -> tuple[list[int], int]:
        """Return the stake of each of `workers`, 0 if none, and how many stakers are not there."""
        matched = [0] * len(workers)
        unknown = 0
        for place, amount in zip(workers.places_of(self.workers.array), self.amounts, strict=True):
            if place < 0:
                unknown += 1
            else:
                matched[place] = amount
        return matched, unknown


def read_gold(source: Source, progress: Progress | None = None) -> Gold:
    """Read true answers, columns task (or item) and truth (or label, answer).

    An item may stand twice with the same truth, not with another.
    """
    name, columns = read_columns(source, _GOLD, progress=progress)
    item, truth = columns["item"], columns["truth"]
    return Gold(name, item.names, truth.names, _once(name, item, truth))


def read_stakes(source: Source, progress: Progress | None = None) -> Stakes:
    """Read stakes, columns worker and stake: decimals of 0 or more, at most 18 places."""
    name, columns = read_columns(source, _STAKES, progress=progress)
    worker, stake = columns["worker"], columns["stake"]
    amounts = []
    for code, text in enumerate(stake.names):
        amount = _amount_of(text)
        if amount is None:
            row = row_of(int(np.argmax(stake.codes == code)))
            raise CrowdFileRefused(
                f"{name}, row {row}: stake {text!r} is not a number of 0 or more with at most 18 "
                "decimals"
            )
        amounts.append(amount)
    per_worker = _once(name, worker, stake)
    return Stakes(name, worker.names, [amounts[code] for code in per_worker.tolist()])


def _once(source: str, key: Column, value: Column) -> Ints32:
    """Return the one value of each key."""
    found = np.empty(len(key.names), dtype=np.int32)
    found[key.codes] = value.codes
    differing = np.flatnonzero(found[key.codes] != value.codes)
    if differing.size:
        row = int(differing[0])
        name, one, other = key.codes[row], value.codes[row], found[key.codes[row]]
        raise CrowdFileRefused(
            f"{source}, row {row_of(row)}: {key.names[name]!r} has {value.names[one]!r} here and "
            f"{value.names[other]!r} further down, keep one of them"
        )
    return found


def _amount_of(text: str) -> int | None:
    if not _STAKE.fullmatch(text):
        return None
    amount = Fraction(text) * STAKE_UNIT
    return int(amount) if amount.denominator == 1 else None
