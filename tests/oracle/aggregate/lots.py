"""Chance from counting alone, so that no release of any library changes what is drawn."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_FACTOR, _STEP, _BITS = 6364136223846793005, 1442695040888963407, 64
"""Knuth's MMIX generator; its high bits are good."""


class Lots:
    """Draw lots: the same ones from the same seed, for ever."""

    def __init__(self, seed: int) -> None:
        self._state = seed
        self.below(1)

    def below(self, count: int) -> int:
        """Return one of 0..count - 1."""
        self._state = (self._state * _FACTOR + _STEP) % (1 << _BITS)
        return (self._state >> 33) % count

    def happens(self, percent: int) -> bool:
        """Say yes in so many of a hundred cases."""
        return self.below(100) < percent

    def one_of(self, values: Sequence[T]) -> T:
        """Return any of the values."""
        return values[self.below(len(values))]

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """Return so many different places' values, in any order."""
        return self.shuffled(values)[:count]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """Return the values in any order."""
        left = list(values)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]
