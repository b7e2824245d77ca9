"""What is no crowd is refused before any method runs, with the same words for all of them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from oracle.aggregate import METHODS
from oracle.crowd_table import aggregate_answers
from oracle.errors import CrowdFileRefused
from tests.oracle.frames.content import HEADING, csv_of

from .edges import LONE, SHAPES, table_of
from .seeded_tables import Table

pytestmark = pytest.mark.unit

EACH_METHOD = pytest.mark.parametrize("method", METHODS)
CHOICES = [name for name in METHODS if METHODS[name].kind == "choice"]
NO_NUMBER = "is not a number: write it in digits, such as 12, -3.5 or 1e3"
NO_ORDER = 'is not an order of different objects: write ["best","next"] or best>next'
NO_BOX = 'is not a box: write {"box":[x0,y0,x1,y1],"label":"..."} or a list of such'
NO_AREA = "is not a box: it has no area: its corners must differ in both directions"
NO_SET = (
    "is not a set of labels: each label must be a text that is not empty; "
    'write ["a","b"], [] for none, or a|b'
)


def crowd_table(method: str) -> Table:
    return table_of(METHODS[method].kind.value, SHAPES["no_overlap"])


def save(path: Path, table: Table) -> Path:
    path.write_bytes(csv_of(list(zip(*table.values(), strict=True)), tuple(table)))
    return path


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(CrowdFileRefused) as refused:
        call()
    return str(refused.value)


@EACH_METHOD
def test_methods__empty_file__is_refused_by_name(tmp_path, method):
    (tmp_path / "none.csv").write_bytes(b"")

    said = refusal(lambda: aggregate_answers(tmp_path / "none.csv", method))

    assert said == f"{tmp_path}/none.csv is empty"


@EACH_METHOD
def test_methods__heading_alone__is_refused_by_name(tmp_path, method):
    path = save(tmp_path / "none.csv", {name: [] for name in crowd_table(method)})

    said = refusal(lambda: aggregate_answers(path, method))

    assert said == f"{path} has no rows below its heading"


@EACH_METHOD
def test_methods__table_without_rows__is_refused(method):
    table = {name: [] for name in crowd_table(method)}

    assert (
        refusal(lambda: aggregate_answers(table, method)) == "table has no rows below its heading"
    )


@pytest.mark.parametrize("column", ["worker", "label"])
@EACH_METHOD
def test_methods__missing_column__is_refused_with_file_and_columns(tmp_path, method, column):
    table = crowd_table(method)
    del table[column]
    path = save(tmp_path / "answers.csv", table)
    pairs = METHODS[method].kind == "pairwise"
    wanted = {
        "worker": "worker or performer",
        "label": "answer or label" if pairs else "answer or label or text or output",
    }

    said = refusal(lambda: aggregate_answers(path, method))

    assert said == f"{path} has the columns {', '.join(table)}: a column {wanted[column]} is needed"


@pytest.mark.parametrize("column", ["task", "worker", "label"])
@EACH_METHOD
def test_methods__empty_field__is_refused_with_file_and_row(tmp_path, method, column):
    table = crowd_table(method)
    table[column][1] = ""
    path = save(tmp_path / "answers.csv", table)

    assert refusal(lambda: aggregate_answers(path, method)) == f"{path}, row 3: {column} is missing"


@pytest.mark.parametrize("nothing", [None, float("nan"), np.float64("nan")])
@pytest.mark.parametrize("column", ["task", "worker", "label"])
@EACH_METHOD
def test_methods__nan_in_a_table__is_refused_with_its_row(method, column, nothing):
    table = {name: np.array(values, dtype=object) for name, values in crowd_table(method).items()}
    table[column][2] = nothing

    assert refusal(lambda: aggregate_answers(table, method)) == f"table, row 4: {column} is missing"


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        *(
            ("number", answer, NO_NUMBER)
            for answer in ("NaN", "inf", "1,5", "0x10", "\u0661", "1_000")
        ),
        ("number", "1e16", "is not within ±1000000000000000: rescale the answers"),
        *(("ranking", answer, NO_ORDER) for answer in ("a > a", "a > ", '["a",1]', "[]", '["a"')),
        *(("boxes", answer, NO_BOX) for answer in ("[1]", '{"label":"c"}', '"box"')),
        ("boxes", '{"box":[0,0,0,9],"label":"c"}', NO_AREA),
        ("boxes", '{"box":[0,0,NaN,9],"label":"c"}', "is not a box: NaN is not a number"),
        *(("multi_label", answer, NO_SET) for answer in ("a||b", '["a",1]', '[""]')),
    ],
)
def test_methods__answer_of_another_kind__is_refused_with_file_worker_and_item(
    tmp_path, kind, answer, reason
):
    rows = [("i", "w", "1" if kind == "number" else "[]"), ("j", "worker 2", answer)]
    table = {
        name: list(column) for name, column in zip(HEADING, zip(*rows, strict=True), strict=True)
    }
    if kind == "ranking":
        table["label"][0] = "a > b"
    path = save(tmp_path / "answers.csv", table)

    for method in (name for name, each in METHODS.items() if each.kind == kind):
        said = refusal(lambda method=method: aggregate_answers(path, method))
        assert said == f"{path}: answer {answer!r} of worker 'worker 2' to item 'j' {reason}"


@pytest.mark.parametrize("method", [n for n in METHODS if METHODS[n].kind == "pairwise"])
@pytest.mark.parametrize(
    ("right", "answer", "reason"),
    [
        ("p", "p", "item 'i' compares 'p' with itself: give two objects, or leave the row out"),
        (
            "q",
            "both",
            "answer 'both' of worker 'w' to item 'i' is neither 'p' nor 'q': "
            "name the object that wins",
        ),
    ],
)
def test_methods__no_comparison__is_refused_with_file_and_item(
    tmp_path, method, right, answer, reason
):
    table = {**table_of("pairwise", LONE), "right": [right], "label": [answer]}
    path = save(tmp_path / "pairs.csv", table)

    assert refusal(lambda: aggregate_answers(path, method)) == f"{path}: {reason}"


@pytest.mark.parametrize("method", CHOICES)
def test_methods__gold_that_contradicts_itself__is_refused_with_its_row(tmp_path, method):
    gold = save(tmp_path / "gold.csv", {"task": ["i", "j", "i"], "truth": ["x", "x", "y"]})

    said = refusal(lambda: aggregate_answers(crowd_table(method), method, gold=gold))

    assert said == (f"{gold}, row 2: 'i' has 'x' here and 'y' further down, keep one of them")


@pytest.mark.parametrize("stake", ["-1", "much", "NaN", "1e-19"])
@pytest.mark.parametrize("method", CHOICES)
def test_methods__stake_that_is_none__is_refused_with_its_row(tmp_path, method, stake):
    stakes = save(tmp_path / "stakes.csv", {"worker": ["a", "b"], "stake": ["1", stake]})

    said = refusal(lambda: aggregate_answers(crowd_table(method), method, stakes=stakes))

    assert said == (
        f"{stakes}, row 3: stake {stake!r} is not a number of 0 or more with at most 18 decimals"
    )
