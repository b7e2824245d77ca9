"""Small crowds that draw boxes."""

import json
from random import Random

from oracle.frames import Frame, frame_of

Drawn = tuple[str, str, str]


def text_of(corners, label="cell"):
    return json.dumps({"box": list(corners), "label": label})


def frame_from(rows: list[Drawn]) -> Frame:
    items, workers, answers = zip(*rows, strict=True)
    return frame_of(items, workers, answers, source="boxes.csv")


def drawn_crowd(seed: int, item_count: int, rates: dict[str, tuple[float, float]]) -> list[Drawn]:
    """Let each worker draw six objects per item with their own detection and invention rates."""
    random = Random(seed)
    rows = []
    for item in range(item_count):
        for place in range(12):
            corners = [400 * place, 100, 400 * place + 200, 300]
            for worker, (detects, invents) in rates.items():
                if random.random() < (detects if place < 6 else invents):
                    shift = random.randrange(-20, 20)
                    rows.append((f"i{item:03}", worker, text_of([x + shift for x in corners])))
    return rows
