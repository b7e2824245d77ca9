"""Read the file that describes a proposal: YAML or JSON.

    title: Shorten the challenge window
    description: |
      Verdicts are challenged within three hours or never, so workers wait for nothing.
    changes:
      - set: challenge_seconds
        to: 20h

`dao_client.governance.changes` lists every kind of change.
"""

from pathlib import Path

import yaml

from dao_client.errors import MalformedDocument
from dao_client.governance.book import Book
from dao_client.governance.changes import encode_change
from dao_client.governance.fields import Fields, refuse
from dao_client.governance.goals import GOALS_MARK
from dao_client.governance.types import PROPOSER_MARK, Draft

MAX_CHANGES = 8
MAX_CALL_BYTES = 1_024
"""The Timelock takes no more calls, and no longer ones."""
MAX_DESCRIPTION_BYTES = 8_000
"""The Governor takes 8,192, the marks of the proposer and of the goals included."""
MARKS = (PROPOSER_MARK, GOALS_MARK)
"""What only `tessera gov propose` writes into a description."""


def read_proposal_file(path: Path, book: Book) -> Draft:
    """Read a proposal and encode its changes."""
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise MalformedDocument(f"{path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise MalformedDocument(f"{path} is not YAML: {error}") from error
    return read_proposal(found, book, str(path))


def read_proposal(found: object, book: Book, place: str = "proposal") -> Draft:
    """Check what a file holds and encode its changes."""
    fields = Fields(place, found, book, required=("title", "changes"), optional=("description",))
    body = fields.text("description") if "description" in fields.values else ""
    title = fields.text("title")
    if "\n" in title or any(mark in title + body for mark in MARKS):
        refuse(place, title, f"must be one line, and nothing may hold {' or '.join(MARKS)}")
    size = len((title + body).encode())
    if size > MAX_DESCRIPTION_BYTES:
        refuse(
            f"{place}: description", body, f"has {size} bytes, {MAX_DESCRIPTION_BYTES} are taken"
        )
    changes = fields.values["changes"]
    if not isinstance(changes, list) or not 1 <= len(changes) <= MAX_CHANGES:
        refuse(f"{place}: changes", changes, f"must be a list of 1 to {MAX_CHANGES} changes")
    actions = []
    for number, change in enumerate(changes):
        where = f"{place}: changes[{number}]"
        action = encode_change(book, where, change)
        if len(action.data) > MAX_CALL_BYTES:
            refuse(where, change, f"makes {len(action.data)} bytes, {MAX_CALL_BYTES} are taken")
        actions.append(action)
    return Draft(title, body, tuple(actions))
