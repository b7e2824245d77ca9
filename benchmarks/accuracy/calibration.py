"""Expected calibration error: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017."""

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
BPS = 10_000


@dataclass(frozen=True)
class Guess:
    """A label, how sure the method is of it (0..1), and whether it is right."""

    confidence: float
    is_right: bool


@dataclass(frozen=True)
class Bin:
    """Guesses of like confidence: how many, how sure on average, and the share that is right."""

    count: int
    confidence: float
    accuracy: float


def accuracy_percent(guesses: Sequence[Guess]) -> float:
    return 100 * sum(guess.is_right for guess in guesses) / len(guesses)


def calibration_error_bps(guesses: Sequence[Guess]) -> float:
    """Return the mean distance of confidence from accuracy, over ten equally wide bins."""
    found = bins(guesses)
    off = sum(each.count * abs(each.confidence - each.accuracy) for each in found)
    return BPS * off / len(guesses)


def bins(guesses: Sequence[Guess]) -> list[Bin]:
    """Sort the guesses into [0, .1), [.1, .2) … [.9, 1]; leave out what stays empty."""
    sorted_in: list[list[Guess]] = [[] for _ in range(BINS)]
    for guess in guesses:
        sorted_in[min(int(guess.confidence * BINS), BINS - 1)].append(guess)
    return [_bin(each) for each in sorted_in if each]


def _bin(guesses: Sequence[Guess]) -> Bin:
    mean = sum(guess.confidence for guess in guesses) / len(guesses)
    return Bin(len(guesses), mean, accuracy_percent(guesses) / 100)
