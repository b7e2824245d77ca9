"""Measure what each step costs on a real node, through the SDK, to the same number each time.

Keys, addresses, nonces and every timestamp in calldata are fixed, and ECDSA signatures are
deterministic, so calldata is the same to the byte on every run.
"""

from .measure import measure
from .snapshot import ANCHORS, SNAPSHOT, THEIRS, flatness, limits, over_limit

__all__ = ["ANCHORS", "SNAPSHOT", "THEIRS", "flatness", "limits", "measure", "over_limit"]
