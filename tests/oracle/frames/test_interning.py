"""Batches share one set of codes, however they are cut."""

import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from oracle.frames.interning import Interner

pytestmark = pytest.mark.unit

BATCHES = st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1), min_size=1)


def intern(batches, first_names=1):
    interner = Interner(first_names)
    for batch in batches:
        interner.add(pa.array(batch, pa.large_string()).dictionary_encode())
    return interner.finish()


@pytest.mark.parametrize("first_names", [1 << 20, 3, 0])
@given(batches=BATCHES)
def test_interner__any_cut__codes_each_value_by_its_place(first_names, batches):
    column = intern(batches, first_names)

    rows = [value for batch in batches for value in batch]
    assert list(column.names) == sorted(set(rows))
    assert [column.names[code] for code in column.codes] == rows


def test_interner__names_in_order__keep_their_codes():
    column = intern([["a", "b"], ["b", "c"]])

    assert column.codes.tolist() == [0, 1, 1, 2]
