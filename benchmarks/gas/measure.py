"""Play the whole script on one node."""

from pathlib import Path

from .claiming import play_claims
from .governing import OURS, measure_governing
from .judging import play_disputes, play_endings, play_expiry, play_verdicts
from .opening import Gas, play_answers, play_stakes, play_tasks, play_tokens
from .script import SIZES, SMALL, Script
from .snapshot import THEIRS
from .stage import Stage, open_stage

WHOLE_TASK = ("create_task", "anchor_submissions", "post_verdict", "finalise")


BESIDE = "anvil"
"""Where OpenZeppelin's Governor is measured too: its code needs cancun."""


def measure(kind: str, folder: Path, script: Script) -> dict[str, Gas]:
    """Return the gas of each step on a node of this kind: a task's life, then a proposal's.

    Ours stands under the kind, OpenZeppelin's in the same run under its name.
    """
    with open_stage(kind, folder / "tasks") as stage:
        gas = _play(stage, script)
    governed = measure_governing(kind, folder / "proposals", beside=kind == BESIDE)
    theirs = {THEIRS: governed[THEIRS]} if THEIRS in governed else {}
    return {kind: gas | governed[OURS]} | theirs


def _play(stage: Stage, script: Script) -> Gas:
    gas = play_tokens(stage, script)
    gas |= play_stakes(stage)
    gas |= play_tasks(stage, script)
    gas |= play_answers(stage, script)
    gas |= play_verdicts(stage, script)
    gas |= play_disputes(stage, script)
    gas |= play_endings(stage, script)
    whole = sum(gas[step] for step in WHOLE_TASK)
    gas["task_per_worker"] = whole // SIZES[SMALL]
    gas["task_per_worker_with_refund"] = (whole + gas["refund"]) // SIZES[SMALL]
    gas |= play_claims(stage, script)
    gas |= play_expiry(stage, script)
    return gas
