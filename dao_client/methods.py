"""The aggregation methods that operators know, to the last parameter.

A task with any other never gets a verdict. The oracle's registry has the code; a test holds the two
lists together.
"""

from dao_client.types import Method

DEFAULT_METHOD = Method("anchored", "1", {})

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
