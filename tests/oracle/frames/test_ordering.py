"""Both ways to sort give the order of numpy's sort, compiled or not."""

import os
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from oracle.frames.naming import order_of_names
from oracle.frames.ordering import is_ordered, order_of, sort_rows

pytestmark = pytest.mark.unit

BIGGEST = 2**31 - 1
CODES = st.integers(0, 5)
ROWS = st.lists(st.tuples(CODES, CODES | st.just(BIGGEST), CODES | st.just(BIGGEST)), min_size=1)

WITHOUT_COMPILER = """
from oracle.frames import frame_of
from tests.oracle.frames.content import content
from tests.oracle.frames.test_ordering import crowd
print(content(crowd(frame_of)))
"""


def crowd(build):
    """Build a frame that takes every kernel: one busy item, shared beginnings, further columns."""
    rows = [(f"item-{7 * row % 13}", f"{row * row % 17}", f"{row % 3}") for row in range(400)]
    rows += [("item-\u00e9", f"{299 * row % 307}", "1") for row in range(300)]
    columns = list(zip(*rows, strict=True))
    return build(*columns, {"left": columns[1]})


def columns_of(rows):
    return [np.array(column, dtype=np.int32) for column in zip(*rows, strict=True)]


@given(ROWS)
def test_sort_rows__few_rows_per_item__are_sorted(rows):
    found = sort_rows(*columns_of(rows), item_count=6)

    assert list(zip(*(column.tolist() for column in found), strict=True)) == sorted(rows)


@given(ROWS)
def test_is_ordered__any_rows__agrees_with_sorting(rows):
    assert is_ordered(*columns_of(rows)) == (rows == sorted(rows))


@given(st.lists(st.tuples(CODES, CODES), min_size=1))
def test_order_of__any_keys__is_stable(rows):
    first, second = columns_of(rows)

    assert order_of([first, second]).tolist() == np.lexsort((second, first)).tolist()


def test_sort_rows__one_item_with_very_many_rows__is_left_to_the_other_way():
    codes = np.zeros(257, dtype=np.int32)

    assert sort_rows(codes, codes, codes, item_count=1) is None
    assert sort_rows(codes[1:], codes[1:], codes[1:], item_count=1) is not None


@given(st.sets(st.text(min_size=0, max_size=3) | st.text("ab\0", max_size=30), min_size=2))
def test_order_of_names__any_names__is_that_of_their_bytes(names):
    names = [name for name in names if not any("\ud800" <= letter < "\ue000" for letter in name)]

    order = order_of_names(pa.array(names, pa.large_string()))

    places = range(len(names)) if order is None else order.tolist()
    assert [names[place] for place in places] == sorted(names, key=str.encode)


def test_order_of_names__part_of_an_array__reads_only_that_part():
    names = pa.array(["z", "c", "b", "a"], pa.large_string())[1:]

    assert order_of_names(names).tolist() == [2, 1, 0]


def test_frame_of__without_compiler__is_the_same(tmp_path):
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    outputs = [
        subprocess.run(
            [sys.executable, "-c", WITHOUT_COMPILER],
            env=each,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for each in (os.environ, environment)
    ]

    assert outputs[0] == outputs[1]
    assert "item-é" in outputs[0]
