"""Which label a cluster gets."""

import pytest

from oracle.aggregate.boxes import Box
from oracle.aggregate.boxes.naming import SURE, best_label, name_clusters

pytestmark = pytest.mark.unit

COMMON, RARE = 0, 1


def cluster(*labels):
    return tuple(Box(worker, (0, 0, 1, 1), label) for worker, label in enumerate(labels))


def names(clusters, workers=3):
    return [best_label(shares) for shares in name_clusters(clusters, workers, 50)]


def test_name_clusters__two_against_one__takes_the_two():
    agreed = [cluster(COMMON, COMMON, COMMON), cluster(RARE, RARE, RARE)] * 5

    assert names([*agreed, cluster(RARE, RARE, COMMON)])[-1] == RARE


def test_name_clusters__equal_workers_disagree__takes_the_rarer_label():
    agreed = [cluster(COMMON, COMMON)] * 9

    assert names([*agreed, cluster(COMMON, RARE), cluster(RARE, COMMON)], 2)[-2:] == [RARE, RARE]


def test_name_clusters__worker_who_is_often_wrong__loses_against_one_who_is_not():
    clusters = [cluster(label, label, 1 - label) for label in (COMMON, RARE)] * 5

    shares = name_clusters([*clusters, (Box(1, (0, 0, 1, 1), 0), Box(2, (0, 0, 1, 1), 1))], 3, 50)

    assert best_label(shares[-1]) == 0


def test_name_clusters__two_guessers_say_the_common_label__do_not_outvote_a_knower():
    alone = [(Box(0, (0, 0, 1, 1), COMMON),)] * 90
    known = [(*cluster(RARE), Box(3, (0, 0, 1, 1), RARE))] * 20
    guessed = [(*cluster(RARE, COMMON, COMMON), Box(3, (0, 0, 1, 1), RARE))] * 20

    assert names([*alone, *known, *guessed, cluster(RARE, COMMON, COMMON)], 4)[-1] == RARE


def test_name_clusters__boxes_alone__do_not_make_a_worker_accurate():
    shared = [cluster(COMMON, COMMON, RARE), cluster(RARE, RARE, COMMON)] * 5
    alone = [(Box(2, (0, 0, 1, 1), label),) for label in (COMMON, RARE)] * 50

    without = name_clusters([*shared, (Box(2, (0, 0, 1, 1), RARE),)], 3, 50)
    beside = name_clusters([*shared, *alone, (Box(2, (0, 0, 1, 1), RARE),)], 3, 50)

    assert abs(without[-1][RARE] - beside[-1][RARE]) < SURE // 50


def test_name_clusters__nobody_shares_a_box__keeps_each_label_without_certainty():
    clusters = [(Box(0, (0, 0, 1, 1), COMMON),), (Box(1, (5, 5, 6, 6), RARE),)]

    shares = name_clusters(clusters, 2, 50)

    assert [best_label(own) for own in shares] == [COMMON, RARE]
    assert all(0 < own[best_label(own)] < SURE for own in shares)


def test_name_clusters__no_boxes__has_no_names():
    assert name_clusters([], 0, 50) == []


def test_best_label__equal_shares__is_the_smaller_label():
    assert best_label({2: 5, 1: 5}) == 1
