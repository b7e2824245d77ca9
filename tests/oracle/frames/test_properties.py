"""Neither the order of rows nor the form they come in changes a frame."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from oracle.aggregate.types import Outcome
from oracle.frames import frame_of, read_frame, write_labels

from .content import content, save, table_of

pytestmark = pytest.mark.unit

NAMES = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=12)
FEW = st.sampled_from(["a", "b", "ab", "\u00e9", "e\u0301", "10", "9", "NaN", "a\nb", 'a"', "a\0"])
ROWS = st.lists(st.tuples(FEW | NAMES, FEW | NAMES, FEW | NAMES), min_size=1, max_size=40)


@given(ROWS, st.randoms(use_true_random=False))
def test_frame_of__shuffled_rows__are_the_same_frame(rows, random):
    shuffled = random.sample(rows, len(rows))

    assert content(frame_of(*zip(*shuffled, strict=True))) == content(
        frame_of(*zip(*rows, strict=True))
    )


@given(ROWS)
def test_frame_of__any_rows__are_all_kept_in_order(rows):
    frame = frame_of(*zip(*rows, strict=True))

    kept = [
        (frame.items[item], frame.workers[worker], frame.answers[answer])
        for item, worker, answer in content(frame)["rows"]
    ]
    assert kept == sorted(rows, key=lambda row: [field.encode() for field in row])
    assert frame.repeated == len(rows) - len({row[:2] for row in rows})


@settings(max_examples=30)
@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 7))
def test_read_frame__any_form_and_order__is_the_same_frame(rows, random, batch):
    expected = content(frame_of(*zip(*rows, strict=True)))
    shuffled = random.sample(rows, len(rows))

    with tempfile.TemporaryDirectory() as folder:
        paths = [save(Path(folder), shuffled, each) for each in (".csv", ".csv.gz", ".parquet")]
        frames = [content(read_frame(path)) for path in paths]
    frames.append(content(read_frame(table_of(shuffled).to_reader(batch))))

    assert frames == [expected] * 4


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-9, 9), min_size=1, max_size=40))
def test_read_frame__integers__are_the_frame_of_their_text(values):
    text = [str(value) for value in values]

    numbers = read_frame({"task": values, "worker": values, "label": values})

    assert content(numbers) == content(frame_of(text, text, text))


@settings(max_examples=30)
@given(st.lists(NAMES, min_size=1, unique=True), st.data())
def test_write_labels__any_names__are_read_back(names, drawn):
    labels = [drawn.draw(FEW | NAMES) for _ in names]
    bps = np.zeros(len(names), dtype=np.int64)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "labels.csv")
        write_labels(path, Outcome(names, labels, bps, bps, 0))
        text = path.read_bytes().replace(b"task,label,confidence", b"task,label,worker", 1)
        path.write_bytes(text)
        frame = read_frame(path)

    assert content(frame) == content(frame_of(names, ["0.0000"] * len(names), labels))
