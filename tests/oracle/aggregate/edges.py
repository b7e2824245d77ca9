"""Hardly a crowd: the same few rows for every kind of answer."""

from .seeded_tables import Table

Rows = list[tuple[str, str, int]]

FIRST, SECOND = 0, 1
ANSWERS = {
    "choice": ("x", "y"),
    "number": ("1.5", "2"),
    "text": ("a cat", "two dogs"),
    "boxes": ('[{"box":[0,0,9,9],"label":"c"}]', '[{"box":[50,0,59,9.5],"label":"d"}]'),
    "multi_label": ('["a","b"]', '["c"]'),
    "pairwise": ("p", "q"),
    "ranking": ('["a","b"]', '["b","a"]'),
}
"""Two answers of each kind, in the form in which a result is written."""

MEGABYTE = "é" * 500_000
LONE: Rows = [("i", "w", FIRST)]
ALL_EQUAL: Rows = [(item, worker, FIRST) for item in "ijk" for worker in "abc"]
REPEATED: Rows = [("i", "a", FIRST)] * 3 + [("j", "a", SECOND)] * 2
CONTRADICTING: Rows = [("i", "a", FIRST), ("i", "a", SECOND)]
SHAPES: dict[str, Rows] = {
    "lone_answer": LONE,
    "one_worker": [("i", "w", FIRST), ("j", "w", SECOND), ("k", "w", FIRST)],
    "one_item": [("i", "a", FIRST), ("i", "b", SECOND), ("i", "c", FIRST)],
    "no_overlap": [("i", "a", FIRST), ("j", "b", SECOND), ("k", "c", SECOND)],
    "two_islands": [(i, w, FIRST) for i, w in ("ia", "ib", "jc", "jd")],
    "all_equal": ALL_EQUAL,
    "tie": [("i", "a", FIRST), ("i", "b", SECOND)],
    "repeated": REPEATED,
    "contradicting": CONTRADICTING,
}

LONG_TAIL = f"{MEGABYTE}x"
ODD_IDS: dict[str, list[str]] = {
    "megabyte": [MEGABYTE, LONG_TAIL],
    "composed_and_not": ["é", "e\u0301"],
    "spaces": [" ", "  ", " a", "a ", "a"],
    "newlines": ["\n", "\r\n", "\r", "a\nb"],
    "csv": [",", '"', '""', ";", "a,b", "=1+1"],
    "no_value_elsewhere": ["NaN", "nan", "None", "null", "N/A", "0", "-0", "0.0", "1e3", "001"],
    "unicode": ["猫", "\U0001f63a", "\u202eabc", "\ufeff", "\u200b", "\0", "ß", "SS", "ss", "İ"],
    "prefixes": ["a", "aa", "a\0", "ab"],
}


def table_of(kind: str, rows: Rows) -> Table:
    """Write the rows as a table of that kind; what is compared is always the same pair."""
    items, workers, codes = zip(*rows, strict=True)
    table = {"task": [*items], "worker": [*workers]}
    if kind == "pairwise":
        table |= {"left": ["p"] * len(rows), "right": ["q"] * len(rows)}
    return {**table, "label": [ANSWERS[kind][code] for code in codes]}


def odd_rows(names: list[str]) -> Rows:
    """Let everybody answer everything, and agree on each item."""
    return [(item, worker, place % 2) for place, item in enumerate(names) for worker in names]
