"""How well a crowd agrees: what a requester wants to know before trusting a label."""

from .alpha import interval_alpha, nominal_alpha
from .confusion import Confusion, confusion_of
from .hardness import HardItem, hardest_items
from .overlap import Overlap, overlap_of

__all__ = [
    "Confusion",
    "HardItem",
    "Overlap",
    "confusion_of",
    "hardest_items",
    "interval_alpha",
    "nominal_alpha",
    "overlap_of",
]
