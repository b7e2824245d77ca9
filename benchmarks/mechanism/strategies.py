"""What a worker can do instead of honest work, and what the effort costs.

A strategy sees a `View` and gives a label to every answer of the task; only those of its own
workers are used. Costs are in nominal prices: what an .85-accurate worker earns, .6 of `PRICE`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

NAME_TYPE = "U24"
LEAN = 0.3
"""How often a biased worker gives the usual label instead of the one that was found."""
WORK, GUESS, BOT, LOOK = 0.5, 0.01, 0.03, 0.1
SHARED = 0.02 * WORK
"""What an answer costs that another member of the ring has worked out."""


class Strategy(StrEnum):
    """Name what a worker plays."""

    HONEST = "honest"
    BIASED = "biased"
    RANDOM = "random"
    CONSTANT = "constant"
    PRIOR_MIMIC = "prior-mimic"
    COPIER = "copier"
    COPIER_UNSEALED = "copier, unsealed"
    BOT = "same-model bot"
    LAZY = "lazy-half"
    RING = "ring (hash)"
    SABOTAGE = "ring (sabotage)"
    SHARE = "ring (share effort)"
    TARGET = "ring (target)"
    HIDE = "ring (hides errors)"


SPAMMERS = (Strategy.RANDOM, Strategy.CONSTANT, Strategy.PRIOR_MIMIC, Strategy.COPIER)
RINGS = (Strategy.RING, Strategy.SABOTAGE, Strategy.SHARE, Strategy.TARGET, Strategy.HIDE)


@dataclass(frozen=True)
class View:
    """A task as those who answer it see it; arrays have a row per item, some a column per answer.

    `found` is what honest work finds, `alike` what the item is easily taken for, `agreed` what a
    ring has drawn beforehand, `modelled` what one model says to all its bots.
    """

    shares: np.ndarray
    truths: np.ndarray
    workers: np.ndarray
    found: np.ndarray
    alike: np.ndarray
    agreed: np.ndarray
    modelled: np.ndarray
    is_target: np.ndarray
    is_loyal: np.ndarray

    @property
    def usual(self) -> int:
        """The label that most items have."""
        return int(np.argmax(self.shares))


@dataclass(frozen=True)
class Answered:
    """A label for each answer, and what its effort cost."""

    labels: np.ndarray
    costs: np.ndarray


Play = Callable[[View, np.ndarray, np.random.Generator], tuple[np.ndarray, np.ndarray | float]]
"""Of a view, who plays so (one entry per answer) and chance: the labels and their costs."""


def answer(view: View, plays: np.ndarray, chance: np.random.Generator) -> Answered:
    """Let every worker answer as it plays; whoever copies in the open sees all the others."""
    labels, costs = view.found.copy(), np.full(view.found.shape, WORK)
    plays_of = plays[view.workers]
    for strategy, play in PLAYS.items():
        chance_of_play = chance.spawn(1)[0]
        is_own = plays_of == strategy
        if is_own.any():
            given, cost = play(view, is_own, chance_of_play)
            labels, costs = np.where(is_own, given, labels), np.where(is_own, cost, costs)
    is_copy = plays_of == Strategy.COPIER_UNSEALED
    if is_copy.any():
        copied = most_given(labels, ~is_copy, view.shares.size, chance)
        labels, costs = np.where(is_copy, copied[:, None], labels), np.where(is_copy, GUESS, costs)
    return Answered(labels, costs)


def most_given(
    labels: np.ndarray, is_seen: np.ndarray, classes: int, chance: np.random.Generator
) -> np.ndarray:
    """Return the label that most of those who are seen gave to each item; ties by lot."""
    counts = [((labels == label) & is_seen).sum(axis=1) for label in range(classes)]
    lots = chance.random((labels.shape[0], classes)) / 2
    return np.asarray((np.stack(counts, axis=1) + lots).argmax(axis=1))


def _lean(view: View, is_own: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, float]:
    leans = chance.random(view.found.shape) < LEAN
    return np.where(leans, view.usual, view.found), WORK


def _guess(view: View, is_own: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, float]:
    return chance.integers(0, view.shares.size, view.found.shape), GUESS


def _repeat(
    view: View, is_own: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, float]:
    return np.full(view.found.shape, view.usual), GUESS


def _mimic(view: View, is_own: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, float]:
    """Guess as often as each label is true; all that sealed answers leave to a copier."""
    return chance.choice(view.shares.size, view.found.shape, p=view.shares), GUESS


def _ask_model(
    view: View, is_own: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, float]:
    stray = chance.integers(0, view.shares.size, view.found.shape)
    return np.where(view.is_loyal, view.modelled[:, None], stray), BOT


def _work_half(
    view: View, is_own: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    rests = chance.random(view.found.shape) < 0.5
    guesses, _ = _mimic(view, is_own, chance)
    return np.where(rests, guesses, view.found), np.where(rests, GUESS, WORK)


def _agree(view: View, is_own: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, float]:
    return np.broadcast_to(view.agreed[:, None], view.found.shape), GUESS


def _sabotage(
    view: View, is_own: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, float]:
    return np.broadcast_to(view.alike[:, None], view.found.shape), LOOK


def _share_effort(
    view: View, is_own: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The first member on an item works, the others send the same."""
    first = is_own.argmax(axis=1)
    found = np.take_along_axis(view.found, first[:, None], axis=1)
    is_first = np.arange(view.found.shape[1]) == first[:, None]
    return np.broadcast_to(found, view.found.shape), np.where(is_first, WORK, SHARED)


def _aim(view: View, is_own: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, float]:
    return np.where(view.is_target[:, None], view.alike[:, None], view.found), WORK


PLAYS: Mapping[Strategy, Play] = {
    Strategy.BIASED: _lean,
    Strategy.RANDOM: _guess,
    Strategy.CONSTANT: _repeat,
    Strategy.PRIOR_MIMIC: _mimic,
    Strategy.COPIER: _mimic,
    Strategy.BOT: _ask_model,
    Strategy.LAZY: _work_half,
    Strategy.RING: _agree,
    Strategy.SABOTAGE: _sabotage,
    Strategy.SHARE: _share_effort,
    Strategy.TARGET: _aim,
    Strategy.HIDE: _agree,
}
"""What each deviation does; honest work is what `View.found` holds."""
