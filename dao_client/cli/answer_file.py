"""Read the file with a worker's answers: CSV or JSON, by item or by the requester's names."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dao_client.amounts import parse_count
from dao_client.canonical import check_depth, show
from dao_client.documents import TaskDocument
from dao_client.errors import MalformedDocument
from dao_client.payloads import read_items
from dao_client.types import ItemIndex, Json
from ipfs_store import Store


def read_answers(path: Path, store: Store, task: TaskDocument) -> dict[ItemIndex, Json]:
    """Read answers by item index; ids are looked up in the task's items."""
    rows = list(_rows(path))
    if rows and not {"item", "id"} & set(rows[0]):
        raise MalformedDocument(
            f"{path} has the columns {', '.join(map(str, rows[0]))}: item,answer (items count from "
            "0) or id,answer (the requester's names) are needed, with commas"
        )
    places: Mapping[str, int] = {}
    if any("id" in row and "item" not in row for row in rows):
        places = {item.id: index for index, item in enumerate(read_items(store, task))}
    found: dict[ItemIndex, Json] = {}
    for number, row in enumerate(rows):
        index = _index(path, number, row, places)
        if index in found:
            raise MalformedDocument(f"{path}: item {index} is answered twice: keep one row")
        found[index] = _value(path, number, row)
    return found


def _rows(path: Path) -> Iterable[Mapping[str, Any]]:
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix.lower() != ".json":
            return list(csv.DictReader(io.StringIO(text)))
        check_depth(text.encode())
        content = json.loads(text)
    except OSError as error:
        raise MalformedDocument(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, csv.Error) as error:
        raise MalformedDocument(f"{path} is malformed: {error}") from error
    if isinstance(content, dict):
        return [{"item": key, "answer": value} for key, value in content.items()]
    if isinstance(content, list) and all(isinstance(row, dict) for row in content):
        return content
    raise MalformedDocument(f"{path} must hold an object or a list of records, see --help")


def _index(path: Path, number: int, row: Mapping[str, Any], places: Mapping[str, int]) -> ItemIndex:
    if "item" in row:
        index = parse_count(row["item"])
        if index is not None:
            return ItemIndex(index)
        raise MalformedDocument(
            f"{path}: item {show(row['item'])} of row {number} is no whole number"
        )
    name = str(row.get("id"))
    if name not in places:
        raise MalformedDocument(
            f"{path}: the task has no item with the id {show(name)} (row {number})"
        )
    return ItemIndex(places[name])


def _value(path: Path, number: int, row: Mapping[str, Any]) -> Json:
    if row.get("answer") is None:
        raise MalformedDocument(f"{path}: row {number} has no answer: {show(dict(row))}")
    value: Json = row["answer"]
    return value
