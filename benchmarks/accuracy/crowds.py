"""The real crowds of `../shared/data`, in a disguise that no method can have been tuned to."""

import csv
import gzip
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

CHOICE_SETS = (
    *("d_product", "snow_rte", "sp", "sp_amt", "zc_all", "zc_in", "zc_us"),
    *("dog", "face", "s_rel", "labelme", "reuters", "cf", "cf_amt"),
    *("quiz_chinese", "quiz_pokemon", "quiz_science", "sp_art", "sp_states"),
)


NUMBER_SETS = ("n_emotion", "snow_valence", "coins", "groceries")
TEXT_SETS = ("crowdspeech_dev_clean", "crowdspeech_dev_other", "crowdwsa_t1")
PAIR_SETS = ("crowdea_olympic", "crowdea_bike", "crowdea_cheat")
BOX_SETS = ("cyto_a",)

PLAIN = ("task", "worker", "answer")
PAIRS = (*PLAIN, "left", "right")


@dataclass(frozen=True)
class Crowd:
    """Rows with the columns of `heading`, and what is true of an item (several boxes, say)."""

    name: str
    heading: tuple[str, ...]
    rows: list[tuple[str, ...]]
    truths: dict[str, list[str]]

    @property
    def items(self) -> set[str]:
        return {row[0] for row in self.rows}

    @property
    def judged(self) -> list[str]:
        """Name the items with answers and a known truth, in a fixed order."""
        return sorted(self.items & self.truths.keys())

    def truth(self, item: str) -> str:
        """Return the one truth of an item; the last if the set has several."""
        return self.truths[item][-1]

    def columns(self) -> dict[str, list[str]]:
        """Return the rows as our public call takes them."""
        return dict(zip(self.heading, map(list, zip(*self.rows, strict=True)), strict=True))


def read_crowd(name: str, folder: Path = DATA) -> Crowd:
    """Read a set; where objects are compared, their ratings are the truth."""
    answers = list(_read(folder / name / "answers.csv.gz"))
    heading = PAIRS if "left" in answers[0] else PLAIN
    truths: dict[str, list[str]] = {}
    for row in _read(folder / name / ("ratings.csv.gz" if heading is PAIRS else "truth.csv.gz")):
        item, truth = row.values()
        truths.setdefault(item, []).append(truth)
    rows = [tuple(row[column] for column in heading) for row in answers]
    return Crowd(name, heading, rows, truths)


def disguise(crowd: Crowd, seed: int, labels: bool = True) -> Crowd:
    """Rename workers, shuffle rows and, where answers are labels, permute these; by `seed`."""
    lots = random.Random(f"{crowd.name} {seed}")
    answers = {row[2] for row in crowd.rows} | {
        truth for own in crowd.truths.values() for truth in own
    }
    label_of = _permute(answers, lots) if labels else {answer: answer for answer in answers}
    worker_of = _permute({row[1] for row in crowd.rows}, lots)
    rows = [(row[0], worker_of[row[1]], label_of[row[2]], *row[3:]) for row in crowd.rows]
    lots.shuffle(rows)
    truths = {item: [label_of[truth] for truth in own] for item, own in crowd.truths.items()}
    return replace(crowd, rows=rows, truths=truths)


def draw_audits(crowd: Crowd, percent: int, seed: int) -> dict[str, str]:
    """Choose items at random and tell their truth."""
    lots = random.Random(f"{crowd.name} audits {seed}")
    count = max(1, round(len(crowd.judged) * percent / 100))
    return {item: crowd.truth(item) for item in lots.sample(crowd.judged, count)}


def write_rows(path: Path, crowd: Crowd) -> None:
    """Write what both programs read."""
    _write(path, crowd.heading, crowd.rows)


def write_truths(path: Path, truths: Mapping[str, str]) -> None:
    """Write audits for the referee."""
    _write(path, ("task", "truth"), truths.items())


def _permute(names: set[str], lots: random.Random) -> dict[str, str]:
    ordered = sorted(names)
    return dict(zip(ordered, lots.sample(ordered, len(ordered)), strict=True))


def _read(path: Path) -> Iterable[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _write(path: Path, heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(heading)
        writer.writerows(rows)
