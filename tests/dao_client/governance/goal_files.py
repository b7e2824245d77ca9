"""Files of goals, as `tessera simulate --goals --json` writes them."""

import json
from collections.abc import Mapping
from typing import Any

from dao_client.governance.goals import MECHANISM, NAMES
from dao_client.parameter_values import BOUNDED

FIRST_DAY = {name: BOUNDED[name].usual for name in MECHANISM}


def goal_rows(**values: int) -> list[dict[str, Any]]:
    """Thirteen goals that hold, simulated with these values; the others are the first day's."""
    settings: Mapping[str, int] = {
        **{name.name.lower(): value for name, value in FIRST_DAY.items()},
        **values,
    }
    conditions = ", ".join(f"{name}={value}" for name, value in settings.items())
    return [
        {
            "goal": name,
            "description": f"what it means; with {conditions}, seed=1, quick",
            "value": -0.25,
            "bound": 0,
            "holds": True,
        }
        for name in NAMES
    ]


def goals_text(**values: int) -> str:
    return json.dumps(goal_rows(**values))
