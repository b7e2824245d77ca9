"""Word error rates on real crowds against crowd-kit 1.4.2's ROVER."""

import csv
import gzip
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from oracle.aggregate.text.distance import edit_distance
from tests.oracle.aggregate.text.crowds import frame_from, run, texts_of

pytestmark = pytest.mark.unit

DATA = Path(__file__).parents[5] / "shared" / "data"

# crowd-kit's ROVER, fed and measured on the same words: as split, and without punctuation.
CROWDKIT = {
    "crowdspeech_dev_clean": (0.07264, 0.06046),
    "crowdspeech_dev_other": (0.13025, 0.12138),
    "crowdwsa_t1": (0.61448, 0.50849),
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def split(text: str) -> list[str]:
    return text.lower().split()


def bare(text: str) -> list[str]:
    normal = unicodedata.normalize("NFKC", text).lower().replace("\u2019", "'")
    return re.findall(r"[\w']+", normal)


def word_error_rate(
    texts: dict[str, str], truths: dict[str, str], words: Callable[[str], list[str]]
) -> float:
    errors = total = 0
    for item, truth in truths.items():
        expected, found = words(truth), words(texts[item])
        codes = {word: code for code, word in enumerate({*expected, *found})}
        sides = [np.array([codes[w] for w in side], np.int32) for side in (expected, found)]
        errors += edit_distance(*sides)
        total += len(expected)
    return errors / total


@pytest.mark.parametrize("name", CROWDKIT)
def test_weighted_rover__real_crowd__errs_less_than_crowdkits_rover(name):
    if not (DATA / name).is_dir():
        pytest.skip(f"{DATA / name} is not on this machine")
    rows = rows_of(DATA / name / "answers.csv.gz")
    frame = frame_from([(row["task"], row["worker"], row["answer"]) for row in rows])
    truths = {row["task"]: row["truth"] for row in rows_of(DATA / name / "truth.csv.gz")}

    outcome = run("weighted_rover", frame)

    texts = dict(zip(frame.items, texts_of(outcome), strict=True))
    measured = [word_error_rate(texts, truths, words) for words in (split, bare)]
    assert all(ours < theirs for ours, theirs in zip(measured, CROWDKIT[name], strict=True))
