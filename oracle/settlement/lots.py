"""What decides between labels of equal weight: keccak256(seed || item || label), the smallest.

Item and label count as uint256. Hashing every label of every item would take longer than all else,
so lots are drawn only for items where a tie was found, and kept.
"""

from dataclasses import dataclass, field

import numpy as np
from eth_hash.backends.pysha3 import keccak256

from oracle.aggregate.choice import Answers
from oracle.integers import Ints32


@dataclass(frozen=True)
class Lots:
    """Remember the lots drawn so far.

    `ranks` has one entry per answer: the place of its label's hash among those of the labels given
    on its item. Nothing but a place within one item can be compared.
    """

    answers: Answers
    ranks: Ints32 = field(init=False)
    is_drawn: Ints32 = field(init=False)

    def __post_init__(self) -> None:
        """Start with no lot drawn."""
        object.__setattr__(self, "ranks", np.zeros(self.answers.answer_count, dtype=np.int32))
        object.__setattr__(self, "is_drawn", np.zeros(self.answers.item_count, dtype=np.int32))

    def draw(self, is_tied: Ints32) -> bool:
        """Draw the lots of the tied items that have none yet; say whether there were any."""
        undrawn = np.flatnonzero(is_tied > self.is_drawn).tolist()
        for item in undrawn:
            _, labels = self.answers.of_item(item)
            own = slice(int(self.answers.starts[item]), int(self.answers.starts[item + 1]))
            given = labels.tolist()
            order = sorted(set(given), key=lambda label: lot(self.answers.seed, item, label))
            place = {label: rank for rank, label in enumerate(order)}
            self.ranks[own] = [place[label] for label in given]
            self.is_drawn[item] = 1
        return bool(undrawn)


def lot(seed: bytes, item: int, label: int) -> bytes:
    """Return the hash by which a label stands on an item; the smallest wins."""
    return keccak256(seed + item.to_bytes(32, "big") + label.to_bytes(32, "big"))
