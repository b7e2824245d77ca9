"""What computations here are made of: two kinds of arrays, and what stands for one."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]

UNIT = 10**9
"""One, as every share, weight and probability of the oracle is scaled."""
