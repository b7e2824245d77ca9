"""Say which columns a kind of crowd takes from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oracle.errors import CrowdFileRefused

Wanted = Mapping[str, tuple[str, ...]]
"""Per role the names that its column may have; of several that are there the first counts."""


@dataclass(frozen=True)
class Layout:
    """Name the columns of a kind.

    `extras` are further columns that it needs. If there is no column of items, the values of
    `item_from`, some of the extras, name the item, joined by "|".
    """

    item: tuple[str, ...] = ("task", "item")
    worker: tuple[str, ...] = ("worker", "performer")
    answer: tuple[str, ...] = ("answer", "label", "text", "output")
    extras: tuple[str, ...] = ()
    item_from: tuple[str, ...] = ()

    @property
    def wanted(self) -> Wanted:
        """Return the names of each column."""
        named = {"item": self.item, "worker": self.worker, "answer": self.answer}
        return named | {name: (name,) for name in self.extras}

    @property
    def optional(self) -> frozenset[str]:
        """Return the roles that may lack a column."""
        return frozenset({"item"} if self.item_from else ())


ANSWERS = Layout()
"""One answer of one worker to one item: what every kind but pairs takes."""

PAIRS = Layout(answer=("answer", "label"), extras=("left", "right"), item_from=("left", "right"))
"""Which of two objects a worker prefers; the item is the pair."""


def choose_columns(
    source: str, heading: Sequence[str], wanted: Wanted, optional: frozenset[str]
) -> dict[str, str]:
    """Return which column of the `heading` plays each role; none may lack or stand twice."""
    chosen = {}
    for role, names in wanted.items():
        name = next((name for name in names if name in heading), None)
        if name is not None:
            chosen[role] = name
        elif role not in optional:
            raise CrowdFileRefused(
                f"{source} has the columns {', '.join(heading) or 'none'}: "
                f"a column {' or '.join(names)} is needed"
            )
    for name in chosen.values():
        if list(heading).count(name) > 1:
            raise CrowdFileRefused(f"{source}: the column {name} stands twice, keep one of them")
    return chosen
