"""Terms that would let work go unpaid: a seat nobody fills is refused, a small budget is told."""

import json
from collections.abc import Iterator

import pytest

from dao_client.contracts.parameters import ParameterId
from dao_client.costs import most_payout
from dao_client.documents import parse_task
from tests.dao_api.live import (
    DEPLOYER,
    WORKER,
    GatewayProcess,
    LiveChain,
    live_chain,
    running_gateway,
)
from tests.integration.commands import CommandLine, command_line_at

pytestmark = pytest.mark.integration

TASK = """
title: Cats
instructions: Is it one?
labels: [yes, no]
items: [a tabby, a poodle]
overlap: 3
overlap_most: 5
price: 0.001
submit: 1h
"""
UNFUNDED = (
    "warning: this task's budget pays 4 of up to 10 answers; if more come, everybody gets the same "
    "share, jurors too, while slashes stay whole\n"
)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveChain]:
    with live_chain(tmp_path_factory.mktemp("terms")) as chain:
        yield chain


@pytest.fixture(scope="module")
def gateway(live: LiveChain) -> Iterator[GatewayProcess]:
    with running_gateway(live, "terms") as process:
        yield process


@pytest.fixture
def tessera(live: LiveChain, gateway: GatewayProcess, tmp_path) -> CommandLine:
    return command_line_at(live, gateway=gateway.url, answers=tmp_path / "kept")


@pytest.fixture
def create(live, tessera, tmp_path):
    """Publish the task with more lines in its file; return what the command says."""

    def publish(*lines: str):
        file = tmp_path / "task.yaml"
        file.write_text("\n".join([TASK, f'gateway: "{live.gateway.address}"', *lines, ""]))
        return tessera("task", "create", file, "--account", DEPLOYER.address)

    return publish


def stored(live: LiveChain) -> set[str]:
    return {path.name for path in (live.folder / "store").rglob("*") if path.is_file()}


def answering(tmp_path, task_id: int) -> tuple[object, ...]:
    file = tmp_path / "mine.json"
    file.write_text('{"0": "yes", "1": "no"}')
    return ("answer", task_id, file, "--reveal-alone", "--account", WORKER.address, "--json")


def test_create__seat_of_more_than_ten_of_the_daos__is_refused_and_stores_nothing(live, create):
    before, stored_before = live.system.task_escrow.task_count(), stored(live)

    refusal = create('seat_size: "1.000000000000000001"', "entry: yes")

    assert refusal == (
        "error: seat_size is 1.000000000000000001, the most is 1 (10 x 100 prices): such a task "
        "would get no verdict and pay the flat price; make seat_size smaller, or leave it out for "
        "0.1"
    )
    assert live.system.task_escrow.task_count() == before
    assert stored(live) == stored_before


@pytest.mark.parametrize(
    ("lines", "seat_size"), [(("seat_size: 1",), 10**18), ((), 10**17), (("seat_size: 0",), 0)]
)
def test_create__seat_up_to_ten_of_the_daos__is_taken(live, create, lines, seat_size):
    (created,) = create(*lines)

    assert parse_task(live.store.get_block(created["document"])).seat_size == seat_size


def test_most_payout__of_a_task__is_what_the_escrow_takes(live, create):
    (created,) = create("budget: 0.004567891234567891")
    task = live.system.task_escrow.task(created["task_id"])
    fee_bps = live.system.parameters.value_of(ParameterId.PROTOCOL_FEE_BPS)

    terms = live.system.task_escrow.settlement_terms(task.task_id, fee_bps)

    assert fee_bps > 0
    assert most_payout(task.claimable, fee_bps) == terms.payable


def test_next__budget_below_the_most_answers__warns_beside_its_output(create, tessera):
    (created,) = create("budget: 0.0045")

    code, out, err = tessera.run("next", created["task_id"], "--worker", WORKER.address, "--json")

    assert (code, len(json.loads(out))) == (0, 2)
    assert UNFUNDED in err


def test_next__budget_left_out__says_nothing_of_it(create, tessera):
    (created,) = create()

    code, _, err = tessera.run("next", created["task_id"], "--worker", WORKER.address, "--json")

    assert code == 0
    assert "budget" not in err


def test_answer__budget_below_the_most_answers__warns_and_hands_in(create, tessera, tmp_path):
    (created,) = create("budget: 0.0045", "seat_size: 0")

    code, out, err = tessera.run(*answering(tmp_path, created["task_id"]))

    assert (code, json.loads(out)["answers"]) == (0, 2)
    assert UNFUNDED in err


def test_answer__topped_up_since__says_nothing_of_it(create, tessera, tmp_path):
    (created,) = create("budget: 0.0045", "seat_size: 0")
    tessera("task", "top-up", created["task_id"], "0.0057", "--account", DEPLOYER.address)

    code, _, err = tessera.run(*answering(tmp_path, created["task_id"]))

    assert code == 0
    assert "budget" not in err


def test_answer__cancelled_task__is_refused_by_the_gateway_without_a_warning(
    create, tessera, tmp_path
):
    (created,) = create("budget: 0.0045")
    tessera("task", "cancel", created["task_id"], "--account", DEPLOYER.address)

    code, _, err = tessera.run(*answering(tmp_path, created["task_id"]))

    assert code == 1
    assert "budget" not in err
