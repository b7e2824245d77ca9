import struct
import zlib

import pytest

from scripts.demo.crowd import Crowd, skill_of
from scripts.demo.digits import digits_crowd
from scripts.demo.errors import SettingsError
from scripts.demo.png import encode_png

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def crowd() -> Crowd:
    return digits_crowd()


def test_digits_crowd__default__has_the_promised_size(crowd: Crowd) -> None:
    kinds = [worker.kind for worker in crowd.workers]

    assert (len(crowd.items), crowd.answer_count, crowd.overlap) == (500, 3500, 7)
    assert (kinds.count("classifier"), kinds.count("spammer")) == (40, 6)


def test_digits_crowd__classifiers__differ_widely_in_skill(crowd: Crowd) -> None:
    skills = [skill_of(w, crowd.items) or 0.0 for w in crowd.workers if w.kind == "classifier"]

    assert min(skills) < 0.35
    assert max(skills) > 0.9
    assert sum(0.35 <= skill <= 0.8 for skill in skills) >= 15


def test_digits_crowd__spammers__are_near_chance(crowd: Crowd) -> None:
    skills = [skill_of(w, crowd.items) or 0.0 for w in crowd.workers if w.kind == "spammer"]

    assert max(skills) < 0.25


def test_digits_crowd__same_seed__same_crowd(crowd: Crowd) -> None:
    assert digits_crowd() == crowd
    assert digits_crowd(seed=4) != crowd


def test_digits_crowd__images__are_all_different_png(crowd: Crowd) -> None:
    images = {item.png for item in crowd.items}

    assert len(images) > 495
    assert all(image and image.startswith(b"\x89PNG") for image in images)


def test_digits_crowd__too_many_items__is_refused() -> None:
    with pytest.raises(SettingsError, match="1001 items: the digits demo takes 10 to 1000"):
        digits_crowd(items=1001)


def test_encode_png__two_by_two__decodes_to_the_same_pixels() -> None:
    png = encode_png([[0, 255], [128, 7]])

    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    assert (width, height) == (2, 2)
    assert zlib.decompress(png[41 : 41 + length]) == b"\x00\x00\xff\x00\x80\x07"
