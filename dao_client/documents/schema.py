"""Check payloads against the JSON Schema of their kind; all documents go through these two doors.

A document is one raw block: canonical JSON of at most 1 MiB whose `schema` member names its kind
and version. `<kind>.json` beside this file is the schema; `values.json` holds what kinds share.
"""

import json
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from dao_client.abi_rows import MAX_UINT256, is_address
from dao_client.canonical import from_canonical, show, to_canonical
from dao_client.errors import MalformedDocument
from ipfs_store import MAX_BLOCK_BYTES

LONGEST_REASON = 160
LONGEST_UINT256 = 78


class Kind(StrEnum):
    """The kinds of documents, each with one version so far; the last travels over HTTP only."""

    TASK = "task"
    ITEMS = "items"
    GOLD = "gold"
    ANSWERS = "answers"
    SEALED = "sealed"
    BATCH = "batch"
    SUBMISSIONS = "submissions"
    SNAPSHOT = "snapshot"
    FORCED = "forced"
    STAKES = "stakes"
    HISTORIES = "histories"
    MISSING = "missing"
    VERDICT = "verdict"
    LABELS = "labels"
    PAYOUTS = "payouts"
    REFUSALS = "refusals"
    REPUTATION = "reputation"
    ACCEPTANCE = "acceptance"

    @property
    def schema(self) -> str:
        """Name the kind and version as documents do."""
        return f"tessera/{self}/1"


def write(kind: Kind, members: dict[str, Any]) -> bytes:
    """Encode a document, checked as strictly as a foreign one would be."""
    document = {"schema": kind.schema, **members}
    block = to_canonical(document)
    _check_size(kind, block)
    check(kind, document)
    return block


def read(kind: Kind, block: bytes) -> dict[str, Any]:
    """Decode a document of one kind; refuse everything that is not exactly such a document."""
    _check_size(kind, block)
    try:
        document = from_canonical(block)
    except MalformedDocument as error:
        raise MalformedDocument(f"{kind} document: {error}") from error
    if not isinstance(document, dict):
        refuse(kind, "$", document, "must be an object")
    if document.get("schema") != kind.schema:
        refuse(kind, "$.schema", document.get("schema"), f"this release reads {kind.schema!r}")
    check(kind, document)
    return document


def kind_of(block: bytes) -> Kind | None:
    """Tell which kind a block says it is; none when it is no document of ours."""
    try:
        document = from_canonical(block)
    except MalformedDocument:
        return None
    named = document.get("schema") if isinstance(document, dict) else None
    return next((kind for kind in Kind if kind.schema == named), None)


def check(kind: Kind, document: object) -> None:
    """Refuse a decoded value that its kind's JSON Schema does not allow."""
    error = next(_validator(kind).iter_errors(document), None)
    if error is not None:
        refuse(kind, error.json_path, error.instance, _reason(error))


def refuse(kind: Kind, path: str, value: object, reason: str) -> NoReturn:
    """Refuse a document: which kind, where in it, which value, and why."""
    raise MalformedDocument(f"{kind} document, {path} = {show(value)}: {reason}")


def _check_size(kind: Kind, block: bytes) -> None:
    if len(block) > MAX_BLOCK_BYTES:
        refuse(kind, "$", f"{len(block)} bytes", f"a block holds {MAX_BLOCK_BYTES} bytes: split it")


def _reason(error: ValidationError) -> str:
    if len(error.message) <= LONGEST_REASON:
        return error.message
    return f"{error.validator} must be {show(error.validator_value)}"


@cache
def _validator(kind: Kind) -> Draft202012Validator:
    own = _load(kind)
    schema = _inlined(own, {**_load("values")["$defs"], **own.pop("$defs", {})})
    return Draft202012Validator(schema, format_checker=_formats())


def _inlined(schema: Any, shared: dict[str, Any]) -> Any:  # noqa: ANN401  # a JSON Schema
    """Put shared definitions in place of references: jsonschema takes long to follow them."""
    if isinstance(schema, list):
        return [_inlined(element, shared) for element in schema]
    if not isinstance(schema, dict):
        return schema
    members = {name: _inlined(member, shared) for name, member in schema.items() if name != "$ref"}
    if "$ref" in schema:
        members |= _inlined(shared[schema["$ref"].rpartition("/")[2]], shared)
    return members


def _load(name: str) -> Any:  # noqa: ANN401  # a JSON Schema
    return json.loads(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    checker.checks("address")(is_address)
    checker.checks("uint256")(_is_uint256)
    checker.checks("line")(lambda value: not str(value).endswith("\n"))
    return checker


def _is_uint256(value: object) -> bool:
    text = str(value)
    return text.isdigit() and len(text) <= LONGEST_UINT256 and int(text) <= MAX_UINT256
