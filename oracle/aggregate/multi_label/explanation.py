"""Why an item has a label or lacks it."""

from oracle.aggregate.choice import Explanation, explain

from .answers import MultiLabelAnswers
from .method import NO, MultiLabelAggregate


def explain_item(
    answers: MultiLabelAnswers, result: MultiLabelAggregate, item: int
) -> dict[str, Explanation]:
    """Explain the question on each label that somebody gave the item or the item got.

    In an explanation, label 1 is yes and 0 is no; its `item` is the place of the question.
    """
    if result.choices is None or result.decided is None:
        return {}
    first = item * len(answers.labels)
    return {
        label: explain(result.choices, result.decided, first + place)
        for place, label in enumerate(answers.labels)
        if result.has_label[item, place] or result.choices.of_item(first + place)[1].max() != NO
    }
