"""Several task files at once, documents that are none, and files that are written whole or not."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.cli import task_publishing
from dao_client.cli.task_view import standing_verdict
from dao_client.documents import parse_verdict
from dao_client.errors import TransactionLost
from dao_client.types import TaskId
from dao_client.windows import Windows, reveal_by
from ipfs_store import cid_from_digest
from tests.integration.commands import CommandLine, Terminal, command_line
from tests.integration.malformed import publish_malformed
from tests.integration.sdk_world import GATEWAY, REQUESTER, WORKER, SdkWorld, sdk_world

pytestmark = pytest.mark.integration

TASK = """
title: Cats
instructions: Is it one?
labels: [yes, no]
items: [a tabby, a poodle]
overlap: 3
price: 0.5
submit: 1h
"""
BY_REQUESTER = ("--account", REQUESTER.address)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world("ganache", tmp_path_factory.mktemp("files")) as built:
        yield built


@pytest.fixture
def tessera(world) -> CommandLine:
    return command_line(world)


@pytest.fixture
def task_file(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_text(f'{TASK}gateway: "{GATEWAY.address}"\n')
    return path


def test_create__second_file_is_refused__publishes_neither(world, tessera, task_file, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: Cats\n")
    before = world.system.task_escrow.task_count()

    refusal = tessera("task", "create", task_file, bad, *BY_REQUESTER)

    assert "bad.yaml" in refusal
    assert world.system.task_escrow.task_count() == before


def test_create__wallet_pays_each_but_not_both__publishes_neither(world, tessera, task_file):
    held = world.system.token(world.system.deployment.payment_token).balance_of(REQUESTER.address)
    most = held // 10**18 * 6 // 10
    task_file.write_text(f"{task_file.read_text()}budget: {most}\n")
    before = world.system.task_escrow.task_count()

    refusal = tessera("task", "create", task_file, task_file, *BY_REQUESTER)

    assert refusal.startswith(f"error: insufficient funds: wallet {REQUESTER.address} holds ")
    assert world.system.task_escrow.task_count() == before


def test_create__second_publication_fails__shows_what_the_first_has_made(
    world, tessera, task_file, monkeypatch
):
    publish_task, calls = task_publishing.publish_task, []

    def publish_once(*given):
        calls.append(given)
        if len(calls) > 1:
            raise TransactionLost("not mined in time")
        return publish_task(*given)

    monkeypatch.setattr(task_publishing, "publish_task", publish_once)

    code, out, err = tessera.run("task", "create", task_file, task_file, *BY_REQUESTER, "--json")

    (created,) = json.loads(out)
    assert (code, err) == (1, "error: not mined in time\n")
    assert created["task_id"] == world.system.task_escrow.task_count()


def test_create__terminal_and_json__asks_in_tokens(world, tessera, task_file, monkeypatch):
    symbol = world.system.token(world.system.deployment.payment_token).symbol()
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))

    code, out, err = tessera.run("task", "create", task_file, *BY_REQUESTER, "--json")

    assert (code, out.strip()) == (1, "")
    assert f"Lock 5.61 {symbol} for {task_file}?" in err


def test_show__document_that_is_none__shows_the_rest(world, tessera):
    like = world.system.task_escrow.task(world.publish())
    task_id = publish_malformed(world.system, world.sender(REQUESTER), world.store, like)

    shown = tessera("task", "show", task_id)

    assert shown["phase"] == "OPEN"
    assert shown["document"].startswith("not read: task document")


def test_show__any_task__says_when_workers_open_their_own_answers(world, tessera):
    task = world.system.task_escrow.task(world.publish())

    shown = tessera("task", "show", task.task_id)
    text = tessera.shown("task", "show", task.task_id)

    assert shown["reveal_from"] == Windows.of(task).opening_deadline
    assert shown["reveal_by"] == reveal_by(task)
    assert text.count(" UTC\n") == 5


def test_evidence__a_block_is_missing__leaves_no_file(world, tessera, tmp_path):
    task_id = settled(world)
    car, block = tmp_path / "task.car", labels_of(world, task_id)
    content = block.read_bytes()
    block.unlink()

    refusal = tessera("task", "evidence", task_id, car)
    left = sorted(tmp_path.iterdir())
    block.write_bytes(content)
    written = tessera("task", "evidence", task_id, car)
    again = tessera("task", "evidence", task_id, car)

    assert "is not in" in refusal
    assert left == []
    assert (written["file"], [*tmp_path.iterdir()]) == (str(car), [car])
    assert "exists: choose another name" in again


def settled(world: SdkWorld) -> TaskId:
    task_id = world.publish()
    world.store.put_block(b"spec")  # what the snapshot of this world names
    world.post(task_id, {WORKER.address: 20}, shown={WORKER.address: 20})
    return task_id


def labels_of(world: SdkWorld, task_id: TaskId) -> Path:
    """The file of a block that must be in the evidence, and is not its first one."""
    verdict = cid_from_digest(standing_verdict(world.system, task_id).document)
    (labels,) = parse_verdict(world.store.get_block(verdict)).labels
    (path,) = world.store.path.rglob(labels)
    return path
