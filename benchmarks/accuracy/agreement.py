"""How often two programs give the same label to the items on which neither has a tie."""

from collections.abc import Mapping

from benchmarks.accuracy.ours import Labels
from benchmarks.crowdkit import Label

Theirs = Mapping[str, Mapping[str, Label]]
"""crowd-kit's label of each item, by method."""

CLASSICAL = ("majority", "wawa", "zero_based_skill", "dawid_skene", "one_coin")
FROM_A_VOTE = ("wawa", "zero_based_skill")
"""They weigh workers by who wins a plain vote, so a tie of that vote is one of theirs too."""


def untied_items(method: str, found: Labels, theirs: Theirs) -> list[str]:
    """Name the items on which one label is ahead of all others, with both programs."""
    votes = [theirs[name] for name in (method, *(("majority",) if method in FROM_A_VOTE else ()))]
    return [
        item
        for item in theirs[method]
        if not found.is_tied(item) and not any(each[item].is_tied for each in votes)
    ]


def same_labels_percent(method: str, found: Labels, theirs: Theirs) -> float:
    """Return the percent of untied items with the same label; 100 if there are none."""
    items = untied_items(method, found, theirs)
    same = sum(found.answers[item] == theirs[method][item].answer for item in items)
    return 100 * same / len(items) if items else 100.0
