"""Compare gas with the limits of the anchors, and keep the snapshot that tests compare with."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ANCHORS = ROOT / "benchmarks" / "anchors.json"
SNAPSHOT = ROOT / "tests" / "integration" / "gas_snapshot.json"
SIZE_SUFFIXES = ("", "_10000", "_100000")  # after the name of a step of 100 answers
THEIRS = "openzeppelin"
"""Whose Governor is measured beside ours, on Anvil; its figures stand under this name."""
LIKE = {
    f"{step}{suffix}": step
    for step in ("anchor_submissions", "post_verdict", "finalise")
    for suffix in SIZE_SUFFIXES
} | {
    "anchor_submissions_again": "anchor_submissions",
    "create_task_exact_approval": "create_task",
    "force_submission_again": "force_submission",
    "open_dispute_again": "open_dispute",
    "cast_vote_after_quorum": "cast_vote",
}
"""Variants of a step and the anchor that bounds them too."""


def anchor_of(step: str, anchors: Path = ANCHORS) -> Mapping[str, Any] | None:
    """Return the anchor of a step, none for a step that nobody else has."""
    found: dict[str, Mapping[str, Any]] = json.loads(anchors.read_text("utf-8"))["gas"]
    return found.get(LIKE.get(step, step))


def limits(gas: Mapping[str, int]) -> dict[str, int]:
    """Return the limit of each measured step that has one."""
    found = {step: anchor_of(step) for step in gas}
    return {step: anchor["limit"] for step, anchor in found.items() if anchor}


def over_limit(gas: Mapping[str, int]) -> dict[str, int]:
    """Return by how much each step exceeds its limit; nothing when all hold."""
    return {step: gas[step] - limit for step, limit in limits(gas).items() if gas[step] > limit}


def flatness(gas: Mapping[str, int], step: str) -> float:
    """Return by what share the gas of a step differs between 100 and 100,000 answers."""
    sizes = [gas[step + suffix] for suffix in SIZE_SUFFIXES]
    return (max(sizes) - min(sizes)) / sizes[0]
