"""The golden digests of aggregation in other processes: other processor, threads, no compiler.

The environment is read once, when a process starts; so each of these runs in a process of its own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from oracle.aggregate import METHODS
from tests.oracle.aggregate.digests import golden

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
TELL = """
import json, sys, numba, numpy
from tests.oracle.aggregate.digests import METHODS, digests
print(json.dumps({
    "found": numpy.show_config(mode="dicts")["SIMD Extensions"].get("found", []),
    "cpu": numba.config.CPU_NAME,
    "is_compiled": not numba.config.DISABLE_JIT,
    "seed": sys.flags.hash_randomization and hash("task"),
    "digests": digests(sys.argv[1], sys.argv[2:] or METHODS),
}))
"""
ONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_IO_THREADS": "1"}
TWO = {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2", "ARROW_IO_THREADS": "2"}
COMPILED_ANEW = ["anchored", "weighted_kemeny"]
"""All would take 40 seconds to compile."""


def told(size: str, variables: dict[str, str], *methods: str) -> dict[str, Any]:
    """Run the methods in a process of its own, in which every warning is an error."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", TELL, size, *methods],
        env={**os.environ, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    said: dict[str, Any] = json.loads(ended.stdout)
    return said


def extensions() -> list[str]:
    """Return what numpy can use of this processor beyond its baseline; on x86 that is AVX."""
    configured: dict[str, Any] = np.show_config(mode="dicts")  # type: ignore[assignment]
    found: list[str] = configured["SIMD Extensions"].get("found", [])
    return found


@pytest.mark.parametrize("threads", [ONE, TWO], ids=["one_thread", "two_threads"])
def test_methods__numpy_and_arrow_without_avx__give_the_golden_digests(threads):
    if not extensions():
        pytest.skip("this processor has nothing that numpy could do without")
    off = {"NPY_DISABLE_CPU_FEATURES": " ".join(extensions()), "ARROW_USER_SIMD_LEVEL": "NONE"}

    said = told("medium", {**off, **threads, "PYTHONHASHSEED": "1"})

    assert said["found"] == []
    assert said["digests"] == golden("medium")


@pytest.mark.parametrize("threads", [ONE, TWO], ids=["one_thread", "two_threads"])
def test_methods__numpy_with_all_that_there_is__give_the_golden_digests(threads):
    said = told("medium", {**threads, "PYTHONHASHSEED": "2"})

    assert said["found"] == extensions()
    assert said["digests"] == golden("medium")


def test_methods__compiled_for_any_processor__give_the_golden_digests(tmp_path):
    plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_OPT": "1"}

    said = told("medium", {**plain, "NUMBA_CACHE_DIR": str(tmp_path)}, *COMPILED_ANEW)

    wanted = {
        name: each for name, each in golden("medium").items() if name.split("/")[0] in COMPILED_ANEW
    }
    assert said["cpu"] == "generic"
    assert said["digests"] == wanted


def test_methods__in_the_interpreter__give_the_golden_digests_and_never_leave_int64():
    """Interpreted, numpy warns where an integer overflows, and here a warning is an error."""
    said = told("small", {"NUMBA_DISABLE_JIT": "1"})

    assert not said["is_compiled"]
    assert said["digests"] == golden("small")


def test_told__integer_that_overflows_in_the_interpreter__would_end_the_process():
    code = "import numpy as np; np.int64(2**62) * np.int64(2)"

    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )

    assert "overflow encountered in scalar multiply" in ended.stderr


def test_compiled_anew__names__are_methods():
    assert set(COMPILED_ANEW) <= set(METHODS)
