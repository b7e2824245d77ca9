"""A crowd of real classifiers that reads the handwritten digits which scikit-learn ships.

Every classifier is trained on its own small random set of images that are not in the task. Families
and sizes differ, so skill runs from little better than chance to nearly perfect. Six spammers
earn their living without looking.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import RidgeClassifier
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, ExtraTreeClassifier

from scripts.demo.crowd import Crowd, CrowdItem, CrowdWorker, assign_items
from scripts.demo.errors import SettingsError
from scripts.demo.png import encode_png

LABELS = tuple("0123456789")
MAX_ITEMS = 1000  # leaves 797 of the 1,797 images for training
CLASSIFIERS = 40
STAKES_PERCENT = (100, 150, 200)  # of a seat, in turn: who is skilled has no more at stake
Opinion = tuple[str, str, Sequence[int]]  # kind, detail, one digit for every item
TRAINING_SIZES = (12, 20, 30, 45, 70, 110, 170)
INK_LEVELS = 16  # scikit-learn's digits have ink 0..16
SCALE = 4  # 8 by 8 cells are drawn as 32 by 32 pixels

FAMILIES: tuple[tuple[str, Callable[[int], Any]], ...] = (
    ("decision tree", lambda seed: DecisionTreeClassifier(max_depth=6, random_state=seed)),
    ("random split tree", lambda seed: ExtraTreeClassifier(random_state=seed)),
    ("Gaussian Bayes", lambda seed: GaussianNB(var_smoothing=1e-3)),
    ("Bernoulli Bayes", lambda seed: BernoulliNB(binarize=8)),
    ("multinomial Bayes", lambda seed: MultinomialNB()),
    ("nearest neighbour", lambda seed: KNeighborsClassifier(1)),
    ("five neighbours", lambda seed: KNeighborsClassifier(5)),
    ("ridge classifier", lambda seed: RidgeClassifier()),
    ("support vectors", lambda seed: SVC()),
    ("small forest", lambda seed: RandomForestClassifier(6, max_depth=4, random_state=seed)),
)


@dataclass(frozen=True)
class Images:
    """Pixels as rows of 64 and their digits, split once into the task and the training pool."""

    task_pixels: NDArray[np.float64]
    task_digits: NDArray[np.int64]
    pool_pixels: NDArray[np.float64]
    pool_digits: NDArray[np.int64]


def digits_crowd(items: int = 500, overlap: int = 7, seed: int = 3) -> Crowd:
    """Train the crowd and let it answer; the same seed gives the same crowd."""
    if not 10 <= items <= MAX_ITEMS:
        raise SettingsError(f"{items} items: the digits demo takes 10 to {MAX_ITEMS}")
    images = _split(items, seed)
    opinions = [*_classifiers(images, seed), *_spammers(images, seed)]
    assigned = assign_items(items, len(opinions), overlap, seed)
    workers = [
        CrowdWorker(
            name=f"{kind} {number:02}",
            kind=kind,
            detail=detail,
            answers=_answers(predicted, chosen),
            stake_percent=STAKES_PERCENT[number % len(STAKES_PERCENT)],
        )
        for number, ((kind, detail, predicted), chosen) in enumerate(
            zip(opinions, assigned, strict=True), start=1
        )
    ]
    return Crowd(
        title="Handwritten digits",
        instructions="Which digit is written in the image?",
        labels=LABELS,
        items=tuple(_items(images)),
        workers=tuple(workers),
        overlap=overlap,
    )


def _split(items: int, seed: int) -> Images:
    pixels, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(digits))
    task, pool = order[:items], order[items:]
    return Images(pixels[task], digits[task], pixels[pool], digits[pool])


def _items(images: Images) -> Iterator[CrowdItem]:
    for number, (pixels, digit) in enumerate(
        zip(images.task_pixels, images.task_digits, strict=True)
    ):
        yield CrowdItem(id=f"digit-{number:04}", png=_draw(pixels), truth=str(int(digit)))


def _draw(pixels: NDArray[np.float64]) -> bytes:
    ink = (255 - pixels.reshape(8, 8) * 255 // INK_LEVELS).astype(int)
    return encode_png(np.kron(ink, np.ones((SCALE, SCALE), dtype=int)).tolist())


def _answers(predicted: Sequence[int], chosen: list[int]) -> tuple[tuple[int, str], ...]:
    return tuple((item, str(int(predicted[item]))) for item in chosen)


def _classifiers(images: Images, seed: int) -> Iterator[Opinion]:
    rng = np.random.default_rng([seed, 1])
    for number in range(CLASSIFIERS):
        family, build = FAMILIES[number % len(FAMILIES)]
        size = TRAINING_SIZES[(number * 3) % len(TRAINING_SIZES)]
        chosen = rng.choice(len(images.pool_digits), size, replace=False)
        model = build(number).fit(images.pool_pixels[chosen], images.pool_digits[chosen])
        yield "classifier", f"{family}, {size} images", model.predict(images.task_pixels)


def _spammers(images: Images, seed: int) -> Iterator[Opinion]:
    random, count = Random(seed), len(images.task_digits)
    seen = [int(digit) for digit in images.pool_digits[:20]]
    yield "spammer", "always 1", [1] * count
    yield "spammer", "always 7", [7] * count
    yield "spammer", "a random digit", [random.randrange(10) for _ in range(count)]
    yield "spammer", "another random digit", [random.randrange(10) for _ in range(count)]
    yield "spammer", "a digit as common as it is", [random.choice(seen) for _ in range(count)]
    yield "spammer", "0, 1, 2, … in turn", [number % 10 for number in range(count)]
