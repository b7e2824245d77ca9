"""Methods for answers that are sets of labels: one binary choice per item and label."""

from oracle.aggregate.choice.anchored import ANCHORED

from .answers import MultiLabelAnswers
from .explanation import explain_item
from .method import (
    MultiLabelAggregate,
    aggregate_multi_label,
    ask_each_label,
    labels_of,
    multi_label_method,
)
from .parsing import parse

MULTI_LABEL = multi_label_method(ANCHORED)
MULTI_LABEL_METHODS = (MULTI_LABEL,)

__all__ = [
    "MULTI_LABEL",
    "MULTI_LABEL_METHODS",
    "MultiLabelAggregate",
    "MultiLabelAnswers",
    "aggregate_multi_label",
    "ask_each_label",
    "explain_item",
    "labels_of",
    "multi_label_method",
    "parse",
]
