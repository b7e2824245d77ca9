"""Which items of a task are worth asking again: what audits and gold do not know of it.

A verdict that audits do not deliver pays for audited answers alone and leaves the rest of the
budget to the requester: it can buy more answers, of a new task for the same items (rule 11).
"""

from collections.abc import Sequence

from dao_client.types import Bps, ItemIndex

from .explain import Recount
from .label import label_items


def items_to_ask(found: Recount, below: Bps | None) -> Sequence[ItemIndex]:
    """Return the items that are not known and whose label, if any, is less sure than `below`.

    Without a bound no label that is not known is sure enough.
    """
    evidence, judged = found.evidence, found.judged
    sure = {
        label.item
        for label in label_items(evidence.rules, judged.labels)
        if below is not None and label.confidence >= below
    }
    items = map(ItemIndex, range(evidence.rules.item_count))
    return [item for item in items if item not in judged.known and item not in sure]
