"""What a requester sees and does when audits do not deliver a task, with real operators."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dao_client.cli.task_file import read_task_file
from dao_client.types import Bps, Phase, TaskId
from tests.integration.commands import CommandLine, command_line_at
from tests.integration.operators import Operators, wait_until
from tests.integration.oracle_world import DEPLOYER, HOUR, PRICE, World, open_world

pytestmark = pytest.mark.integration

DAY = 24 * HOUR


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    with open_world(tmp_path_factory.mktemp("rework"), "anvil") as found:
        yield found


@pytest.fixture(scope="module")
def final(world) -> tuple[TaskId, TaskId]:
    """A task that nobody audited although its requester has a limit, and one without a limit."""
    tasks = world.publish(error_limit=Bps(500)), world.publish()
    for task_id in tasks:
        world.answer(task_id)
    world.pass_time(2 * HOUR)
    operators, oracle = Operators(world), world.system.verdict_oracle
    try:
        for number in (0, 1):
            operators.start(number)
        for phase, seconds in ((Phase.CHALLENGE, DAY), (Phase.FINAL, 0)):
            for task_id in tasks:
                wait_until(lambda task=task_id, at=phase: oracle.phase(task) is at, phase.name)
            world.pass_time(seconds)
    finally:
        operators.kill_all()
    return tasks


@pytest.fixture
def tessera(world) -> CommandLine:
    return command_line_at(world)


def test_results__task_that_is_not_delivered__says_so_beside_the_labels(tessera, final) -> None:
    undelivered, delivered = final

    _, labels, remark = tessera.run("task", "results", undelivered, "--json")
    _, _, silence = tessera.run("task", "results", delivered, "--json")

    assert '"confidence_bps"' in labels
    assert f"task {undelivered} is not delivered: its crowd was wrong on 0 of 0 audited" in remark
    assert f"`tessera rework {undelivered} FILE` asks the others again" in remark
    assert silence == ""


def test_show__task_with_a_verdict__says_what_audits_say(tessera, final) -> None:
    shown = [tessera("task", "show", task_id) for task_id in final]

    assert [each["delivered"] for each in shown] == [False, True]
    assert {(each["audited"], each["errors"], each["health"]) for each in shown} == {
        (0, 0, "1.000")
    }
    assert {each["price"] for each in shown} == {str(PRICE)}


def test_rework__task_that_is_not_delivered__asks_all_of_it_again(
    world, tessera, final, tmp_path
) -> None:
    undelivered, _ = final
    file = tmp_path / "again.yaml"

    written = tessera("rework", undelivered, file)
    created = tessera("task", "create", file, "--account", DEPLOYER.address)

    again, first = read_task_file(file), tessera("task", "show", undelivered)
    assert (written["items"], written["of"], written["delivered"]) == (6, 6, False)
    assert [(item.id, item.text) for item in again.items] == [(str(n), str(n)) for n in range(6)]
    assert isinstance(created, list), created
    (record,) = created
    second = world.system.task_escrow.task(record["task_id"])
    assert [second.price, second.token, second.gateway] == [PRICE, first["token"], first["gateway"]]
    assert second.reveal_deadline - second.submit_deadline == HOUR
    assert second.verdict_deadline - second.reveal_deadline == 2 * HOUR
    assert (again.overlap, again.error_limit, again.submit_seconds) == (5, 500, HOUR)


def test_rework__labels_less_sure_than_a_share__are_asked_again(tessera, final, tmp_path) -> None:
    _, delivered = final
    rows = tessera("task", "results", delivered)
    bound = max(row["confidence_bps"] for row in rows)
    wanted = [row["id"] for row in rows if row["confidence_bps"] < bound]

    written = tessera("rework", delivered, tmp_path / "again.yaml", "--below", f"{bound} bps")

    content = yaml.safe_load((tmp_path / "again.yaml").read_text())
    assert 0 < len(wanted) < len(rows)
    assert [item["id"] for item in content["items"]] == wanted
    assert written["items"] == len(wanted)


def test_rework__nothing_to_ask__is_refused_and_writes_nothing(tessera, final, tmp_path) -> None:
    _, delivered = final
    file = tmp_path / "again.yaml"

    whole = tessera("rework", delivered, file)
    sure = tessera("rework", delivered, file, "--below", "1%")
    beyond = tessera("rework", delivered, file, "--below", "101%")

    assert f"task {delivered} was delivered" in whole
    assert "say what is: --below 90%" in whole
    assert "at least as sure as 1%: there is nothing to ask again" in sure
    assert "--below is 101%: it must be above 0 % and at most 100 %" in beyond
    assert not file.exists()


def test_rework__file_that_exists_or_cannot_be__is_left_alone(tessera, final, tmp_path) -> None:
    undelivered, _ = final
    own = tmp_path / "own.yaml"
    own.write_text("mine")

    taken = tessera("rework", undelivered, own)
    nowhere = tessera("rework", undelivered, tmp_path / "none" / "again.yaml")

    assert f"{own} cannot be written: File exists" in taken
    assert own.read_text() == "mine"
    assert "cannot be written: No such file or directory" in nowhere


def test_rework__task_that_is_not_final__is_refused(world, tessera, tmp_path: Path) -> None:
    refusal = tessera("rework", world.publish(), tmp_path / "again.yaml")

    assert "is OPEN: its labels are final while it is FINAL" in refusal
