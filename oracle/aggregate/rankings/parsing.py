"""From a frame's rows to orders of objects."""

from itertools import chain

import numpy as np

from oracle.aggregate.strict_json import JsonRefused, is_text, read_json
from oracle.frames import Frame, Names

from .rankings import Rankings


def parse(frame: Frame) -> Rankings:
    """Read each distinct answer, a JSON list best first or `a > b > c`.

    An answer may leave objects out; it says nothing about those. Raises CrowdFileRefused for an
    answer that is no such order, or names an object twice.
    """
    orders = [_order(frame, place, text) for place, text in enumerate(frame.answers)]
    objects = Names.of(list(chain.from_iterable(orders)))
    code_of = {name: code for code, name in enumerate(objects)}
    codes = np.array([code_of[name] for order in orders for name in order], dtype=np.int64)
    sizes = np.array([len(order) for order in orders], dtype=np.int64)
    lengths = sizes[frame.answer_of]
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    first = (np.cumsum(sizes) - sizes)[frame.answer_of]
    within = np.arange(starts[-1]) - np.repeat(starts[:-1] - first, lengths)
    items = np.repeat(frame.item_of.astype(np.int64), lengths)
    found, places = np.unique(items * len(objects) + codes[within], return_inverse=True)
    object_starts = np.searchsorted(found // len(objects), np.arange(len(frame.items) + 1))
    return Rankings(
        objects=objects,
        worker_count=len(frame.workers),
        items=frame.item_of,
        workers=frame.worker_of,
        starts=starts,
        places=(places - object_starts[items]).astype(np.int32),
        object_starts=object_starts.astype(np.int64),
        objects_of=(found % len(objects)).astype(np.int32),
    )


def _order(frame: Frame, place: int, text: str) -> list[str]:
    order = _listed(text)
    if not order or not all(order) or len(set(order)) != len(order):
        raise frame.refusal(
            place, 'is not an order of different objects: write ["best","next"] or best>next'
        )
    return order


def _listed(text: str) -> list[str]:
    """Return the names in an answer, none if it is no list of them."""
    if not text.lstrip().startswith("["):
        return [name.strip() for name in text.split(">")]
    try:
        listed = read_json(text)
    except JsonRefused:
        return []
    return listed if isinstance(listed, list) and all(map(is_text, listed)) else []
