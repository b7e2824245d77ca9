"""What decides between labels of equal weight: keccak256(seed || item || label), the smallest.

Hashing every label of every item would take longer than all else, so lots are drawn only for items
where a tie was found, and kept.
"""

import numpy as np

from oracle.aggregate.choice import Answers, lot
from oracle.integers import Ints32


class Lots:
    """Remember the lots drawn so far.

    `ranks` has one entry per answer: the place of its label's hash among those of the labels given
    on its item. Places of two items cannot be compared.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._drawn = np.zeros(answers.item_count, dtype=np.bool_)
        self.ranks: Ints32 = np.zeros(answers.answer_count, dtype=np.int32)

    def draw(self, is_tied: Ints32) -> bool:
        """Draw the lots of the tied items that have none yet; say whether there were any."""
        undrawn = np.flatnonzero((is_tied != 0) & ~self._drawn).tolist()
        for item in undrawn:
            self._draw_item(item)
        self._drawn[undrawn] = True
        return bool(undrawn)

    def _draw_item(self, item: int) -> None:
        starts, seed = self._answers.starts, self._answers.seed
        given = self._answers.of_item(item)[1].tolist()
        order = sorted(set(given), key=lambda label: lot(seed, item, label))
        place = {label: rank for rank, label in enumerate(order)}
        self.ranks[int(starts[item]) : int(starts[item + 1])] = [place[label] for label in given]
