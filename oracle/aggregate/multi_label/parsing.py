"""From the rows of a frame to sets of labels: `["a","b"]`, `[]`, or `a|b`."""

import json
from collections.abc import Iterable

import numpy as np

from oracle.aggregate.strict_json import JsonRefused, is_text, read_json
from oracle.frames import Frame

from .answers import MultiLabelAnswers

SEPARATOR = "|"


def parse(frame: Frame) -> MultiLabelAnswers:
    """Read each distinct answer once; the labels are all that anybody named.

    A text that begins with `[` is a JSON list; any other is split at each `|`, and spaces around a
    label do not count. To name a label twice in one answer means nothing.

    Raises:
        CrowdFileRefused: an answer is no set of labels; names the item, the worker and the answer.
    """
    sets = [_read_named(frame, code) for code in range(len(frame.answers))]
    labels = sorted({label for own in sets for label in own})
    places = {label: place for place, label in enumerate(labels)}
    coded = [np.array(sorted(places[label] for label in own), dtype=np.int64) for own in sets]
    sizes = np.array([own.size for own in coded], dtype=np.int64)
    counts = np.bincount(frame.item_of, minlength=len(frame.items))
    nothing = np.zeros(0, dtype=np.int64)
    return MultiLabelAnswers(
        starts=np.cumsum([0, *counts.tolist()], dtype=np.int64),
        workers=frame.worker_of,
        named_by=np.repeat(np.arange(len(frame), dtype=np.int64), sizes[frame.answer_of]),
        named=np.concatenate([nothing, *(coded[code] for code in frame.answer_of.tolist())]),
        worker_count=len(frame.workers),
        labels=labels,
    )


def _read_named(frame: Frame, code: int) -> frozenset[str]:
    text = frame.answers[code]
    try:
        return _read(text)
    except JsonRefused as reason:
        raise frame.refusal(code, f"is not a set of labels: {reason}") from reason


def _read(text: str) -> frozenset[str]:
    found: object = [part.strip() for part in text.split(SEPARATOR)]
    if text.lstrip().startswith("["):
        found = read_json(text)
    if not isinstance(found, list) or not all(map(is_text, found)):
        raise JsonRefused(
            'each label must be a text that is not empty; write ["a","b"], [] for none, or a|b'
        )
    return frozenset(found)


def write_labels(labels: Iterable[str]) -> str:
    """Return the one text of a set of labels: a sorted JSON list without spaces."""
    return json.dumps(sorted(labels), ensure_ascii=False, separators=(",", ":"))
