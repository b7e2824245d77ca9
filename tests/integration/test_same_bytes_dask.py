"""Choices on a Dask cluster of real processes: the same bytes for any number of partitions."""

import pytest

from oracle.aggregate import METHODS, Parameters
from oracle.aggregate.choice import Crowd, LocalCrowd, let_known_stand, outcome_of
from oracle.aggregate.choice.dask_crowd import LOCAL, connect, scatter
from oracle.crowd_table import Labelling, aggregate_answers
from oracle.errors import ClusterUnreachable
from tests.oracle.aggregate.digests import digest_of, digests, golden
from tests.oracle.aggregate.seeded_crowds import SIZES, crowds_of

pytestmark = pytest.mark.integration

CHOICES = [name for name in METHODS if METHODS[name].kind == "choice"]
CROWDS = crowds_of("choice", SIZES["small"])
MOST_ITERATIONS = 8


@pytest.fixture(scope="module")
def cluster():
    with connect(LOCAL) as client:
        yield client


def few_rounds(method: str) -> Parameters:
    """Return a method's parameters, with fewer iterations: a round on a cluster takes a while."""
    parameters = METHODS[method].parameters
    if "iterations" not in parameters:
        return parameters
    return {**parameters, "iterations": min(parameters["iterations"], MOST_ITERATIONS)}


def digest_on(crowd: Crowd, method: str, labelling: Labelling) -> str:
    result = METHODS[method].aggregate(crowd, few_rounds(method))
    return digest_of(outcome_of(labelling.frame, let_known_stand(crowd.answers, result)))


@pytest.mark.parametrize("name", ["plain", "gold_stakes"])
@pytest.mark.parametrize("method", CHOICES)
def test_methods__partitions_on_a_cluster__give_the_digest_of_one_machine(cluster, method, name):
    read = aggregate_answers(CROWDS[name].table, "majority", **CROWDS[name].options)
    answers = read.crowd.answers

    found = [digest_on(scatter(answers, cluster, pieces), method, read) for pieces in (1, 2, 7)]

    assert found == [digest_on(LocalCrowd(answers), method, read)] * 3


def test_scatter__more_partitions_than_items__gives_the_digest_of_one_machine(cluster):
    read = aggregate_answers(CROWDS["gold_stakes"].table, "majority")
    crowd = scatter(read.crowd.answers, cluster, 1_000)

    found = digest_on(crowd, "majority", read)

    assert 7 < len(crowd.pieces) <= read.crowd.answers.item_count
    assert found == digest_of(read.outcome)


def test_aggregate_answers__address_of_a_cluster__gives_the_golden_digests(cluster):
    found = digests("small", ["dawid_skene"], dask=cluster.scheduler.address)

    assert found == {
        name: each for name, each in golden("small").items() if name.startswith("dawid_skene/")
    }


def test_aggregate_answers__nobody_at_the_address__says_what_to_do():
    with pytest.raises(ClusterUnreachable) as refusal:
        aggregate_answers(CROWDS["plain"].table, "majority", dask="tcp://127.0.0.1:9")

    assert str(refusal.value) == (
        "no Dask scheduler answers at 'tcp://127.0.0.1:9': start one with `dask scheduler`, or "
        "take `--dask local` for workers on this machine"
    )


@pytest.mark.parametrize("address", ["nowhere", "ftp://127.0.0.1:9", "tcp://127.0.0.1:port"])
def test_aggregate_answers__no_address_at_all__says_what_to_do(address):
    with pytest.raises(ClusterUnreachable, match="no Dask scheduler answers at"):
        aggregate_answers(CROWDS["plain"].table, "majority", dask=address)
