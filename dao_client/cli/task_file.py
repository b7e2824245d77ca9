"""Read the file that describes a task: YAML or JSON.

    title: Is it a cat?
    instructions: Look at the picture and say whether it shows a cat.
    labels: [yes, no]
    items: photos.csv          # columns id and text or image; or a list, see below
    overlap: 5                 # answers per item at first
    overlap_most: 11           # answers per item where they disagree; no second round if left out
    price: 0.02                # tokens per accepted answer
    budget: 3.5                # tokens; every answer, audits and the fee if left out
    seat_size: 2               # stake that a worker needs; 100 prices, as the DAO says, if left out
    token: "0x…"               # payment token; the deployment's if left out
    gateway: "0x…"             # who may anchor submissions
    submit: 12h                # answers are taken this long
    reveal: 6h                 # then answers are opened and audited; as the DAO says if left out
    verdict: 6h                # then a verdict is due
    method: {name: majority, version: "1", parameters: {}}
    gold: known.csv            # columns id and answer: true answers, secret until you open them
    entry: yes                 # newcomers without a stake may fill it from their first pay
    error_limit: 5 %           # audits must say that no more labels are wrong, or you pay less

Items in a list are texts, or records `{id: a, text: …}` or `{id: b, image: FILE}`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from dao_client.amounts import parse_seconds
from dao_client.cli.task_gold import read_gold_file
from dao_client.errors import MalformedDocument
from dao_client.governance.units import parse_bps
from dao_client.methods import DEFAULT_METHOD, METHODS
from dao_client.requester import DraftItem
from dao_client.types import EVERYTHING_BPS, Bps, ItemIndex, Method

REQUIRED = ("title", "instructions", "labels", "items", "overlap", "price")
OPTIONAL = (
    "budget", "seat_size", "token", "gateway", "submit", "reveal", "verdict", "method",
    "overlap_most", "gold", "entry", "error_limit",
)  # fmt: skip


PHASES = {
    "submit": ("1d", "1s", "365d"),
    "reveal": ("6h", "1h", "3d"),
    "verdict": ("1d", "1h", "30d"),
}
"""How long each phase is if left out, at least, and at most: the contract's own bounds."""


@dataclass(frozen=True, slots=True)
class TaskFile:
    """A task as its file tells it; amounts are text until the token is known."""

    title: str
    instructions: str
    labels: tuple[str, ...]
    items: tuple[DraftItem, ...]
    overlap: int
    price: str
    budget: str | None
    seat_size: str | None
    token: str | None
    gateway: str | None
    submit_seconds: int
    reveal_seconds: int | None
    verdict_seconds: int
    method: Method
    overlap_most: int
    gold: Mapping[ItemIndex, str]
    has_entry: bool
    error_limit: Bps | None


def read_task_file(path: Path) -> TaskFile:
    """Read a task file, its items' files included."""
    found = _load(path)
    _check_keys(path, found)
    labels, items = _labels(path, found), tuple(_items(path, found["items"]))
    return TaskFile(
        title=str(found["title"]),
        instructions=str(found["instructions"]),
        labels=labels,
        items=items,
        overlap=_positive(path, "overlap", found["overlap"]),
        price=str(found["price"]),
        budget=_text(found.get("budget")),
        seat_size=_text(found.get("seat_size")),
        token=_text(found.get("token")),
        gateway=_text(found.get("gateway")),
        submit_seconds=_phase(path, found, "submit"),
        reveal_seconds=None if found.get("reveal") is None else _phase(path, found, "reveal"),
        verdict_seconds=_phase(path, found, "verdict"),
        method=_method(path, found.get("method")),
        overlap_most=_overlap_most(path, found),
        gold=_gold(path, found.get("gold"), items, labels),
        has_entry=_yes(path, "entry", found.get("entry", False)),
        error_limit=_error_limit(path, found.get("error_limit")),
    )


