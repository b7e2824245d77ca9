"""True answers and stakes stand in files of their own."""

import pytest

from oracle.errors import CrowdFileRefused
from oracle.frames import STAKE_UNIT, frame_of, read_gold, read_stakes

pytestmark = pytest.mark.unit

FRAME = frame_of("abc", "vwx", "yny")


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "known.csv"
        path.write_text(text)
        return path

    return write


@pytest.mark.parametrize("heading", ["task,truth", "item,label", "task,answer"])
def test_read_gold__known_and_unknown_items__are_told_apart(write, heading):
    gold = read_gold(write(f"{heading}\nz,n\nc,n\na,y\nc,n\n"))

    truth_of, unknown = gold.match(FRAME.items)

    assert list(gold.truths) == ["n", "y"]
    assert (truth_of.tolist(), unknown) == ([1, -1, 0], 1)


def test_read_gold__two_truths_of_an_item__are_refused(write):
    path = write("task,truth\nb,y\na,y\na,n\n")

    with pytest.raises(CrowdFileRefused, match="row 3: 'a' has 'y' here and 'n' further"):
        read_gold(path)


def test_read_gold__empty_truth__is_refused(write):
    with pytest.raises(CrowdFileRefused, match="row 2: truth is missing"):
        read_gold(write("task,truth\na,\n"))


def test_read_stakes__decimals__are_exact(write):
    stakes = read_stakes(write("worker,stake\nx,0.1\nstranger,7\nv,1e3\nx,0.1\n"))

    amounts, unknown = stakes.match(FRAME.workers)

    assert (amounts, unknown) == ([1_000 * STAKE_UNIT, 0, 10**17], 1)


def test_read_stakes__wei_beyond_int64__are_exact(write):
    stakes = read_stakes(write(f"worker,stake\nv,{10**30 + 1}\n"))

    assert list(stakes.amounts) == [(10**30 + 1) * STAKE_UNIT]


@pytest.mark.parametrize("stake", ["-1", "much", "nan", "inf", "1e999", "0x1", "1e-19", " 1"])
def test_read_stakes__no_stake__is_refused(write, stake):
    path = write(f"worker,stake\nw,1\nv,{stake}\n")

    with pytest.raises(CrowdFileRefused, match=rf"known.csv, row 3: stake '{stake}' is not a num"):
        read_stakes(path)


def test_read_stakes__two_stakes_of_a_worker__are_refused(write):
    with pytest.raises(CrowdFileRefused, match="row 2: 'v' has '1' here and '2' further down"):
        read_stakes(write("worker,stake\nv,1\nv,2\n"))
