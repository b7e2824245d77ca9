"""The answers of one crowd per kind, drawn by `Lots`: experts, guessers, spammers and a ring."""

from collections.abc import Callable
from dataclasses import dataclass

from .lots import Lots

Table = dict[str, list[str]]
Row = tuple[str, str, str]

LABELS = ["cat", "dog", "Ärger", "猫", "a b", '"c",d']
WORDS = [
    "the",
    "quick",
    "brown",
    "fox",
    "jumps",
    "over",
    "a",
    "lazy",
    "dog",
    "while",
    "twenty",
    "naïve",
    "cats",
    "don't",
    "look",
    "up",
]
SPAMMER, GUESSER, RING, CONFUSED, POOR = range(5)


@dataclass(frozen=True)
class Size:
    """Say how many items, answers to each, and workers there are."""

    items: int
    overlap: int
    workers: int


def draw_choices(
    lots: Lots, size: Size, labels: list[str], item: str, truths: dict[str, str]
) -> list[Row]:
    agreed = lots.one_of(labels)
    truth = truths[item]
    others = {
        SPAMMER: lambda: labels[0],
        GUESSER: lambda: lots.one_of(labels),
        RING: lambda: agreed,
        CONFUSED: lambda: labels[1] if truth == labels[2] else truth,
        POOR: lambda: truth if lots.happens(50) else lots.one_of(labels),
    }
    return [
        (
            item,
            worker_name(worker),
            others[worker]()
            if worker in others
            else (truth if lots.happens(80) else lots.one_of(labels)),
        )
        for worker in lots.some(range(size.workers), size.overlap)
    ]


def _numbers(lots: Lots, size: Size) -> Table:
    rows = []
    for item, worker in _assigned(lots, size):
        truth = (item * 7919) % 1000
        error = lots.below(2000) - 1000 if worker == GUESSER else lots.below(41) - 20 + 3 * worker
        cents = 100 * truth + 10 * error
        text = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"
        rows.append((item_name(item), worker_name(worker), "1e9" if lots.below(97) == 0 else text))
    return table_of(rows)


def _texts(lots: Lots, size: Size) -> Table:
    rows = []
    for item, worker in _assigned(lots, Size(size.items // 2, size.overlap, size.workers)):
        spoken = [WORDS[(item * 5 + place * (item % 7 + 1)) % len(WORDS)] for place in range(9)]
        rows.append(
            (item_name(item), worker_name(worker), _misheard(lots, spoken, 10 + 9 * (worker < 3)))
        )
    return table_of(rows)


def _misheard(lots: Lots, spoken: list[str], percent: int) -> str:
    heard: list[str] = []
    for word in spoken:
        if lots.happens(percent):
            heard += lots.one_of([[], [lots.one_of(WORDS)], [word, word], [word.upper() + ","]])
        else:
            heard.append(word)
    return " ".join(heard) or "…"


def _boxes(lots: Lots, size: Size) -> Table:
    rows = []
    for item, worker in _assigned(lots, Size(size.items // 2, size.overlap, size.workers)):
        drawn = []
        for place in range(item % 4):
            if worker == SPAMMER or lots.happens(15):
                continue
            left, top = 40 * place + lots.below(5), 30 * (item % 3) + lots.below(5)
            right, bottom = left + 25 + lots.below(4), top + 20 + lots.below(4)
            label = lots.one_of(LABELS[:2]) if worker == GUESSER else LABELS[place % 2]
            quoted = f'"label":"{label}"'
            drawn.append(f'{{"box":[{left}.5,{top},{right},{bottom}.125],{quoted}}}')
        rows.append((item_name(item), worker_name(worker), f"[{','.join(drawn)}]"))
    return table_of(rows)


def _label_sets(lots: Lots, size: Size) -> Table:
    rows = []
    for item, worker in _assigned(lots, size):
        percent = 50 if worker == GUESSER else 12
        named = [
            label
            for place, label in enumerate(LABELS[:5])
            if (item >> place & 1) != lots.happens(percent)
        ]
        rows.append((item_name(item), worker_name(worker), "|".join(named) or "[]"))
    return table_of(rows)


def _pairs(lots: Lots, size: Size) -> Table:
    objects = [f"object {place}" for place in range(8 + size.items // 20)]
    table: Table = {"worker": [], "left": [], "right": [], "label": []}
    for _, worker in _assigned(lots, size):
        left, right = lots.some(range(len(objects)), 2)
        better = min(left, right) if lots.happens(50 if worker == GUESSER else 85) else right
        named = (worker_name(worker), objects[left], objects[right], objects[better])
        for column, value in zip(table.values(), named, strict=True):
            column.append(value)
    return table


def _rankings(lots: Lots, size: Size) -> Table:
    rows = []
    for item, worker in _assigned(lots, Size(size.items // 4, size.overlap, size.workers)):
        order = LABELS[:5]
        for _ in range(9 if worker == GUESSER else 2):
            place = lots.below(len(order) - 1)
            order[place : place + 2] = reversed(order[place : place + 2])
        rows.append((item_name(item), worker_name(worker), " > ".join(order[: 2 + lots.below(4)])))
    return table_of(rows)


def _assigned(lots: Lots, size: Size) -> list[tuple[int, int]]:
    """Return pairs of item and worker; a few workers answer twice."""
    pairs = [
        (item, worker)
        for item in range(size.items)
        for worker in lots.some(range(size.workers), size.overlap)
    ]
    return [*pairs, *(pair for pair in pairs if lots.happens(3))]


def item_name(place: int) -> str:
    return f"item {place}" if place % 5 else f"pièce\n{place}"


def worker_name(place: int) -> str:
    return f"0x{place * 2654435761 % 2**32:08x}" if place % 3 else f"wörker {place}"


def table_of(rows: list[Row]) -> Table:
    items, workers, answers = map(list, zip(*rows, strict=True))
    return {"task": items, "worker": workers, "answer": answers}


TABLES: dict[str, Callable[[Lots, Size], Table]] = {
    "number": _numbers,
    "text": _texts,
    "boxes": _boxes,
    "multi_label": _label_sets,
    "pairwise": _pairs,
    "ranking": _rankings,
}
"""How each kind but choices is drawn."""
