"""`make bench` runs programs that are there, and writes every result that the page is made of."""

import subprocess
import sys

import pytest

from benchmarks.report import NAMES
from benchmarks.run import PROGRAMS, ROOT

pytestmark = pytest.mark.unit

RESULT_OF = {"benchmarks.mechanism.few": "few_answers"}
"""The others are named like their results; the last one writes the page."""


@pytest.mark.parametrize("program", PROGRAMS)
def test_program__asked_for_help__tells_how_it_is_called(program):
    ended = subprocess.run(
        [sys.executable, "-m", program, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert f"python -m {program}" in ended.stdout


def test_programs__all_together__write_every_result_of_the_page():
    results = {RESULT_OF.get(name, name.split(".")[-1]) for name in PROGRAMS[:-1]}

    assert PROGRAMS[-1] == "benchmarks.report"
    assert results == set(NAMES)
