"""Ctrl-C in the middle of a compiled loop ends the program as anywhere else."""

import signal
import subprocess
import sys
import time

import pytest

from oracle.aggregate.choice.crowd import interruptible

pytestmark = pytest.mark.unit

COMPUTE = """
import signal, sys
import numpy as np
from oracle.crowd_table import aggregate_answers

signal.signal(signal.SIGINT, signal.default_int_handler)  # what starts in the background ignores it
chance, answers = np.random.default_rng(1), 1_000_000
crowd = {
    "task": np.arange(answers) // 10,
    "worker": chance.integers(0, 50, answers),
    "label": chance.integers(0, 10, answers),
}
threads = int(sys.argv[1])
aggregate_answers({name: values[:100] for name, values in crowd.items()}, "one_coin")
print("computing", flush=True)
while True:
    aggregate_answers(crowd, "one_coin", threads=threads)
"""
PATIENCE_SECONDS = 60
WELL_UNDER_WAY_SECONDS = 1


@pytest.mark.parametrize("threads", ["1", "2"])
def test_aggregate_answers__interrupted_in_a_loop__ends_by_the_interrupt(threads):
    command = [sys.executable, "-c", COMPUTE, threads]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "computing\n"
        time.sleep(WELL_UNDER_WAY_SECONDS)
        program.send_signal(signal.SIGINT)
        try:
            _, said = program.communicate(timeout=PATIENCE_SECONDS)
        finally:
            program.kill()

    assert program.returncode == -signal.SIGINT
    assert said.splitlines()[-1] == "KeyboardInterrupt"
    assert "SystemError" not in said


def test_interruptible__error_of_the_system_by_an_interrupt__is_the_interrupt():
    with pytest.raises(KeyboardInterrupt), interruptible():
        raise SystemError("returned a result with an exception set") from KeyboardInterrupt()


def test_interruptible__errors_of_the_system_one_by_another__are_the_interrupt():
    first = SystemError("numba's own call returned with an exception set")
    first.__cause__ = KeyboardInterrupt()

    with pytest.raises(KeyboardInterrupt), interruptible():
        raise SystemError("returned a result with an exception set") from first


def test_interruptible__any_other_error_of_the_system__stays_one():
    with pytest.raises(SystemError, match="of its own"), interruptible():
        raise SystemError("of its own")
