"""Each classical method gives crowd-kit's label wherever neither program has a tie; GLAD and MACE,
which crowd-kit starts at random, are right as often.

The small sets are compared here; `make bench` compares all of them, and `tests/benchmarks` holds
its committed figures to the same bounds.
"""

import pytest

from benchmarks import crowdkit
from benchmarks.accuracy.agreement import CLASSICAL, Theirs, same_labels_percent, untied_items
from benchmarks.accuracy.crowds import read_crowd, write_rows
from benchmarks.accuracy.ours import frame_of_crowd, label
from tests.oracle.crowds import SHARED

pytestmark = pytest.mark.integration

LEAST_PERCENT = 99
SMALL_SETS = (
    *("snow_rte", "face", "labelme", "reuters", "cf"),
    *("quiz_chinese", "quiz_pokemon", "quiz_science", "sp_art", "sp_states"),
)


@pytest.fixture(scope="module", params=SMALL_SETS)
def name(request: pytest.FixtureRequest) -> str:
    if not SHARED.joinpath(request.param).is_dir():
        pytest.skip(f"{SHARED} is not here; put the shared data beside the repository")
    return str(request.param)


@pytest.fixture(scope="module")
def theirs(name: str, tmp_path_factory: pytest.TempPathFactory) -> Theirs:
    out = tmp_path_factory.mktemp("crowdkit")
    write_rows(out / "answers.csv", read_crowd(name))
    crowdkit.ask(CLASSICAL, out / "answers.csv", out)
    return {method: crowdkit.read_labels(out, method) for method in CLASSICAL}


@pytest.mark.parametrize("method", CLASSICAL)
def test_label__beside_crowd_kit__gives_the_same(name: str, theirs: Theirs, method: str) -> None:
    ours = label(frame_of_crowd(read_crowd(name)), method)

    assert ours.answers.keys() == theirs[method].keys()
    assert same_labels_percent(method, ours, theirs) >= LEAST_PERCENT
    assert len(untied_items(method, ours, theirs)) >= len(ours.answers) / 2
