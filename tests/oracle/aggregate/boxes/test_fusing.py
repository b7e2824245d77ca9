"""One box out of several."""

import pytest
from hypothesis import given, strategies as st

from oracle.aggregate.boxes import Box
from oracle.aggregate.boxes.fusing import WEIGHT, fuse, weigh_workers

pytestmark = pytest.mark.unit


def boxes(*corners):
    return tuple(Box(worker, own, 0) for worker, own in enumerate(corners))


def test_fuse__equal_weights__is_the_mean_with_halves_upwards():
    assert fuse(boxes((0, -1, 10, 10), (1, -2, 10, 13)), [1, 1]) == (1, -1, 10, 12)


def test_fuse__one_weighs_three_times__draws_the_corners():
    assert fuse(boxes((0, 0, 8, 8), (4, 4, 12, 12)), [3, 1]) == (1, 1, 9, 9)


def test_weigh_workers__one_who_lies_far_off__weighs_least():
    near, far = (0, 0, 1_000, 1_000), (300, 300, 1_300, 1_300)

    weights = weigh_workers([boxes(near, near, far)] * 10, 3)

    assert weights[0] == weights[1] > 2 * weights[2] > 0


def test_weigh_workers__no_cluster_of_three__are_equal():
    assert weigh_workers([boxes((0, 0, 5, 5), (1, 1, 9, 9))], 2) == [WEIGHT, WEIGHT]


def test_weigh_workers__all_draw_alike__are_equal():
    assert len(set(weigh_workers([boxes(*[(0, 0, 5, 5)] * 4)] * 3, 4))) == 1


SIDE = st.integers(-(10**10), 10**10 - 1)
CORNERS = st.tuples(SIDE, SIDE, st.integers(1, 10**6), st.integers(1, 10**6)).map(
    lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3])
)


@given(corners=st.lists(CORNERS, min_size=1, max_size=5), weights=st.data())
def test_fuse__any_boxes__has_area_and_lies_within_them(corners, weights):
    given_weights = [weights.draw(st.integers(1, 1 << 20)) for _ in corners]

    left, top, right, bottom = fuse(boxes(*corners), given_weights)

    assert left < right
    assert top < bottom
    assert min(own[0] for own in corners) <= left <= max(own[0] for own in corners)
    assert min(own[3] for own in corners) <= bottom <= max(own[3] for own in corners)
