"""Answers that nobody can read: operators wait until half time, then decide without them."""

import json
import subprocess
import sys

import pytest

from dao_client.documents import parse_snapshot, parse_verdict
from dao_client.payloads import read_missing, read_refusals
from dao_client.transactions import Sender
from dao_client.types import Digest, Phase
from ipfs_store import cid_from_digest
from tests.integration.operators import Operators, wait_until
from tests.integration.oracle_world import DEPLOYER, HOUR, LAZY, PRICE, open_world

pytestmark = pytest.mark.integration

NOWHERE = Digest(b"\x66" * 32)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with open_world(tmp_path_factory.mktemp("missing"), "ganache") as found:
        yield found


@pytest.fixture
def operators(world):
    found = Operators(world)
    yield found
    found.kill_all()


def force_without_payload(world, task_id, signer):
    call = world.system.task_escrow.force_submission(task_id, 99, NOWHERE, NOWHERE)
    Sender(world.system.chain, signer).send(call)


def verify(world, task_id):
    command = [sys.executable, "-c", "from dao_client.cli import main; main()", "verify"]
    command += [str(task_id), "--rpc", world.url, "--store", world.store_url]
    command += ["--deployment", str(world.folder / "deployment.json")]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_operators__forced_by_a_stranger_without_payload__do_not_wait(world, operators):
    task_id = world.publish()
    world.answer(task_id)
    force_without_payload(world, task_id, DEPLOYER)
    world.pass_time(2 * HOUR)

    result = operators.run_once(0, "--once", "--task", str(task_id))

    assert json.loads(result.stdout) == {str(task_id): "waiting for signatures"}, result.stderr


def test_operators__forced_by_a_worker_without_payload__wait_and_then_decide(world, operators):
    task_id = world.publish()
    world.answer(task_id)
    force_without_payload(world, task_id, LAZY)
    world.pass_time(2 * HOUR)
    early = operators.run_once(0, "--once", "--task", str(task_id))
    assert json.loads(early.stdout) == {str(task_id): "waiting for evidence"}, early.stderr

    world.pass_time(HOUR)
    for number in (0, 1):
        operators.start(number)
    oracle = world.system.verdict_oracle
    wait_until(lambda: oracle.phase(task_id) is Phase.CHALLENGE, "the verdict")

    (posted,) = oracle.posted(task_id)
    document = parse_verdict(world.store.get_block(cid_from_digest(posted.document)))
    snapshot = parse_snapshot(world.store.get_block(document.snapshot))
    refused = read_refusals(world.store, document.refusals)
    assert read_missing(world.store, snapshot.missing) == (cid_from_digest(NOWHERE),)
    assert {(each.worker, each.reason) for each in refused} == {
        (LAZY.address, "missing payload"),
        (LAZY.address, "another submission of the worker is missing"),
    }
    assert posted.total_payout == (6 + 6 + 6) * PRICE
    result = verify(world, task_id)
    assert result.returncode == 0, result.stderr
