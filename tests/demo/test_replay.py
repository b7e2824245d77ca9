import gzip
from pathlib import Path

import pytest

from scripts.demo.errors import CrowdFileError
from scripts.demo.replay import replay_crowd

pytestmark = pytest.mark.unit

ANSWERS = "task,worker,answer\n10,w2,1\n9,w2,0\n10,w1,0\n"
TRUTH = "task,truth\n9,0\n10,1\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_replay_crowd__answers_and_truth__orders_items_by_number(tmp_path: Path) -> None:
    crowd = replay_crowd(written(tmp_path, "a.csv", ANSWERS), written(tmp_path, "t.csv", TRUTH))

    assert [(item.id, item.truth) for item in crowd.items] == [("9", "0"), ("10", "1")]
    assert [(w.name, w.answers) for w in crowd.workers] == [
        ("w1", ((1, "0"),)),
        ("w2", ((0, "0"), (1, "1"))),
    ]
    assert (crowd.labels, crowd.overlap, crowd.repeated) == (("0", "1"), 2, 0)


def test_replay_crowd__gzip__reads_the_same(tmp_path: Path) -> None:
    packed = tmp_path / "a.csv.gz"
    packed.write_bytes(gzip.compress(ANSWERS.encode()))

    assert (
        replay_crowd(packed, None).items
        == replay_crowd(written(tmp_path, "a.csv", ANSWERS), None).items
    )


def test_replay_crowd__second_answer_to_an_item__keeps_the_first_and_counts(tmp_path: Path) -> None:
    crowd = replay_crowd(written(tmp_path, "a.csv", ANSWERS + "10,w1,1\n"), None)

    assert crowd.repeated == 1
    assert crowd.workers[0].answers == ((1, "0"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("item,worker,answer\n1,w,0\n", "row 1: the header has no column 'task'"),
        ("task,worker,answer\n", "row 1: no answers below the header"),
        ("task,worker,answer\n1,w,0\n2,w\n", "row 3: column 'answer' is empty"),
        ("task,worker,answer\n1, ,0\n", "row 2: column 'worker' is empty"),
        (
            "task,worker,answer\n" + "".join(f"1,w{n},{n}\n" for n in range(257)),
            "row 258: more than 256 different answers; choose among labels",
        ),
    ],
)
def test_replay_crowd__broken_answers__names_file_and_row(
    tmp_path: Path, text: str, message: str
) -> None:
    path = written(tmp_path, "a.csv", text)

    with pytest.raises(CrowdFileError) as caught:
        replay_crowd(path, None)

    assert str(caught.value) == f"{path}, {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("task,truth\n11,1\n", "row 2: nobody answered task '11'"),
        ("task,truth\n9,1\n9,0\n", "row 3: a second truth for task '9'"),
    ],
)
def test_replay_crowd__broken_truth__names_file_and_row(
    tmp_path: Path, text: str, message: str
) -> None:
    answers, truth = written(tmp_path, "a.csv", ANSWERS), written(tmp_path, "t.csv", text)

    with pytest.raises(CrowdFileError) as caught:
        replay_crowd(answers, truth)

    assert str(caught.value) == f"{truth}, {message}"


def test_replay_crowd__not_gzip__names_file(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv.gz", ANSWERS)

    with pytest.raises(CrowdFileError, match=r"a\.csv\.gz, row 1: cannot be read"):
        replay_crowd(path, None)
