"""From the rows of a frame to boxes: `{"box":[x0,y0,x1,y1],"label":"c8"}`, or a list of such."""

import json
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from oracle.aggregate.strict_json import JsonRefused, is_text, read_json
from oracle.frames import Frame

from .answers import PIXEL, Box, BoxAnswers, Corners

FARTHEST = 10_000_000
"""Pixels from the origin that a coordinate may be."""

_EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN)
_SMALLEST = Decimal("0.001")


class _Drawn(NamedTuple):
    corners: Corners
    label: str


def parse(frame: Frame) -> BoxAnswers:
    """Read each distinct answer once; a box that a worker drew twice alike counts once.

    A box is given by two opposite corners, whichever was drawn first.

    Raises:
        CrowdFileRefused: an answer is not a box; names the item, the worker and the answer.
    """
    drawn = [_read_named(frame, code) for code in range(len(frame.answers))]
    labels = sorted({box.label for boxes in drawn for box in boxes})
    places = {label: place for place, label in enumerate(labels)}
    found: list[set[Box]] = [set() for _ in range(len(frame.items))]
    viewers: list[set[int]] = [set() for _ in range(len(frame.items))]
    rows = zip(
        frame.item_of.tolist(), frame.worker_of.tolist(), frame.answer_of.tolist(), strict=True
    )
    for item, worker, answer in rows:
        viewers[item].add(worker)
        found[item].update(Box(worker, box.corners, places[box.label]) for box in drawn[answer])
    return BoxAnswers(
        boxes=tuple(tuple(sorted(boxes)) for boxes in found),
        viewers=tuple(tuple(sorted(each)) for each in viewers),
        worker_count=len(frame.workers),
        labels=labels,
    )


def _read_named(frame: Frame, code: int) -> tuple[_Drawn, ...]:
    text = frame.answers[code]
    try:
        return _read(text)
    except JsonRefused as reason:
        raise frame.refusal(code, f"is not a box: {reason}") from reason


def _read(text: str) -> tuple[_Drawn, ...]:
    found = read_json(text)
    return tuple(_box_of(each) for each in (found if isinstance(found, list) else [found]))


def _box_of(value: object) -> _Drawn:
    if not isinstance(value, dict) or not {"box", "label"} <= value.keys():
        raise JsonRefused('write {"box":[x0,y0,x1,y1],"label":"..."} or a list of such')
    label, corners = value["label"], value["box"]
    if not isinstance(label, str) or not is_text(label):
        raise JsonRefused("its label must be a text that is not empty")
    if not isinstance(corners, list) or len(corners) != 4:
        raise JsonRefused("its box must be a list of four numbers: x and y of two opposite corners")
    one_x, one_y, other_x, other_y = map(_coordinate_of, corners)
    if one_x == other_x or one_y == other_y:
        raise JsonRefused("it has no area: its corners must differ in both directions")
    (left, right), (top, bottom) = sorted((one_x, other_x)), sorted((one_y, other_y))
    return _Drawn((left, top, right, bottom), label)


def _coordinate_of(value: object) -> int:
    """Return thousandths of a pixel, a half rounded to the even one."""
    if not isinstance(value, Decimal):
        raise JsonRefused("each of its coordinates must be a number")
    if value.copy_abs() > FARTHEST:
        raise JsonRefused(f"a coordinate lies beyond {FARTHEST} pixels")
    return int(value.quantize(_SMALLEST, context=_EXACT).scaleb(3, context=_EXACT))


def write_number(thousandths: int) -> str:
    """Return the shortest exact decimal of a coordinate."""
    whole, rest = divmod(abs(thousandths), PIXEL)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{whole}.{rest:03d}".rstrip("0").rstrip(".")


def write_boxes(boxes: list[tuple[Corners, str]]) -> str:
    """Return the one text of a set of boxes: sorted by corners, then label, without spaces."""
    parts = [
        f'{{"box":[{",".join(map(write_number, corners))}],'
        f'"label":{json.dumps(label, ensure_ascii=False)}}}'
        for corners, label in sorted(boxes)
    ]
    return f"[{','.join(parts)}]"
