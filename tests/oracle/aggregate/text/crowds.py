"""Small crowds that write texts."""

from hypothesis import strategies as st

from oracle.aggregate.text import TEXT_METHODS
from oracle.aggregate.types import Outcome
from oracle.frames import Column, Frame, frame_of

Row = tuple[str, str, str]

METHODS = {method.name: method for method in TEXT_METHODS}

WORDS = st.sampled_from(["the", "cat", "cats", "sat", "on", "a", "mat"])
TEXTS = st.lists(WORDS, max_size=7).map(lambda words: " ".join(words) or "...")
CROWDS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("abcde"), TEXTS), min_size=1, max_size=16
)


def frame_from(rows: list[Row]) -> Frame:
    items, workers, answers = zip(*rows, strict=True)
    return frame_of(items, workers, answers)


def answered(*texts: str) -> Frame:
    """One item, answered by as many workers."""
    return frame_from([("item", f"worker {place}", text) for place, text in enumerate(texts)])


def run(name: str, frame: Frame) -> Outcome:
    method = METHODS[name]
    return method.outcome(frame, method.parameters)


def texts_of(outcome: Outcome) -> list[str]:
    assert not isinstance(outcome.answers, Column)
    return list(outcome.answers)


def plain(outcome: Outcome) -> list[object]:
    """What must be equal to the byte."""
    return [
        list(outcome.names),
        texts_of(outcome),
        outcome.confidence_bps.tolist(),
        outcome.skill_bps.tolist(),
        outcome.iterations,
    ]
