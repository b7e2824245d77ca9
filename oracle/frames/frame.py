"""What every kind of aggregation reads: who answered what to which item, as codes into names.

Names are distinct and sorted by their UTF-8 bytes, rows by (item, worker, answer), so the order of
the input leaves no trace.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from oracle.errors import CrowdFileRefused
from oracle.integers import Ints32

from .ordering import count_repeated, is_ordered, order_of, sort_rows

_NAMES_PER_STEP = 1 << 16
_SHOWN = 200
"""Characters of a text that an error message shows."""


class Names(Sequence[str]):
    """Distinct strings sorted by their UTF-8 bytes, held as one Arrow array.

    Ten million names take the bytes of their text, not ten million `str` objects.
    """

    def __init__(self, array: pa.LargeStringArray) -> None:
        """Trust `array` to be of type large_string, sorted, distinct and without nulls."""
        self.array = array

    @classmethod
    def of(cls, values: Sequence[str]) -> "Names":
        """Sort the distinct `values`."""
        return cls(pa.array(sorted(set(values)), pa.large_string()))

    def index_of(self, name: str) -> int | None:
        """Return the place of `name`, or nothing if it is not one of these."""
        low, high = 0, len(self.array)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < name:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.array) and self[low] == name else None

    def places_of(self, values: pa.Array) -> Ints32:
        """Return the place of each of `values`, an Arrow array of large_string; -1 if unknown."""
        found = pc.index_in(values, value_set=self.array)
        return np.asarray(pc.fill_null(found, -1), dtype=np.int32)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            chosen: list[str] = self.array[place].to_pylist()
            return chosen
        name: str = self.array[int(place)].as_py()
        return name

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self.array), _NAMES_PER_STEP):
            yield from self.array.slice(start, _NAMES_PER_STEP).to_pylist()

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.index_of(name) is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Names) and bool(self.array.equals(other.array))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Names({self[:3]}{', …' if len(self) > 3 else ''} {len(self)})"


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a frame: `names[codes[row]]` is what stood in that row."""

    names: Names
    codes: Ints32

    @classmethod
    def of(cls, values: Sequence[str]) -> "Column":
        """Code plain strings."""
        names = Names.of(values)
        return cls(names, names.places_of(pa.array(values, pa.large_string())))


@dataclass(frozen=True, eq=False)
class Frame:
    """All answers of a crowd, one row each, sorted by (item, worker, answer).

    `repeated` counts the rows beyond the first of the same item and worker; they are all kept.
    """

    source: str
    items: Names
    workers: Names
    answers: Names
    item_of: Ints32
    worker_of: Ints32
    answer_of: Ints32
    repeated: int
    extras: Mapping[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.item_of)

    def refusal(self, code: int, reason: str) -> CrowdFileRefused:
        """Name the first row whose answer is `answers[code]`; `reason` says what it is not."""
        row = int(np.argmax(self.answer_of == code))
        answer, worker, item = (
            text[:_SHOWN]
            for text in (
                self.answers[code],
                self.workers[int(self.worker_of[row])],
                self.items[int(self.item_of[row])],
            )
        )
        return CrowdFileRefused(
            f"{self.source}: answer {answer!r} of worker {worker!r} to item {item!r} {reason}"
        )


def frame_of(
    items: Sequence[str],
    workers: Sequence[str],
    answers: Sequence[str],
    extras: Mapping[str, Sequence[str]] | None = None,
    source: str = "table",
) -> Frame:
    """Build a frame from plain strings, one entry per row in each of the columns."""
    further = {name: Column.of(values) for name, values in (extras or {}).items()}
    return frame_from_columns(
        source, Column.of(items), Column.of(workers), Column.of(answers), further
    )


def frame_from_columns(
    source: str, item: Column, worker: Column, answer: Column, extras: Mapping[str, Column]
) -> Frame:
    """Sort the rows; rows equal in (item, worker, answer) by the further columns in their order.

    Takes the columns over: their codes may be overwritten.
    """
    columns = (item, worker, answer, *extras.values())
    if len({column.codes.size for column in columns}) != 1:
        raise CrowdFileRefused(f"{source}: the columns differ in length")
    if not item.codes.size:
        raise CrowdFileRefused(f"{source} has no rows below its heading")
    rows, further = _sort(item, worker, answer, extras)
    item_of, worker_of, answer_of = rows
    return Frame(
        source=source,
        items=item.names,
        workers=worker.names,
        answers=answer.names,
        item_of=item_of,
        worker_of=worker_of,
        answer_of=answer_of,
        repeated=count_repeated(item_of, worker_of),
        extras=further,
    )


def _sort(
    item: Column, worker: Column, answer: Column, extras: Mapping[str, Column]
) -> tuple[tuple[Ints32, Ints32, Ints32], Mapping[str, Column]]:
    codes = (item.codes, worker.codes, answer.codes)
    if not extras:
        if is_ordered(*codes):
            return codes, extras
        few = sort_rows(*codes, item_count=len(item.names))
        if few is not None:
            return few, extras
    order = order_of([*codes, *(column.codes for column in extras.values())])
    further = {name: Column(extra.names, extra.codes[order]) for name, extra in extras.items()}
    return (codes[0][order], codes[1][order], codes[2][order]), further
