"""Every method of every kind gives the committed digest, whatever the order and the threads."""

import hashlib
from dataclasses import replace

import pytest

from oracle.aggregate import METHODS
from oracle.crowd_table import aggregate_answers

from .digests import answers_of, digest_of, digests, golden
from .lots import Lots
from .seeded_crowds import SIZES, crowds_of

pytestmark = pytest.mark.unit

EACH_METHOD = pytest.mark.parametrize("method", METHODS)
CHOICES = [name for name in METHODS if METHODS[name].kind == "choice"]
LOTS = "d3deccfa0216557ffc7f9b3e3c52a24a95449df30c5a6ba878c16640e0abdc9e"


def expected(size: str, method: str) -> dict[str, str]:
    return {name: each for name, each in golden(size).items() if name.split("/")[0] == method}


def test_golden__committed_file__knows_every_method_and_crowd():
    wanted = {
        f"{name}/{crowd}"
        for name, method in METHODS.items()
        for crowd in crowds_of(method.kind.value, SIZES["small"])
    }

    assert {size: set(golden(size)) for size in SIZES} == dict.fromkeys(SIZES, wanted)


def test_lots__their_seed__gives_the_same_for_ever():
    lots = Lots(7)

    drawn = bytes(lots.below(256) for _ in range(1_000))

    assert hashlib.sha256(drawn).hexdigest() == LOTS


@pytest.mark.parametrize("size", SIZES)
@EACH_METHOD
def test_methods__seeded_crowd__gives_the_golden_digest(method, size):
    assert digests(size, [method]) == expected(size, method)


@pytest.mark.parametrize("seed", [1, 2])
@EACH_METHOD
def test_methods__shuffled_rows__give_the_golden_digest(method, seed):
    found = digests("medium", [method], lambda crowd: crowd.shuffled(seed))

    assert found == expected("medium", method)


@pytest.mark.parametrize("threads", [2, 3, 7])
@pytest.mark.parametrize("method", CHOICES)
def test_methods__threads__give_the_golden_digest(method, threads):
    assert digests("small", [method], threads=threads) == expected("small", method)


@pytest.mark.parametrize("method", CHOICES)
def test_methods__threads_on_more_items__give_the_golden_digest(method):
    assert digests("medium", [method], threads=2) == expected("medium", method)


def test_digest_of__any_part_of_an_outcome__changes_it():
    table = crowds_of("choice", SIZES["small"])["plain"].table
    outcome = aggregate_answers(table, "majority").outcome
    texts = answers_of(outcome)

    changed = [
        replace(outcome, names=[*outcome.names[1:], "x"]),
        replace(outcome, answers=[None, *texts[1:]]),
        replace(outcome, confidence_bps=outcome.confidence_bps + 1),
        replace(outcome, skill_bps=outcome.skill_bps + 1),
        replace(outcome, iterations=outcome.iterations + 1),
    ]

    assert digest_of(replace(outcome, answers=texts)) == digest_of(outcome)
    assert len({digest_of(outcome), *map(digest_of, changed)}) == 1 + len(changed)
