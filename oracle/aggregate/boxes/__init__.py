"""Methods for boxes around objects: clustered by overlap, voted on, fused."""

from .answers import PIXEL, Box, BoxAnswers, Corners
from .explanation import BoxExplanation, BoxVote, explain_item
from .method import BOXES, BoxAggregate, Proposal, aggregate_boxes
from .parsing import parse

BOX_METHODS = (BOXES,)

__all__ = [
    "BOXES",
    "BOX_METHODS",
    "PIXEL",
    "Box",
    "BoxAggregate",
    "BoxAnswers",
    "BoxExplanation",
    "BoxVote",
    "Corners",
    "Proposal",
    "aggregate_boxes",
    "explain_item",
    "parse",
]
