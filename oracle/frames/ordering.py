"""Put coded rows in the one order that every reader gives them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints32 = npt.NDArray[np.int32]


def order_of(keys: Sequence[Ints32]) -> npt.NDArray[np.intp]:
    """Return the places of the rows sorted by the first key, then the second, and so on."""
    return np.lexsort(tuple(reversed(keys)))
