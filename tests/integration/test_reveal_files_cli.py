"""`tessera reveal` with several kept files: each one counts for itself, and is told for itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.cli.options import LOCAL_STORE
from dao_client.keeping import folder_of, keep_answers, name_of, read_kept
from dao_client.nodes import advance
from dao_client.types import TaskId
from dao_client.windows import reveal_by
from ipfs_store import FolderStore, cid_of
from tests.integration.commands import CommandLine, command_line
from tests.integration.sdk_world import HOUR, SdkWorld, sdk_world

pytestmark = pytest.mark.integration

NO_GATEWAY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world("ganache", tmp_path_factory.mktemp("reveal-files")) as built:
        yield built


@pytest.fixture
def tessera(world) -> CommandLine:
    return command_line(world)


def keep(
    world: SdkWorld, tessera: CommandLine, task_id: TaskId, gateway: str | None = None
) -> Path:
    """Keep answers as `tessera answer` does, without handing them in."""
    sealed = world.sealed(task_id, {0: "yes", 1: "no"})
    folder = folder_of(world.system, Path(tessera.variables["TESSERA_ANSWERS"]))
    keep_answers(folder / name_of(sealed), sealed, gateway)
    return folder / name_of(sealed)


def open_up(world: SdkWorld) -> None:
    advance(world.system.chain, HOUR + HOUR // 3)


def test_reveal__one_of_three_files_is_no_file__reveals_the_others_and_fails(world, tessera):
    task_id = world.publish()
    first, spoilt, last = (keep(world, tessera, task_id) for _ in range(3))
    spoilt.write_text("{")
    open_up(world)

    code, out, remarks = tessera.run("reveal", task_id, "--json")

    rows = {row["file"]: row for row in json.loads(out)}
    assert code == 1
    assert rows[str(spoilt)]["outcome"] == "failed"
    assert "is no file that `tessera answer` kept" in rows[str(spoilt)]["error"]
    assert f"error: {spoilt.name}: " in remarks
    for path in (first, last):
        assert (rows[str(path)]["outcome"], rows[str(path)]["error"]) == ("revealed", None)
        assert world.store.has(cid_of(read_kept(path).answers))


def test_reveal__file_names_its_gateway__goes_there_or_by_wish_to_the_store(world, tessera):
    task_id = world.publish()
    path = keep(world, tessera, task_id, NO_GATEWAY)
    open_up(world)

    refusal = tessera("reveal", task_id)
    is_there = world.store.has(cid_of(read_kept(path).answers))
    (revealed,) = tessera("reveal", task_id, "--to-store")

    assert f"the gateway at {NO_GATEWAY} does not answer" in refusal
    assert "with --to-store they go into your store" in refusal
    assert not is_there
    assert revealed["put_into"] == tessera.variables["TESSERA_STORE"]
    assert world.store.has(revealed["document"])


def test_reveal__no_store_is_named__says_that_the_folder_is_on_this_machine(
    world, tessera, tmp_path, monkeypatch
):
    task_id = world.publish()
    keep(world, tessera, task_id)
    open_up(world)
    monkeypatch.chdir(tmp_path)

    code, out, remarks = tessera.run("reveal", task_id, "--store", LOCAL_STORE, "--json")

    (revealed,) = json.loads(out)
    folder = tmp_path / "build/store"
    assert code == 0
    assert revealed["put_into"] == f"folder:{folder}"
    assert f"warning: the answers are in folder:{folder} on this machine" in remarks
    assert FolderStore(folder).has(revealed["document"])


def test_reveal__after_half_of_the_verdict_time__says_that_it_may_count_no_more(world, tessera):
    task_id = world.publish()
    keep(world, tessera, task_id)
    due = reveal_by(world.system.task_escrow.task(task_id))
    advance(world.system.chain, due - 60 - world.system.chain.clock())
    _, _, in_time = tessera.run("reveal", task_id)
    advance(world.system.chain, 61)

    _, _, late = tessera.run("reveal", task_id)

    assert "warning" not in in_time
    assert f"warning: operators waited for answers of task {task_id} until " in late
    assert "these may not count any more" in late


def test_reveal__before_the_deadline__names_it_in_utc(world, tessera):
    task_id = world.publish()
    keep(world, tessera, task_id)

    refusal = tessera("reveal", task_id)

    assert " UTC: revealed now, everybody could copy yours; run this again then" in refusal
