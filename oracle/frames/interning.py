"""Give each distinct value of a column one code, batch by batch."""

import numpy as np
import pyarrow as pa

from oracle.integers import Ints32

from .frame import Column, Names
from .naming import order_of_names

_FIRST_NAMES = 1 << 20


class Interner:
    """Collect the batches of one column.

    Batches wait until they name as many values as are known already, so every value is looked up a
    bounded number of times however many batches there are.
    """

    def __init__(self, first_names: int = _FIRST_NAMES) -> None:
        self._first_names = first_names
        self._known: pa.Array | None = None
        self._waiting: list[pa.DictionaryArray] = []
        self._waiting_names = 0
        self._chunks: list[Ints32] = []

    def add(self, coded: pa.DictionaryArray) -> None:
        """Take a batch without nulls; its names are distinct, used and of one type with all."""
        self._waiting.append(coded)
        self._waiting_names += len(coded.dictionary)
        known = 0 if self._known is None else len(self._known)
        if self._waiting_names > max(known, self._first_names):
            self._settle()

    def finish(self) -> Column:
        """Return all batches as one column."""
        self._settle()
        known, self._known = self._known, None
        assert known is not None
        names = known if pa.types.is_large_string(known.type) else known.cast(pa.large_string())
        order = order_of_names(names)
        if order is None:
            return Column(Names(names), self._join(None))
        ranks = np.zeros(len(names), dtype=np.int32)
        ranks[order] = np.arange(order.size, dtype=np.int32)
        return Column(Names(names.take(pa.array(order))), self._join(ranks))

    def _join(self, ranks: Ints32 | None) -> Ints32:
        """Join the chunks and let go of each at once: codes of 100M rows take 400 MB."""
        if ranks is None and len(self._chunks) == 1:
            return self._chunks.pop()
        joined = np.empty(sum(chunk.size for chunk in self._chunks), dtype=np.int32)
        end = joined.size
        while self._chunks:
            chunk = self._chunks.pop()
            part = joined[end - chunk.size : end]
            end -= chunk.size
            if ranks is None:
                part[:] = chunk
            else:
                np.take(ranks, chunk, out=part, mode="clip")
        return joined

    def _settle(self) -> None:
        """Look up the waiting batches; known values keep their codes."""
        if not self._waiting:
            return
        waiting, self._waiting, self._waiting_names = self._waiting, [], 0
        if self._known is not None:
            none = pa.array([], pa.int32())
            waiting.insert(0, pa.DictionaryArray.from_arrays(none, self._known, safe=False))
        unified = pa.chunked_array(waiting).unify_dictionaries()
        self._known = unified.chunk(0).dictionary
        self._chunks += [np.asarray(chunk.indices) for chunk in unified.chunks if len(chunk)]
