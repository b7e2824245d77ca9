"""Any small crowd that chooses: the result is defined, and names and order mean nothing to it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, note, settings, strategies as st

from oracle.aggregate import METHODS
from oracle.crowd_table import Labelling, aggregate_answers

from .digests import answers_of, digest_of

pytestmark = pytest.mark.unit

CHOICES = [name for name in METHODS if METHODS[name].kind == "choice"]
STAKES = ["0", "0.000000001", "0.5", "1", "1.999999999", "2", "1e9"]

NAMES = [
    *("é", "e\u0301", " ", "  ", "a b", "\n", "\r\n", '"', ",", "a", "A", "aa", "NaN", "null", "0"),
    *("00", "-1", "猫", "\U0001f63a", "\u202e", "\ufeff", "\0", "[]", "a|b", "ß", "x" * 300),
]

rows = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=40
)


def distinct(count: int) -> st.SearchStrategy[list[str]]:
    return st.permutations(NAMES).map(lambda names: names[:count])


@dataclass(frozen=True)
class AnyCrowd:
    """Rows of codes, and the names that the codes stand for."""

    rows: list[tuple[int, int, int]]
    items: list[str]
    workers: list[str]
    labels: list[str]
    gold: dict[int, int]
    stakes: list[str]

    def aggregate(self, method: str, threads: int = 1) -> Labelling:
        items, workers, labels = zip(*self.rows, strict=True)
        return aggregate_answers(
            {
                "task": [self.items[code] for code in items],
                "worker": [self.workers[code] for code in workers],
                "label": [self.labels[code] for code in labels],
            },
            method,
            gold={
                "task": [self.items[item] for item in self.gold],
                "truth": [self.labels[label] for label in self.gold.values()],
            }
            if self.gold
            else None,
            stakes={"worker": self.workers, "stake": self.stakes},
            threads=threads,
        )


crowds = st.builds(
    AnyCrowd,
    rows,
    distinct(8),
    distinct(5),
    distinct(4),
    st.dictionaries(st.integers(0, 7), st.integers(0, 3), max_size=4),
    st.lists(st.sampled_from(STAKES), min_size=5, max_size=5),
)
FEW = settings(max_examples=20)


def change(crowd: AnyCrowd, **parts: object) -> AnyCrowd:
    return AnyCrowd(**{**vars(crowd), **parts})


@FEW
@given(crowds)
def test_methods__any_crowd__give_a_label_that_somebody_named(crowd):
    truths = {crowd.items[item]: crowd.labels[label] for item, label in crowd.gold.items()}
    answered = {crowd.items[item] for item, _, _ in crowd.rows}
    named = {crowd.labels[label] for _, _, label in crowd.rows} | set(truths.values())
    staked = {crowd.items[item] for item, worker, _ in crowd.rows if crowd.stakes[worker] != "0"}
    for method in each_method():
        found = crowd.aggregate(method)
        answers = dict(zip(found.outcome.names, answers_of(found.outcome), strict=True))

        assert set(answers) == answered
        assert set(answers.values()) <= named | {None}
        assert all(answers[item] == truths[item] for item in answered & set(truths))
        assert all(answers[item] is not None for item in staked)
        assert len(found.outcome.skill_bps) == len(found.frame.workers)
        for shares in (found.outcome.confidence_bps, found.outcome.skill_bps):
            assert all(0 <= share <= 10_000 for share in shares.tolist())


@FEW
@given(crowds, st.randoms(use_true_random=False), st.integers(2, 9))
def test_methods__rows_in_another_order_on_threads__give_the_same_digest(crowd, chance, threads):
    shuffled = change(crowd, rows=chance.sample(crowd.rows, len(crowd.rows)))

    for method in each_method():
        found = shuffled.aggregate(method, threads).outcome
        assert digest_of(found) == digest_of(crowd.aggregate(method).outcome)


@FEW
@given(crowds, distinct(5))
def test_methods__workers_renamed__keep_labels_confidence_and_skill(crowd, workers):
    renamed = change(crowd, workers=workers)

    for method in each_method():
        assert by_code(renamed, renamed.aggregate(method)) == by_code(
            crowd, crowd.aggregate(method)
        )


@FEW
@given(crowds, distinct(4))
def test_methods__labels_renamed__keep_all_but_exact_ties(crowd, labels):
    renamed = change(crowd, labels=labels)

    for method in each_method():
        found = crowd.aggregate(method)
        old, new = by_code(crowd, found), by_code(renamed, renamed.aggregate(method))
        tied = tied_items(crowd, found)
        for item in tied:
            del old["labels"][item], new["labels"][item]
        assert new == old


def each_method() -> Iterator[str]:
    """Yield the methods, and say which one it was that failed."""
    for method in CHOICES:
        note(method)
        yield method


def by_code(crowd: AnyCrowd, found: Labelling) -> dict[str, dict[int, object]]:
    """Return labels, confidence and skill by the codes that the names stand for."""
    outcome = found.outcome
    items = [crowd.items.index(name) for name in outcome.names]
    workers = [crowd.workers.index(name) for name in found.frame.workers]
    labels = [
        crowd.labels.index(name) if name is not None else None for name in answers_of(outcome)
    ]
    return {
        "labels": dict(zip(items, labels, strict=True)),
        "confidence": dict(zip(items, outcome.confidence_bps.tolist(), strict=True)),
        "skill": dict(zip(workers, outcome.skill_bps.tolist(), strict=True)),
    }


def tied_items(crowd: AnyCrowd, found: Labelling) -> list[int]:
    """Return the codes of the items on which two labels stand exactly alike."""
    totals = [found.result.scores_of(item).total for item in range(len(found.frame.items))]
    return [
        crowd.items.index(name)
        for name, total in zip(found.frame.items, totals, strict=True)
        if (total == total.max()).sum() > 1
    ]