def _load(path: Path) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise MalformedDocument(f"{path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MalformedDocument(f"{path} is neither YAML nor JSON: {error}") from error
    if not isinstance(found, dict):
        raise MalformedDocument(f"{path} must hold names and values (title: …), see --help")
    return found


def _check_keys(path: Path, found: Mapping[str, Any]) -> None:
    if missing := [key for key in REQUIRED if found.get(key) is None]:
        raise MalformedDocument(f"{path} lacks {', '.join(missing)}")
    if unknown := sorted(set(map(str, found)) - {*REQUIRED, *OPTIONAL}):
        raise MalformedDocument(
            f"{path} has unknown names: {', '.join(unknown)}; "
            f"known are {', '.join((*REQUIRED, *OPTIONAL))}"
        )


def _list(path: Path, found: Mapping[str, Any], key: str) -> list[Any]:
    if not isinstance(found[key], list) or not found[key]:
        raise MalformedDocument(f"{path}: {key} must be a list that is not empty")
    listed: list[Any] = found[key]
    return listed


def _labels(path: Path, found: Mapping[str, Any]) -> tuple[str, ...]:
    labels = tuple(_label(path, each) for each in _list(path, found, "labels"))
    if len(labels) < 2 or len(set(labels)) < len(labels):
        raise MalformedDocument(
            f"{path}: labels are {', '.join(labels)}: at least two are needed, all different"
        )
    return labels


def _label(path: Path, label: object) -> str:
    """Take text and whole numbers; YAML reads `yes` without quotes as true."""
    if isinstance(label, bool):
        return "yes" if label else "no"
    if not isinstance(label, str | int):
        raise MalformedDocument(f"{path}: label {label!r} is no text: put it in quotes")
    return str(label)


def _items(path: Path, items: object) -> list[DraftItem]:
    if isinstance(items, str):
        return _items_of_csv(path.parent / items)
    if not isinstance(items, list) or not items:
        raise MalformedDocument(f"{path}: items must be a CSV's name or a list that is not empty")
    return [_item(path, position, item) for position, item in enumerate(items)]


def _items_of_csv(path: Path) -> list[DraftItem]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MalformedDocument(f"{path} cannot be read: {error}") from error
    if not rows:
        raise MalformedDocument(f"{path} has no rows below its header: id,text or id,image")
    return [_item(path, position, row) for position, row in enumerate(rows)]


def _item(path: Path, position: int, item: object) -> DraftItem:
    if isinstance(item, str):
        return DraftItem(str(position), text=item)
    fields = item if isinstance(item, dict) else {}
    name = str(fields.get("id") or position)
    if fields.get("image"):
        return DraftItem(name, image=_bytes(path.parent / str(fields["image"])))
    if fields.get("text"):
        return DraftItem(name, text=str(fields["text"]))
    raise MalformedDocument(f"{path}: item {position} ({item!r}) has neither text nor image")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MalformedDocument(f"image {path} cannot be read: {error.strerror}") from error


def _positive(path: Path, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise MalformedDocument(f"{path}: {key} is {value!r}, it must be a whole number above 0")
    return value


def _phase(path: Path, found: Mapping[str, Any], key: str) -> int:
    usual, least, most = PHASES[key]
    seconds = parse_seconds(found.get(key, usual))
    if not parse_seconds(least) <= seconds <= parse_seconds(most):
        raise MalformedDocument(f"{path}: {key} is {found.get(key)}, it must be {least} to {most}")
    return seconds


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _method(path: Path, method: object) -> Method:
    if method is None:
        return DEFAULT_METHOD
    asked = {"name": method} if isinstance(method, str) else method
    known = METHODS.get(str(asked.get("name"))) if isinstance(asked, dict) else None
    if known is None or not isinstance(asked, dict):
        raise MalformedDocument(
            f"{path}: no operator knows the method {method!r}: write {', '.join(METHODS)}"
        )
    version, parameters = asked.get("version", known.version), asked.get("parameters")
    if str(version) != known.version or parameters not in (None, dict(known.parameters)):
        raise MalformedDocument(
            f"{path}: operators know {known.name} as version {known.version} with the parameters "
            f"{dict(known.parameters)}, not {version} with {parameters}: leave both out"
        )
    return known


def _overlap_most(path: Path, found: Mapping[str, Any]) -> int:
    if found.get("overlap_most") is None:
        return 0
    most = _positive(path, "overlap_most", found["overlap_most"])
    if most <= _positive(path, "overlap", found["overlap"]):
        raise MalformedDocument(
            f"{path}: overlap_most is {most}, it must be more than overlap, {found['overlap']}: "
            "leave it out for one round"
        )
    return most


def _gold(
    path: Path, gold: object, items: tuple[DraftItem, ...], labels: tuple[str, ...]
) -> Mapping[ItemIndex, str]:
    if gold is None:
        return {}
    return read_gold_file(path.parent / str(gold), [item.id for item in items], labels)


def _yes(path: Path, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise MalformedDocument(f"{path}: {key} is {value!r}: write yes or no, without quotes")
    return value


def _error_limit(path: Path, limit: object) -> Bps | None:
    if limit is None:
        return None
    bps = parse_bps(limit)
    if not 0 < bps < EVERYTHING_BPS:
        raise MalformedDocument(f"{path}: error_limit is {limit}: it must be 0.01 % to 99.99 %")
    return Bps(bps)
