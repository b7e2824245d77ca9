"""Which boxes mean the same object."""

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.boxes import Box
from oracle.aggregate.boxes.clusters import cluster_boxes, overlap

pytestmark = pytest.mark.unit

LINK = 3_000


def test_overlap__half_shifted__is_one_third():
    assert overlap((0, 0, 2, 2), (1, 0, 3, 2)) == (2, 6)


def test_overlap__touching__is_nothing():
    assert overlap((0, 0, 2, 2), (2, 0, 4, 2)) == (0, 8)


@pytest.mark.parametrize(("right", "count"), [(30, 1), (31, 2)])
def test_cluster_boxes__overlap_of_exactly_the_least__joins(right, count):
    boxes = [Box(0, (0, 0, 9, 1), 0), Box(1, (0, 0, right, 1), 0)]

    assert len(cluster_boxes(boxes, LINK)) == count


def test_cluster_boxes__two_boxes_of_one_worker__stay_apart():
    boxes = [Box(0, (0, 0, 10, 10), 0), Box(0, (1, 0, 11, 10), 0), Box(1, (1, 0, 11, 10), 0)]

    assert cluster_boxes(boxes, LINK) == [(boxes[0],), (boxes[1], boxes[2])]


def test_cluster_boxes__chain_through_a_third_worker__never_holds_a_worker_twice():
    first, again = Box(0, (0, 0, 10, 10), 0), Box(0, (4, 0, 14, 10), 0)
    between = [Box(1, (1, 0, 11, 10), 0), Box(2, (3, 0, 13, 10), 0)]

    clusters = cluster_boxes([first, again, *between], LINK)

    assert clusters == [(first, between[0]), (again, between[1])]


def test_cluster_boxes__equal_overlaps__join_the_upper_box_in_any_order():
    upper, lower = Box(0, (0, 0, 10, 10), 0), Box(0, (0, 8, 10, 18), 0)
    between = Box(1, (0, 4, 10, 14), 0)

    expected = [(upper, between), (lower,)]

    assert cluster_boxes([upper, lower, between], LINK) == expected
    assert cluster_boxes([between, lower, upper], LINK) == expected


CORNERS = st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 12)] * 2).map(
    lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
)
BOXES = st.lists(st.builds(Box, st.integers(0, 3), CORNERS, st.integers(0, 2)), unique=True)


@given(boxes=BOXES, order=st.randoms())
def test_cluster_boxes__any_order__gives_the_same_partition(boxes, order):
    shuffled = boxes.copy()
    order.shuffle(shuffled)

    clusters = cluster_boxes(boxes, LINK)

    assert cluster_boxes(shuffled, LINK) == clusters
    assert sorted(box for cluster in clusters for box in cluster) == sorted(boxes)
    assert all(len({box.worker for box in own}) == len(own) for own in clusters)
