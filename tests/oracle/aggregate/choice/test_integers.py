"""No float may come near a verdict: the code is read, and every array is looked at."""

import ast
from pathlib import Path

import numpy as np
import pytest

from oracle.aggregate import METHODS, UNIT
from oracle.errors import AggregationRefused
from tests.oracle.crowds import answers_of, run, synthetic_crowd

pytestmark = pytest.mark.unit

ORACLE = Path(__file__).parents[4] / "oracle"
ON_THE_PATH = [
    "types.py",
    "collect.py",
    "batches.py",
    "computation.py",
    "verify.py",
    "label.py",
    "pay.py",
    "verdict.py",
    "decision.py",
]
FORBIDDEN = {"float", "float64", "float32", "mean", "average", "true_divide", "divide", "round"}


def takes_weights(call: ast.Call) -> bool:
    """Tell `np.bincount(keys, weights)`, which adds in float, from `np.bincount(keys)`."""
    is_bincount = getattr(call.func, "attr", None) == "bincount"
    return is_bincount and (
        len(call.args) > 1 or any(keyword.arg == "weights" for keyword in call.keywords)
    )


def floats(path: Path) -> list[str]:
    found = []
    text = path.read_text()
    for node in ast.walk(ast.parse(text)):
        is_division = isinstance(node, ast.Div)
        is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        is_weighted = isinstance(node, ast.Call) and takes_weights(node)
        if is_division or is_float or is_weighted or name in FORBIDDEN:
            found.append(f"{path.name}:{getattr(node, 'lineno', '?')} {name or ''}")
    return found


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ORACLE / "aggregate").rglob("*.py")),
        *sorted((ORACLE / "integers").rglob("*.py")),
        *(ORACLE / name for name in ON_THE_PATH),
    ],
)
def test_code__on_the_path_to_a_verdict__has_no_float(path):
    assert floats(path) == []


@pytest.mark.parametrize("name", sorted(name for name in METHODS if METHODS[name].kind == "choice"))
def test_methods__any_crowd__answer_in_integers(name):
    crowd = synthetic_crowd(30, 3, 4, [0.7] * 8)

    result = run(name, crowd.answers)

    assert result.labels.dtype == result.confidence_bps.dtype == np.int64
    assert 0 <= result.confidence_bps.min() <= result.confidence_bps.max() <= 10_000


@pytest.mark.parametrize("weight", [-1, 2 * UNIT + 1])
def test_answers__weight_outside_its_bounds__is_refused(weight):
    with pytest.raises(AggregationRefused, match="cap the weights first"):
        answers_of([(0, 0, 0)], 1, 2, [weight])


def test_answers__more_than_proven_for_on_one_item__is_refused():
    with pytest.raises(AggregationRefused, match="400001 on one item"):
        answers_of([(0, 0, 0)] * 400_001, 1, 2, [UNIT])


def test_answers__more_cells_than_memory_holds__is_refused():
    with pytest.raises(AggregationRefused, match="102400000 cells"):
        answers_of([(0, 0, 0)], 1, 1_024, [UNIT] * 100_000)
