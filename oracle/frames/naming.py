"""Sort names by their UTF-8 bytes."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from oracle.integers import Ints, kernel

Bytes = npt.NDArray[np.int8]

_KEY_BYTES = 8


def order_of_names(names: pa.LargeStringArray) -> Ints | None:
    """Return the places of the distinct `names` in the order of their bytes; nothing if sorted.

    Most names differ within eight bytes after what all of them begin with. Those are compared as
    one integer each; if two of these agree, Arrow compares the names in full.
    """
    if len(names) < 2 or pc.all(pc.less(names[:-1], names[1:])).as_py():
        return None
    starts, text = _buffers(names)
    keys = _keys(text, starts, _shared(text, starts))
    order = np.argsort(keys)
    keys = keys[order]
    if (keys[1:] == keys[:-1]).any():
        return np.asarray(pc.sort_indices(names)).astype(np.int64)
    return order


def _buffers(names: pa.LargeStringArray) -> tuple[Ints, Bytes]:
    _, starts, text = names.buffers()
    places = np.frombuffer(starts, dtype=np.int64)[names.offset : names.offset + len(names) + 1]
    return places, np.frombuffer(text or b"", dtype=np.int8)


@kernel
def _shared(text: Bytes, starts: Ints) -> int:
    """Count the bytes that all names begin with."""
    shared = starts[1] - starts[0]
    for name in range(1, starts.size - 1):
        shared = min(shared, starts[name + 1] - starts[name])
        for place in range(shared):
            if text[starts[name] + place] != text[starts[0] + place]:
                shared = place
                break
    return int(shared)


@kernel
def _keys(text: Bytes, starts: Ints, skipped: int) -> Ints:
    """Read eight bytes of each name, the first as -128..127 so that int64 keeps their order.

    A name that ends before is filled with zeros.
    """
    keys = np.empty(starts.size - 1, dtype=np.int64)
    for name in range(keys.size):
        key = -128
        first = starts[name] + skipped
        rest = min(starts[name + 1] - first, _KEY_BYTES)
        if rest > 0:
            key += int(text[first]) & 255
        for place in range(1, _KEY_BYTES):
            key <<= 8
            if place < rest:
                key += int(text[first + place]) & 255
        keys[name] = key
    return keys
