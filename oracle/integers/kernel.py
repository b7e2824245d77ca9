"""Compile loops over integers.

Numba turns a plain Python loop over int64 arrays into machine code. On integers that is the same
function on every CPU and for every number of threads; `NUMBA_DISABLE_JIT=1` runs the very same
lines in the interpreter, and the tests compare the two.

Numba keeps what it compiled, but notices only a change of the one file that a function stands in,
not of a file whose function was inlined into it. So the folder that it is kept in is named by the
digest of all sources of the oracle. Folders of older sources stay: a running program may still use
them; `make clean` removes them.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])

_SOURCES = Path(__file__).parents[1]


def kernel(loop: Loop) -> Loop:
    """Compile `loop` when it is first called; it holds no lock, so threads run side by side."""
    return cast(Loop, numba.njit(cache=_IS_KEPT, nogil=True, error_model="python")(loop))


def _keep_compiled() -> bool:
    """Say where compiled loops are kept; nowhere if this folder cannot be written."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return True
    digest = hashlib.sha256()
    for path in sorted(_SOURCES.rglob("*.py")):
        digest.update(path.read_bytes())
    folder = Path(__file__).parent.joinpath("__pycache__", f"kernels-{digest.hexdigest()[:16]}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    vars(numba.config)["CACHE_DIR"] = str(folder)
    return os.access(folder, os.W_OK)


_IS_KEPT = _keep_compiled()
