"""The aggregation methods that operators know, to the last parameter.

A task with any other never gets a verdict. The oracle's registry has the code; a test holds the two
lists together.
"""

from dao_client.errors import MalformedDocument
from dao_client.types import Method

DEFAULT_METHOD = Method("anchored", "1", {})

MOST_BELIEFS = 1 << 25
"""Items times labels that `anchored` takes: it believes something of each label of each item, in
tables of about 60 bytes a belief, 2 GB in all (100 bytes where labels are two)."""

METHODS = {
    method.name: method
    for method in (
        DEFAULT_METHOD,
        Method("majority", "1", {}),
        Method("stake_weighted", "1", {}),
        Method("wawa", "1", {}),
        Method(
            "zero_based_skill", "1", {"iterations": 100, "steps_per_halving": 20, "epsilon": 10_000}
        ),
        Method("dawid_skene", "2", {"iterations": 100, "tolerance": 14_427}),
        Method("one_coin", "1", {"iterations": 100, "tolerance": 14_427}),
        Method("glad", "1", {"iterations": 6}),
        Method("mace", "1", {"iterations": 50, "tolerance": 10_737, "opening": 5, "evenness": 2}),
    )
}


def check_size(method: Method, item_count: int, label_count: int) -> None:
    """Refuse a task for whose tables no operator has the memory: it would get no verdict."""
    beliefs = item_count * label_count
    if method.name == DEFAULT_METHOD.name and beliefs > MOST_BELIEFS:
        raise MalformedDocument(
            f"{item_count} items with {label_count} labels are {beliefs}, {method.name} takes "
            f"{MOST_BELIEFS}: such a task would get no verdict and pay the flat price; split it, "
            f"offer fewer labels, or take the method majority or wawa"
        )
