"""The hard bounds of what the Governor and the Timelock say about themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dao_client.governance.units import write_bps, write_seconds

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Setting:
    """One number of governance: how it is set and read (none: by events), and its hard bounds."""

    contract: str
    setter: str
    reader: str | None
    least: int
    most: int
    write: Callable[[int], str]


def write_percent(value: int) -> str:
    """Write whole per cent."""
    return f"{value} %"


SETTINGS: Mapping[str, Setting] = {
    "voting_delay": Setting(
        "Governor", "setVotingDelay", "votingDelay", DAY, 7 * DAY, write_seconds
    ),
    "voting_period": Setting(
        "Governor", "setVotingPeriod", "votingPeriod", 3 * DAY, 14 * DAY, write_seconds
    ),
    "late_extension": Setting(
        "Governor",
        "setLateQuorumVoteExtension",
        "lateQuorumVoteExtension",
        DAY,
        3 * DAY,
        write_seconds,
    ),
    "proposal_threshold": Setting("Governor", "setProposalThreshold", None, 10, 200, write_bps),
    "quorum": Setting("Governor", "updateQuorumNumerator", "quorumNumerator", 3, 20, write_percent),
    "timelock_delay": Setting(
        "Timelock", "updateDelay", "getMinDelay", 2 * DAY, 30 * DAY, write_seconds
    ),
}


def setting_of(contract: str | None, function: str | None) -> Setting | None:
    """Return what a call sets, none when it is no number of governance."""
    found = [
        each for each in SETTINGS.values() if (each.contract, each.setter) == (contract, function)
    ]
    return found[0] if found else None


def name_of_setting(setting: Setting) -> str:
    """Return the name of a number of governance."""
    return next(name for name, each in SETTINGS.items() if each == setting)
