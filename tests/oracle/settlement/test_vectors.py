"""The settlement equals MECHANISM's reference, with the compiler and without it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .vectors import case_of_vector, digest_of, results_of, vectors

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[3]
EACH = pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["name"])


@EACH
def test_settle__a_world_of_the_reference__gives_its_results(vector):
    found = case_of_vector(vector).settle()

    assert results_of(found) == vector["expected"]
    assert digest_of(found) == vector["digest"]


def test_settle__without_the_compiler__gives_the_same_digests():
    program = "from tests.oracle.settlement.vectors import digests; print(*digests())"

    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split() == [vector["digest"] for vector in vectors()]
