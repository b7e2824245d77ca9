"""Dawid-Skene on integers: better than votes, stable when sparse, the same for any order."""

import numpy as np
import pytest

from oracle.aggregate import UNIT
from oracle.aggregate.choice import LocalCrowd
from oracle.aggregate.choice.answers import MAX_ANSWERS_PER_ITEM
from oracle.aggregate.choice.confusion import count_votes, find_cells
from tests.oracle.crowds import answers_of, run, shared_crowd, synthetic_crowd

pytestmark = pytest.mark.unit


def labels_of(answers, method="dawid_skene"):
    return run(method, answers)


def test_dawid_skene__worker_who_always_lies__is_turned_around():
    truths = [item % 2 for item in range(40)]
    rows = [(i, w, t) for i, t in enumerate(truths) for w in range(3)]
    rows += [(i, w, 1 - t) for i, t in enumerate(truths) for w in (3, 4)]
    answers = answers_of(rows, 40, 2, [UNIT] * 5)

    result = labels_of(answers)

    assert result.labels.tolist() == truths
    assert result.confidence_bps.min() > 9_900


def test_dawid_skene__one_answer__is_believed_with_little_confidence():
    result = labels_of(answers_of([(0, 0, 2)], 1, 3, [UNIT]))

    assert result.labels.tolist() == [2]
    assert 3_333 < result.confidence_bps[0] <= 10_000


def test_dawid_skene__item_without_answers__has_no_label():
    result = labels_of(answers_of([(1, 0, 1), (1, 1, 1)], 3, 2, [UNIT] * 2))

    assert result.labels.tolist() == [-1, 1, -1]
    assert result.confidence_bps[[0, 2]].tolist() == [0, 0]


def test_dawid_skene__nothing_answered__gives_nothing():
    assert labels_of(answers_of([], 2, 3, [])).labels.tolist() == [-1, -1]


def test_dawid_skene__one_possible_label__gives_that_label():
    assert labels_of(answers_of([(0, 0, 0), (1, 0, 0)], 2, 1, [UNIT])).labels.tolist() == [0, 0]


def test_dawid_skene__workers_renamed__gives_the_same_labels_and_confidence():
    crowd = synthetic_crowd(100, 5, 4, [0.8] * 10 + [0.1] * 10)
    old = crowd.answers
    rename = np.random.default_rng(3).permutation(old.worker_count)
    items = np.repeat(np.arange(100), np.diff(old.starts))
    rows = list(zip(items.tolist(), rename[old.workers], old.labels.tolist(), strict=True))

    renamed = labels_of(answers_of(rows, 100, 4, [UNIT] * 20))

    assert renamed.labels.tolist() == labels_of(old).labels.tolist()
    assert renamed.confidence_bps.tolist() == labels_of(old).confidence_bps.tolist()


@pytest.mark.parametrize(
    ("name", "at_least"),
    [("snow_rte", 0.920), ("d_product", 0.935), ("sp", 0.915), ("dog", 0.838), ("face", 0.640)],
)
def test_dawid_skene__real_crowd__reaches_its_anchor(name, at_least):
    crowd = shared_crowd(name)

    assert crowd.accuracy(labels_of(crowd.answers)) >= at_least


@pytest.mark.parametrize("method", ["dawid_skene", "one_coin"])
def test_methods__as_many_answers_to_an_item_as_are_taken__label_it_at_once(method):
    """Sixteen times ten to the ten steps, if each answer met every other one."""
    count, workers = MAX_ANSWERS_PER_ITEM, 100
    rows = [(0, place % workers, int(place % workers >= 60)) for place in range(count)]

    result = labels_of(answers_of(rows, 1, 2, [UNIT] * workers), method)

    assert result.labels.tolist() == [0]


def test_count_votes__any_crowd__adds_the_shares_of_all_answers_to_each_cell():
    crowd = LocalCrowd(synthetic_crowd(20, 5, 4, [0.6] * 9).answers)
    answers, cells = crowd.answers, find_cells(crowd)
    wanted = np.zeros((cells.count, 4), dtype=np.int64)
    for item in range(answers.item_count):
        workers, labels = answers.of_item(item)
        for worker, label in zip(workers.tolist(), labels.tolist(), strict=True):
            np.add.at(wanted[cells.cell_of[worker * 4 + label]], labels, UNIT // labels.size)

    counts = count_votes(crowd, cells)

    assert counts.cells.tolist() == wanted.tolist()
    assert counts.classes.tolist() == (np.bincount(answers.labels) * (UNIT // 5)).tolist()
