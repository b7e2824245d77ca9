"""Anyone with a node's address and a CAR file finds out whether a verdict is true."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from dao_client.evidence import export_evidence
from dao_client.messages import verdict_message
from dao_client.transactions import Sender
from dao_client.types import Digest, TaskId
from ipfs_store import cid_from_digest
from ipfs_store.cid import cid_bytes
from oracle.chain import SystemChain
from oracle.computation import compute
from tests.integration.oracle_world import HOUR, LAZY, OPERATORS, open_world

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with open_world(tmp_path_factory.mktemp("verify"), "ganache") as found:
        yield found


@pytest.fixture(scope="module")
def posted_task(world):
    return post(world)


def post(world, **changes) -> TaskId:
    """Let two operators post the verdict, or one with other roots."""
    task_id = world.publish()
    world.answer(task_id)
    world.pass_time(2 * HOUR)
    world.open_answers(task_id)
    computation = compute(SystemChain(world.system), world.store, task_id)
    for block in computation.blocks:
        world.store.put_block(block)
    verdict = replace(computation.verdict, **changes)
    message = verdict_message(verdict, world.system.oracle_domain)
    signers = sorted(OPERATORS[:2], key=lambda each: each.address.lower())
    call = world.system.verdict_oracle.post_verdict(
        verdict, computation.document, [each.sign_typed(message) for each in signers]
    )
    Sender(world.system.chain, OPERATORS[0]).send(call)
    return task_id


def verify(world, task_id, *options):
    store = f"folder:{world.folder / 'store'}"
    command = [sys.executable, "-c", "from dao_client.cli import main; main()", "verify"]
    command += [str(task_id), "--rpc", world.url, "--json", "--store", store]
    command += ["--deployment", str(world.folder / "deployment.json"), *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def car_of(world, task_id):
    path = world.folder / f"task-{task_id}.car"
    with path.open("wb") as stream:
        (event,) = world.system.verdict_oracle.posted(task_id)
        export_evidence(world.store, cid_from_digest(event.document), stream)
    return path


def test_verify__honest_verdict__exits_0(world, posted_task):
    result = verify(world, posted_task)

    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["is_equal"] is True


def test_verify__from_the_car_alone__exits_0(world, posted_task):
    result = verify(world, posted_task, "--car", car_of(world, posted_task))

    assert result.returncode == 0, result.stderr


def test_verify__byte_of_an_answer_flipped__exits_1_and_names_whose(world, posted_task):
    path = car_of(world, posted_task)
    content = bytearray(path.read_bytes())
    (event,) = world.system.task_escrow.forced(posted_task)
    cid = cid_from_digest(event.payload)
    content[content.index(cid_bytes(cid)) + 36 + 40] ^= 1
    path.write_bytes(content)

    result = verify(world, posted_task, "--car", path)

    assert result.returncode == 1
    assert f"of worker {LAZY.address}" in result.stderr.replace("\n", "")
    assert cid in result.stderr.replace("\n", "")


@pytest.mark.parametrize("root", ["labels_root", "payouts_root"])
def test_verify__posted_root_changed__exits_1_and_names_the_leaf(world, root):
    task_id = post(world, **{root: Digest(b"\x66" * 32)})

    result = verify(world, task_id)

    (difference,) = json.loads(result.stdout)["differences"]
    assert result.returncode == 1
    assert difference.startswith(f"{root}: posted 0x6666")
    assert "leaf 0" in difference


def test_verify__unknown_task__exits_1(world):
    result = verify(world, 10**6)

    assert result.returncode == 1
    assert "no verdict was posted" in result.stderr
