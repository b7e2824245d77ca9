"""Label the crowds that choose one of K labels: ours and crowd-kit's on the same disguised rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.accuracy import ours
from benchmarks.accuracy.agreement import same_labels_percent
from benchmarks.accuracy.calibration import Guess, accuracy_percent
from benchmarks.accuracy.crowds import Crowd, disguise, draw_audits, write_rows, write_truths
from benchmarks.crowdkit import Costs, Label, ask, read_labels

THEIRS = ("majority", "wawa", "zero_based_skill", "dawid_skene", "one_coin", "mace")
SLOW = "glad"
THEIRS_WITH_GOLD = ("gold_majority", "gold_dawid_skene")
OURS_WITH_GOLD = tuple(name for name in ("anchored",) if name in ours.CHOICE)
PLAIN = "majority"
AUDIT_PERCENT = 5


@dataclass(frozen=True)
class Trial:
    """One method on one disguise of one set.

    `gold` tells whether it was given audits; then audited items do not count, and `without_audits`
    is what the same method says of the same items when it has none; `delivered_gain` is in points
    over all items, audited ones with the label that the audit gave them. `same_percent` is how
    often crowd-kit's method of the same name gives the same label, where neither has a tie.
    """

    set: str
    whose: str
    method: str
    gold: bool
    guesses: list[Guess]
    cpu_seconds: float
    without_audits: list[Guess] = field(default_factory=list)
    same_percent: float | None = None
    delivered_gain: float | None = None


Labels = Mapping[str, Label]


def run_trials(crowds: Sequence[Crowd], seeds: int, folder: Path) -> Iterable[Trial]:
    """Run crowd-kit's programs, two at a time, then label the same rows with ours.

    crowd-kit's GLAD, which is slow, is run on the first disguise alone.
    """
    disguised = [(disguise(crowd, seed), seed) for crowd in crowds for seed in range(seeds)]
    drawn = [draw_audits(crowd, AUDIT_PERCENT, seed) for crowd, seed in disguised]
    with ThreadPoolExecutor(2) as pool:
        slow = [
            ((crowd.name, seed), pool.submit(_ask, crowd, (SLOW,), {}, folder))
            for crowd, seed in disguised
            if seed == 0
        ]
        quick = [
            (
                (crowd.name, seed),
                pool.submit(_ask, crowd, THEIRS + THEIRS_WITH_GOLD, audits, folder),
            )
            for (crowd, seed), audits in zip(disguised, drawn, strict=True)
        ]
        theirs: dict[tuple[str, int], dict[str, Labels]] = defaultdict(dict)
        for key, each in (*slow, *quick):
            for trial, labels in each.result():
                theirs[key][trial.method] = labels
                yield trial
    for (crowd, seed), audits in zip(disguised, drawn, strict=True):
        yield from _label(crowd, audits, theirs[crowd.name, seed])


def _label(
    crowd: Crowd, audits: Mapping[str, str], theirs: Mapping[str, Labels]
) -> Iterable[Trial]:
    """Label with all of ours, and again with audits."""
    frame = ours.frame_of_crowd(crowd)
    found = {name: ours.label(frame, name) for name in ours.CHOICE}
    for name, labels in found.items():
        guesses = _judge_ours(crowd, labels, {})
        same = same_labels_percent(name, labels, theirs) if name in theirs else None
        yield Trial(crowd.name, "ours", name, False, guesses, labels.cpu_seconds, [], same)
    for name in OURS_WITH_GOLD:
        told = ours.label(frame, name, audits)
        guesses, without = (_judge_ours(crowd, each, audits) for each in (told, found[name]))
        after, before = (
            accuracy_percent(_judge_ours(crowd, each, {})) for each in (told, found[name])
        )
        yield Trial(
            crowd.name,
            "ours",
            name,
            True,
            guesses,
            told.cpu_seconds,
            without,
            delivered_gain=after - before,
        )


def _judge_ours(crowd: Crowd, found: ours.Labels, audits: Mapping[str, str]) -> list[Guess]:
    return [
        Guess(found.confidence[item], found.answers[item] == crowd.truth(item))
        for item in crowd.judged
        if item not in audits
    ]


def _ask(
    crowd: Crowd, methods: Sequence[str], audits: Mapping[str, str], folder: Path
) -> list[tuple[Trial, Labels]]:
    with TemporaryDirectory(dir=folder) as name:
        out = Path(name)
        write_rows(out / "answers.csv", crowd)
        write_truths(out / "gold.csv", audits)
        costs = ask(methods, out / "answers.csv", out, out / "gold.csv")
        return [_judge_theirs(crowd, out, each, audits) for each in costs.values()]


def _judge_theirs(
    crowd: Crowd, out: Path, costs: Costs, audits: Mapping[str, str]
) -> tuple[Trial, Labels]:
    method = costs["method"]
    found, gold = read_labels(out, method), method in THEIRS_WITH_GOLD
    guesses = [
        Guess(found[item].confidence, found[item].answer == crowd.truth(item))
        for item in crowd.judged
        if not gold or item not in audits
    ]
    return Trial(crowd.name, "crowd-kit", method, gold, guesses, costs["cpu_seconds"]), found
