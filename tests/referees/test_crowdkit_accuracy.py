"""GLAD and MACE, which crowd-kit starts at random, are right at least as often as there.

The sets are those on which half a point is several items and crowd-kit needs few seconds;
`make bench` compares all of them, and `tests/benchmarks` holds its figures to the same bound.
"""

from pathlib import Path

import pytest

from benchmarks import crowdkit
from benchmarks.accuracy.crowds import Crowd, read_crowd, write_rows
from benchmarks.accuracy.ours import frame_of_crowd, label
from tests.oracle.crowds import SHARED

pytestmark = pytest.mark.integration

METHODS = ("glad", "mace")
MOST_POINTS_BELOW = 0.5
SETS = ("face", "labelme", "reuters", "cf_amt")


@pytest.fixture(scope="module", params=SETS)
def crowd(request: pytest.FixtureRequest) -> Crowd:
    if not SHARED.joinpath(request.param).is_dir():
        pytest.skip(f"{SHARED} is not here; put the shared data beside the repository")
    return read_crowd(request.param)


@pytest.fixture(scope="module")
def out(crowd: Crowd, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("crowdkit")
    write_rows(folder / "answers.csv", crowd)
    crowdkit.ask(METHODS, folder / "answers.csv", folder)
    return folder


@pytest.mark.parametrize("method", METHODS)
def test_accuracy__beside_crowd_kit__is_no_lower(crowd: Crowd, out: Path, method: str) -> None:
    theirs = crowdkit.read_labels(out, method)

    ours = label(frame_of_crowd(crowd), method)

    right = sum(ours.answers[item] == crowd.truth(item) for item in crowd.judged)
    theirs_right = sum(theirs[item].answer == crowd.truth(item) for item in crowd.judged)
    assert 100 * (theirs_right - right) / len(crowd.judged) <= MOST_POINTS_BELOW
