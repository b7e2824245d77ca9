"""Turn one event into one row; the row's key is the event's place, so a replay changes nothing."""

from collections.abc import Callable
from dataclasses import fields

from dao_api.database import AnchorRow, Base, TaskRow, VerdictRow
from dao_client.contracts.events import Event

HANDLERS: dict[str, Callable[..., Base]] = {
    "TaskCreated": TaskRow,
    "SubmissionsAnchored": AnchorRow,
    "VerdictPosted": VerdictRow,
}
"""An event's fields are the columns of its table."""


def row_of(event: Event) -> Base:
    """Return the row of an event."""
    place = event.place
    named = {each.name: getattr(event, each.name) for each in fields(event) if each.name != "place"}
    return HANDLERS[type(event).__name__](
        block_number=place.block_number,
        block_hash=place.block_hash,
        log_index=place.log_index,
        **named,
    )
