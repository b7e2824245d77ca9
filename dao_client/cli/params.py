"""`tessera params`: every number of the protocol, its bounds, and the proposal that set it."""

from typing import Annotated, Any

import typer

from dao_client.cli.desk import Desk, with_desk
from dao_client.cli.gov_view import short_id
from dao_client.governance.bounds import SETTINGS
from dao_client.governance.effects import CHANGE_SECONDS, read_setting
from dao_client.governance.proposals import ParameterChange, parameter_changes
from dao_client.governance.units import parameter_name, write_bounds, write_parameter
from dao_client.moments import write_moment

app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    help="Show the protocol's numbers, their bounds, and who changed them.",
)


@app.callback()
@with_desk
def params(desk: Desk, context: typer.Context) -> None:
    """Show the protocol's numbers, their bounds, and who changed them."""
    if context.invoked_subcommand is not None:
        return
    changes = parameter_changes(desk.system)
    found = desk.system.parameters.parameters()
    rows = [
        {
            "parameter": name.name.lower(),
            "value": write_parameter(name, each.value),
            "hard_bounds": write_bounds(name, each.least, each.most),
            "is_protected": each.is_protected,
            "changed_at": each.changed_at or None,
            "changeable_at": each.changed_at + CHANGE_SECONDS if each.changed_at else None,
            **_made_by(desk, changes.get(name, [])[-1:]),
            **({"number": each.value} if desk.as_json else {}),
        }
        for name, each in found.items()
    ]
    desk.show(rows if desk.as_json else [_for_people(row) for row in rows])


@app.command()
@with_desk
def history(
    desk: Desk, name: Annotated[str, typer.Argument(help="Such as challenge_seconds.")]
) -> None:
    """Show every change of one parameter and the proposal that made it."""
    chosen = parameter_name(name)
    desk.show(
        [
            {
                "block": change.event.place.block_number,
                "old": write_parameter(chosen, change.event.old_value),
                "new": write_parameter(chosen, change.event.new_value),
                "first_task": change.event.first_task,
                **_made_by(desk, [change]),
            }
            for change in parameter_changes(desk.system, chosen).get(chosen, [])
        ]
    )


@app.command()
@with_desk
def governance(desk: Desk) -> None:
    """Show the numbers that governance sets for itself, and its guardian."""
    rows = [
        {
            "setting": name,
            "value": each.write(read_setting(desk.system, each)),
            "hard_bounds": f"{each.write(each.least)} to {each.write(each.most)}",
        }
        for name, each in SETTINGS.items()
    ]
    governor = desk.system.governor
    guardian, until = governor.guardian(), governor.guardian_expires_at()
    has_guardian = int(guardian, 16) != 0
    term = f"cancels only, until {write_moment(until)}" if has_guardian else ""
    value = desk.book.shown(guardian) if has_guardian else "nobody"
    desk.show([*rows, {"setting": "guardian", "value": value, "hard_bounds": term}])


def _made_by(desk: Desk, last: list[ParameterChange]) -> dict[str, Any]:
    """Name the proposal behind a change; none for a number of the first day."""
    proposal = last[-1].proposal if last else None
    if proposal is None:
        return {"proposal": None, "title": None}
    shown = str(proposal.id) if desk.as_json else short_id(proposal.id)
    return {"proposal": shown, "title": proposal.title}


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a narrow table has no room for."""
    day = write_moment(row["changed_at"])[:10] if row["changed_at"] else ""
    return {
        **{key: row[key] for key in ("parameter", "value", "hard_bounds")},
        "workers": "protect" if row["is_protected"] else "",
        "last_change": f"{day} by {row['proposal']}" if row["proposal"] else day,
    }
