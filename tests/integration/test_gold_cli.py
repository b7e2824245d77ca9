"""Gold and clocks of a task, by the commands of a requester, on a chain."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.contracts.parameters import ParameterId
from dao_client.documents import parse_gold, parse_task
from dao_client.gold import gold_root
from dao_client.nodes import advance
from tests.integration.commands import CommandLine, command_line
from tests.integration.sdk_world import GATEWAY, HOUR, REQUESTER, SdkWorld, sdk_world

pytestmark = pytest.mark.integration

TASK = """
title: Cats
instructions: Is it one?
labels: [yes, no]
items: [a tabby, a poodle]
overlap: 3
overlap_most: 5
price: 0.5
submit: 1h
gold: known.csv
entry: yes
error_limit: 5 %
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world("ganache", tmp_path_factory.mktemp("gold")) as built:
        yield built


@pytest.fixture
def tessera(world) -> CommandLine:
    return command_line(world)


@pytest.fixture
def task_file(tmp_path: Path) -> Path:
    path = tmp_path / "task.yaml"
    path.write_text(f'{TASK}gateway: "{GATEWAY.address}"\n')
    (tmp_path / "known.csv").write_text("id,answer\n1,no\n")
    return path


@pytest.fixture
def created(tessera, task_file, tmp_path):
    (created,) = tessera(
        "task", "create", task_file, "--gold-in", tmp_path / "gold", "--account", REQUESTER.address
    )
    return created


def test_create__with_gold__promises_what_the_kept_file_holds(world, created, tessera) -> None:
    document = parse_task(world.store.get_block(created["document"]))
    rows = parse_gold(Path(created["gold_file"]).read_bytes())
    shown = tessera("task", "show", created["task_id"])

    assert document.gold is not None
    assert document.gold.root == gold_root(rows)
    assert not world.store.has(document.gold.document)
    assert (shown["gold"], shown["entry"], shown["error_limit_bps"]) == (1, True, 500)
    assert (created["most_answers"], created["audits_of_a_new_pool"]) == (10, 5)
    assert shown["claimable"] == str(15 * 5 * 10**17 * 102 // 100)


def test_open_gold__while_answers_come_in__is_refused(world, tessera, created, tmp_path) -> None:
    refusal = tessera("task", "open-gold", created["task_id"], "--gold-in", tmp_path / "gold")

    assert "gold that is open now could be copied; open it" in refusal
    assert not world.store.has(Path(created["gold_file"]).stem)


def test_open_gold__when_answers_are_opened__is_in_the_store(
    world, tessera, created, tmp_path
) -> None:
    advance(world.system.chain, 3 * HOUR)

    opened = tessera("task", "open-gold", created["task_id"], "--gold-in", tmp_path / "gold")

    assert (opened["gold"], opened["file"]) == (1, created["gold_file"])
    assert parse_gold(world.store.get_block(opened["document"]))[0].answer == "no"


def test_open_gold__another_file_or_none__is_refused(world, tessera, created, tmp_path) -> None:
    (tmp_path / "other.json").write_text("{}")

    other = tessera("task", "open-gold", created["task_id"], "--file", tmp_path / "other.json")
    lost = tessera("task", "open-gold", created["task_id"], "--gold-in", tmp_path / "elsewhere")

    assert "operators would not count it" in other
    assert "name the file that `tessera task create` wrote with --file" in lost


def test_open_gold__a_task_without__is_refused(world, tessera) -> None:
    refusal = tessera("task", "open-gold", world.publish())

    assert "promised no gold: there is nothing to open" in refusal


def test_create__verdict_after_stakes_are_gone__is_refused_and_keeps_no_gold(
    world, tessera, task_file, tmp_path
) -> None:
    task_file.write_text(f"{task_file.read_text()}verdict: 30d\n")
    before = world.system.task_escrow.task_count()

    refusal = tessera(
        "task", "create", task_file, "--gold-in", tmp_path / "gold", "--account", REQUESTER.address
    )

    assert "workers could be gone before they are slashed; make verdict at most" in refusal
    assert world.system.task_escrow.task_count() == before
    assert not (tmp_path / "gold").exists()


def test_create__file_without_a_reveal_window__gets_the_one_of_the_dao(world, created) -> None:
    task = world.system.task_escrow.task(created["task_id"])

    voted = world.system.parameters.value_of(ParameterId.REVEAL_SECONDS)
    assert task.reveal_deadline - task.submit_deadline == voted
