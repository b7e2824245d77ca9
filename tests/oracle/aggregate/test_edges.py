"""Hardly a crowd, or one with odd names: each method of each kind has a defined result."""

import pytest

from oracle.aggregate import METHODS
from oracle.crowd_table import Labelling, aggregate_answers
from oracle.frames import read_gold, write_labels
from tests.oracle.frames.content import save

from .digests import answers_of, digest_of
from .edges import (
    ALL_EQUAL,
    ANSWERS,
    CONTRADICTING,
    LONE,
    ODD_IDS,
    REPEATED,
    SHAPES,
    Rows,
    odd_rows,
    table_of,
)

pytestmark = pytest.mark.unit

EACH_METHOD = pytest.mark.parametrize("method", METHODS)
BY_ITEM = pytest.mark.parametrize("method", [n for n in METHODS if METHODS[n].kind != "pairwise"])
PAIRWISE = pytest.mark.parametrize("method", [n for n in METHODS if METHODS[n].kind == "pairwise"])


def run(method: str, rows: Rows) -> Labelling:
    return aggregate_answers(table_of(METHODS[method].kind.value, rows), method)


def results(method: str, rows: Rows) -> dict[str, str | None]:
    outcome = run(method, rows).outcome
    return dict(zip(outcome.names, answers_of(outcome), strict=True))


@pytest.mark.parametrize("shape", SHAPES)
@EACH_METHOD
def test_methods__hardly_a_crowd__give_a_row_per_name_and_shares_in_bounds(method, shape):
    found = run(method, SHAPES[shape])

    names = {"p", "q"} if METHODS[method].kind == "pairwise" else {i for i, _, _ in SHAPES[shape]}
    assert list(found.outcome.names) == sorted(names)
    assert all(isinstance(answer, str) for answer in answers_of(found.outcome))
    for shares, count in (
        (found.outcome.confidence_bps, len(names)),
        (found.outcome.skill_bps, len({worker for _, worker, _ in SHAPES[shape]})),
    ):
        assert len(shares) == count
        assert all(0 <= share <= 10_000 for share in shares.tolist())


@pytest.mark.parametrize("shape", SHAPES)
@EACH_METHOD
def test_methods__hardly_a_crowd_in_another_order__give_the_same(method, shape):
    found = run(method, SHAPES[shape][::-1])

    assert digest_of(found.outcome) == digest_of(run(method, SHAPES[shape]).outcome)


@pytest.mark.parametrize("rows", [LONE, ALL_EQUAL])
@BY_ITEM
def test_methods__one_answer_only__give_that_answer(method, rows):
    answer = ANSWERS[METHODS[method].kind.value][0]

    assert results(method, rows) == {item: answer for item, _, _ in rows}


@BY_ITEM
def test_methods__answers_given_again__are_kept_and_change_no_answer(method):
    first, second = ANSWERS[METHODS[method].kind.value]

    assert run(method, REPEATED).frame.repeated == 3
    assert results(method, REPEATED) == {"i": first, "j": second}


@PAIRWISE
def test_methods__one_object_that_always_wins__stands_above_the_other(method):
    found = results(method, ALL_EQUAL)

    assert float(found["p"]) > 0 > float(found["q"]) == -float(found["p"])


@PAIRWISE
def test_methods__each_object_wins_as_often__stand_alike(method):
    assert results(method, CONTRADICTING) == {"p": "0.000000", "q": "0.000000"}


@pytest.mark.parametrize("names", ODD_IDS)
@EACH_METHOD
def test_methods__odd_names__stand_for_different_items_and_workers(method, names):
    found = run(method, odd_rows(ODD_IDS[names]))

    assert list(found.frame.items) == sorted(ODD_IDS[names], key=str.encode)
    assert list(found.frame.workers) == sorted(ODD_IDS[names], key=str.encode)


@pytest.mark.parametrize("names", ODD_IDS)
@BY_ITEM
def test_methods__odd_names_of_items__keep_their_answers(method, names):
    answers = ANSWERS[METHODS[method].kind.value]
    rows = odd_rows(ODD_IDS[names])

    assert results(method, rows) == {item: answers[code] for item, _, code in rows}


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".parquet"])
@pytest.mark.parametrize("names", ODD_IDS)
def test_aggregate_answers__odd_names_in_a_file__give_the_digest_of_the_table(
    tmp_path, names, suffix
):
    rows = [(i, w, ANSWERS["choice"][code]) for i, w, code in odd_rows(ODD_IDS[names])]

    found = aggregate_answers(save(tmp_path, rows, suffix), "majority")

    assert digest_of(found.outcome) == digest_of(run("majority", odd_rows(ODD_IDS[names])).outcome)


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".parquet"])
@pytest.mark.parametrize("names", ODD_IDS)
def test_write_labels__odd_names__are_read_back_as_they_are(tmp_path, names, suffix):
    found = run("majority", odd_rows(ODD_IDS[names]))

    write_labels(tmp_path / f"labels{suffix}", found.outcome)
    read = read_gold(tmp_path / f"labels{suffix}")

    answers = [read.truths[code] for code in read.truth_of.tolist()]
    assert list(read.items) == list(found.outcome.names)
    assert answers == answers_of(found.outcome)
