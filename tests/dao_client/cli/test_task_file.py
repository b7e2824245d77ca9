"""Task files, and the answers that workers write."""

import json
from pathlib import Path

import pytest

from dao_client.cli.answer import read_answers
from dao_client.cli.task_file import read_task_file
from dao_client.documents import ChoiceAnswer, Item, TaskDocument, Text, build_items
from dao_client.errors import MalformedDocument
from dao_client.payloads import write_pages
from dao_client.requester import DEFAULT_METHOD, DraftItem
from ipfs_store import FolderStore
from oracle.aggregate import DEFAULT_METHOD as DEFAULT_NAME, METHODS

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
    assert (task.seat_size, task.budget, task.submit_seconds) == ("0.5", None, 86_400)
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
        ({"method": "majority"}, "method must have name, version and parameters"),
    ],
)
def test_read_task_file__wrong_value__is_named(tmp_path: Path, changes, text: str) -> None:
    with pytest.raises(MalformedDocument, match=text):
        read_task_file(write(tmp_path / "task.json", **changes))


@pytest.mark.parametrize("content", ["[1]", "a: [", "\x00"])
def test_read_task_file__no_task_at_all__is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "task.yaml").write_text(content)

    with pytest.raises(MalformedDocument, match=r"task\.yaml"):
        read_task_file(tmp_path / "task.yaml")


def test_default_method__of_the_sdk__is_the_oracle_s() -> None:
    method = METHODS[DEFAULT_NAME]

    assert DEFAULT_METHOD.name == DEFAULT_NAME
    assert (DEFAULT_METHOD.version, DEFAULT_METHOD.parameters) == (
        method.version,
        method.parameters,
    )


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def task(store: FolderStore) -> TaskDocument:
    pages = write_pages(store, build_items([Item("a", Text("x")), Item("b", Text("y"))]))
    return TaskDocument("T", "I", ChoiceAnswer(("yes", "no")), 1, 2, pages, DEFAULT_METHOD, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"0": "yes", "1": "no"}'),
        ("a.json", '[{"id": "b", "answer": "no"}, {"item": 0, "answer": "yes"}]'),
        ("a.csv", "item,answer\n0,yes\n1,no\n"),
        ("a.csv", "id,answer\nb,no\na,yes\n"),
    ],
)
def test_read_answers__each_form__is_the_same(tmp_path, store, task, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    assert read_answers(tmp_path / name, store, task) == {0: "yes", 1: "no"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("item,answer\n0,yes\n0,no\n", "item 0 is answered twice"),
        ("item,answer\nfirst,yes\n", "item 'first' of row 0 is no whole number"),
        ("id,answer\nz,yes\n", "no item with the id 'z'"),
        ("item\n0\n", "row 0 has no answer"),
    ],
)
def test_read_answers__wrong_row__is_named(tmp_path, store, task, text: str, reason: str) -> None:
    (tmp_path / "a.csv").write_text(text)

    with pytest.raises(MalformedDocument, match=reason):
        read_answers(tmp_path / "a.csv", store, task)
