"""A requester's gold: the CSV, and the file it is kept in."""

from pathlib import Path

import pytest

from dao_client.cli.task_gold import gold_file, keep_gold, read_gold_file
from dao_client.documents import parse_gold
from dao_client.errors import MalformedDocument
from dao_client.types import ItemIndex
from ipfs_store import cid_of

pytestmark = pytest.mark.unit

IDS, LABELS = ("a", "b", "c", "c"), ("yes", "no")


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_read_gold_file__ids_and_labels__gives_places(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.csv", "id,answer\nb,no\na,yes\n")

    assert read_gold_file(path, IDS, LABELS) == {1: "no", 0: "yes"}


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "must have the columns id,answer and at least one row"),
        ("id,answer\n", "must have the columns id,answer and at least one row"),
        ("name,answer\na,yes\n", "must have the columns id,answer and at least one row"),
        ("id,answer\nd,yes\n", "row 1 is for item 'd', which the task has 0 times"),
        ("id,answer\nc,yes\n", "row 1 is for item 'c', which the task has 2 times"),
        ("id,answer\na,yes\na,no\n", "item 'a' stands twice: keep one row"),
        ("id,answer\na,maybe\n", "row 1 has the answer 'maybe': labels are yes, no"),
        ("id,answer\na\n", "row 1 has the answer None: labels are yes, no"),
    ],
)
def test_read_gold_file__wrong_row__is_named(tmp_path: Path, text: str, refusal: str) -> None:
    with pytest.raises(MalformedDocument, match=refusal):
        read_gold_file(write(tmp_path / "gold.csv", text), IDS, LABELS)


def test_keep_gold__answers__are_in_the_file_that_is_named(tmp_path: Path, capsys) -> None:
    promise = keep_gold(tmp_path / "mine", {ItemIndex(2): "yes"})

    assert promise is not None
    path = gold_file(tmp_path / "mine", promise.document)
    assert cid_of(path.read_bytes()) == promise.document
    assert parse_gold(path.read_bytes())[0].answer == "yes"
    assert path.stat().st_mode & 0o077 == 0
    assert f"your gold is kept in {path}" in capsys.readouterr().err


def test_keep_gold__twice__keeps_both(tmp_path: Path) -> None:
    for _ in range(2):
        keep_gold(tmp_path, {ItemIndex(2): "yes"})

    assert len(list(tmp_path.iterdir())) == 2


def test_keep_gold__no_gold__writes_nothing(tmp_path: Path) -> None:
    assert keep_gold(tmp_path / "mine", {}) is None
    assert not (tmp_path / "mine").exists()


def test_keep_gold__a_folder_that_cannot_be__is_refused(tmp_path: Path) -> None:
    in_the_way = write(tmp_path / "file", "")

    with pytest.raises(MalformedDocument, match="the task was not created: name another folder"):
        keep_gold(in_the_way, {ItemIndex(0): "yes"})


def test_gold_file__no_folder_given__is_the_user_s_own(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    assert gold_file(None, cid_of(b"")).is_relative_to(tmp_path)
