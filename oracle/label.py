"""Turn counted answers into labels by the method that the task names."""

from dao_client.types import Bps, ItemIndex

from .aggregate import TASK_METHODS, Aggregation
from .aggregate.choice import Aggregate, Answers, LocalCrowd
from .errors import VerdictRefused
from .types import Label, Rules


def label_items(rules: Rules, aggregate: Aggregate) -> tuple[Label, ...]:
    """Name the label of every item that has one, in the order of the items."""
    return tuple(
        Label(
            item=ItemIndex(item),
            label=label,
            answer=rules.labels[label],
            confidence=Bps(confidence),
        )
        for item, (label, confidence) in enumerate(
            zip(aggregate.labels.tolist(), aggregate.confidence_bps.tolist(), strict=True)
        )
        if label >= 0
    )


def aggregate_answers(rules: Rules, answers: Answers) -> Aggregate:
    """Run the task's method on the answers that count.

    Of an item that audits or gold know, the label is what the method makes of the others' answers:
    so it can be compared with what is known, which overrules it in a verdict (`let_known_stand`).
    """
    method = aggregation_of(rules)
    found: Aggregate = method.aggregate(LocalCrowd(answers), method.parameters)
    return found


def aggregation_of(rules: Rules) -> Aggregation:
    """Find the task's method; refuse one that this program does not know to the last parameter."""
    known = TASK_METHODS.get(rules.method.name)
    if known is None or known.method != rules.method:
        raise VerdictRefused(
            f"task {rules.task.task_id} asks for method {rules.method.name!r} version "
            f"{rules.method.version!r} with {dict(rules.method.parameters)}: known are "
            f"{sorted(TASK_METHODS)}; without a verdict the task expires and pays the flat price"
        )
    return known
