"""Answers of a crowd as coded rows: one reader and one writer for all kinds."""

from .frame import Column, Frame, Names, frame_of
from .gold import STAKE_UNIT, Gold, Stakes, read_gold, read_stakes
from .layout import ANSWERS, PAIRS, Layout
from .reading import Progress, read_frame
from .streams import Source
from .writing import check_target, write_labels, write_workers

__all__ = [
    "ANSWERS",
    "PAIRS",
    "STAKE_UNIT",
    "Column",
    "Frame",
    "Gold",
    "Layout",
    "Names",
    "Progress",
    "Source",
    "Stakes",
    "check_target",
    "frame_of",
    "read_frame",
    "read_gold",
    "read_stakes",
    "write_labels",
    "write_workers",
]
