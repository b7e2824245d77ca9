"""Task files, and the answers that workers write."""

import json
from pathlib import Path

import pytest

from dao_client.cli.task_file import read_task_file
from dao_client.errors import MalformedDocument
from dao_client.methods import DEFAULT_METHOD, METHODS as KNOWN
from dao_client.requester import DraftItem
from oracle.aggregate import DEFAULT_METHOD as DEFAULT_NAME, TASK_METHODS

pytestmark = pytest.mark.unit

SMALLEST = {
    "title": "Cats",
    "instructions": "Is it one?",
    "labels": ["yes", "no"],
    "items": ["a tabby", "a poodle"],
    "overlap": 2,
    "price": "0.5",
}


def write(path: Path, **changes: object) -> Path:
    path.write_text(json.dumps({**SMALLEST, **changes}))
    return path


def test_read_task_file__json__takes_defaults(tmp_path: Path) -> None:
    task = read_task_file(write(tmp_path / "task.json"))

    assert task.items == (DraftItem("0", text="a tabby"), DraftItem("1", text="a poodle"))
    assert (task.seat_size, task.budget) == (None, None)
    assert (task.submit_seconds, task.reveal_seconds) == (86_400, None)
    assert task.method == DEFAULT_METHOD


def test_read_task_file__yaml__reads_yes_as_a_label(tmp_path: Path) -> None:
    path = tmp_path / "task.yaml"
    path.write_text(
        "title: Cats\ninstructions: Is it one?\nlabels: [yes, no]\nitems: items.csv\n"
        "overlap: 2\nprice: 0.02\nsubmit: 12h\n"
    )
    (tmp_path / "cat.png").write_bytes(b"PNG")
    (tmp_path / "items.csv").write_text("id,text,image\na,a tabby,\nb,,cat.png\n")

    task = read_task_file(path)

    assert task.labels == ("yes", "no")
    assert task.items == (DraftItem("a", text="a tabby"), DraftItem("b", image=b"PNG"))
    assert (task.price, task.submit_seconds) == ("0.02", 43_200)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"title": None}, "lacks title"),
        ({"prize": 5}, "unknown names: prize"),
        ({"labels": []}, "labels must be a list that is not empty"),
        ({"labels": [1.5]}, "label 1.5 is no text"),
        ({"items": []}, "items must be a CSV's name or a list"),
        ({"items": [{"id": "a"}]}, "item 0 .* has neither text nor image"),
        ({"items": "none.csv"}, "none.csv cannot be read"),
        ({"items": [{"id": "a", "image": "none.png"}]}, "image .*none.png cannot be read"),
        ({"overlap": 0}, "overlap is 0, it must be a whole number above 0"),
        ({"submit": "soon"}, "'soon' is no length of time"),
        ({"labels": ["a", "a"]}, "labels are a, a: at least two are needed, all different"),
        ({"reveal": "10m"}, "reveal is 10m, it must be 1h to 3d"),
        ({"overlap_most": 2}, "overlap_most is 2, it must be more than overlap, 2"),
        ({"overlap_most": 0}, "overlap_most is 0, it must be a whole number above 0"),
        ({"entry": "maybe"}, "entry is 'maybe': write yes or no, without quotes"),
        ({"error_limit": 0.05}, "0.05 is no share: write 2 %"),
        ({"error_limit": "100 %"}, "error_limit is 100 %: it must be 0.01 % to 99.99 %"),
        ({"gold": "none.csv"}, "none.csv cannot be read"),
        ({"method": "magic"}, "no operator knows the method 'magic': write anchored"),
        ({"method": {"name": "majority", "version": 2}}, "not 2 with None: leave both out"),
    ],
)
def test_read_task_file__wrong_value__is_named(tmp_path: Path, changes, text: str) -> None:
    with pytest.raises(MalformedDocument, match=text):
        read_task_file(write(tmp_path / "task.json", **changes))


def test_read_task_file__gold_rounds_entry_and_limit__are_read(tmp_path: Path) -> None:
    path = tmp_path / "task.yaml"
    path.write_text(
        "title: Cats\ninstructions: Is it one?\nlabels: [yes, no]\nitems: [a tabby, a poodle]\n"
        "overlap: 5\noverlap_most: 11\nprice: 0.02\ngold: known.csv\nentry: yes\n"
        "error_limit: 2.5 %\n"
    )
    (tmp_path / "known.csv").write_text("id,answer\n1,no\n")

    task = read_task_file(path)

    assert (task.overlap, task.overlap_most) == (5, 11)
    assert (task.gold, task.has_entry, task.error_limit) == ({1: "no"}, True, 250)


def test_read_task_file__nothing_more_asked__has_one_round_and_no_gold(tmp_path: Path) -> None:
    task = read_task_file(write(tmp_path / "task.json"))

    assert (task.overlap_most, task.gold, task.has_entry, task.error_limit) == (0, {}, False, None)


@pytest.mark.parametrize("content", ["[1]", "a: [", "\x00"])
def test_read_task_file__no_task_at_all__is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "task.yaml").write_text(content)

    with pytest.raises(MalformedDocument, match=r"task\.yaml"):
        read_task_file(tmp_path / "task.yaml")


def test_read_task_file__method_by_its_name__has_its_parameters(tmp_path: Path) -> None:
    task = read_task_file(write(tmp_path / "task.json", method=DEFAULT_NAME))

    assert task.method == DEFAULT_METHOD


def test_methods__that_a_file_may_name__are_the_oracle_s() -> None:
    assert {name: each.method for name, each in TASK_METHODS.items()} == KNOWN
    assert DEFAULT_METHOD.name == DEFAULT_NAME
