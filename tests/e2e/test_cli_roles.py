"""Requester, worker, verifier, and a task that expires: all by `tessera`, with real programs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dao_client.encoding import PAYOUT_TYPES
from dao_client.merkle import verify_proof
from scripts.demo.processes import Processes
from scripts.demo.stages.programs import free_ports
from tests.e2e.roles import (
    GATEWAY,
    IGNORED,
    OPERATORS,
    REQUESTER,
    WORKER,
    World,
    address_of,
    finish,
    told,
)

pytestmark = pytest.mark.e2e

HOUR, DAY = 3_600, 86_400
ANSWERS = ["yes", "yes", "no", "no"]
"""As many of each: so good work is worth the full price even where nothing is audited."""
ITEMS = len(ANSWERS)
PRICE = 10**16
TASK = """
title: Is it a cat?
instructions: Say whether it is one.
labels: [yes, no]
items: [{id: picture, image: cat.png}, a tabby, a poodle, a beagle]
overlap: 2
price: 0.01
seat_size: 1
reveal: 1h
verdict: 1h
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Chain and contracts, people who hold what they need, gateway and operators."""
    folder = tmp_path_factory.mktemp("roles")
    chain_port, gateway_port = free_ports(2)
    with Processes(folder / "logs") as programs:
        world = World(folder, f"http://127.0.0.1:{chain_port}", gateway_port, programs)
        try:
            world.tell("chain", "up", "--port", chain_port)
            _settle_in(world, world.tell("deploy"))
            yield world
        finally:
            world.run("chain", "down")


def _settle_in(world: World, contracts: Any) -> None:
    worker = world.tell("wallet", "new", WORKER)["address"]
    for token, amount, recipients in [
        ("coin", 1, [worker]),
        (contracts["PaymentToken"], 1, [worker, address_of(IGNORED)]),
        ("tes", 1_000, map(address_of, OPERATORS)),
    ]:
        for each in recipients:
            world.tell("wallet", "send", each, amount, "--token", token, wallet=REQUESTER)
    steps = [world.begin("operator", "register", 1_000, wallet=each) for each in OPERATORS]
    steps += [world.begin("stake", "deposit", 1, wallet=each) for each in (WORKER, IGNORED)]
    assert [told(step)["transaction"][:2] for step in steps] == ["0x"] * 5
    world.start_gateway()
    world.start_operators()


@dataclass(frozen=True)
class Tasks:
    """One task that gets a verdict, and one that does not."""

    decided: int
    abandoned: int
    submit_deadline: int


@pytest.fixture(scope="module")
def tasks(world: World) -> Tasks:
    """Two tasks from files, answered through the gateway; the first also around it."""
    gateway = address_of(GATEWAY)
    (world.folder / "cat.png").write_bytes(bytes(range(256)))
    for name, length in (("short", "1h"), ("long", "3d")):
        text = f'{TASK}gateway: "{gateway}"\nsubmit: {length}\n'
        (world.folder / f"{name}.yaml").write_text(text)
    answers = {str(item): answer for item, answer in enumerate(ANSWERS)}
    (world.folder / "answers.json").write_text(json.dumps(answers))
    short, long = world.tell("task", "create", "short.yaml", "long.yaml", wallet=REQUESTER)
    forced = world.begin(
        "answer", short["task_id"], "answers.json", "--force-inclusion", wallet=IGNORED
    )
    for created in (short, long):
        world.tell("answer", created["task_id"], "answers.json", wallet=WORKER)
    told(forced)
    for created in (short, long):
        world.await_task(created["task_id"], lambda task: task["anchored_answers"] == ITEMS)
    return Tasks(short["task_id"], long["task_id"], long["submit_deadline"])


@pytest.fixture(scope="module")
def posted(world: World, tasks: Tasks) -> int:
    """The task whose verdict stands."""
    world.tell("chain", "advance", 2 * HOUR + 1)
    world.await_task(tasks.decided, lambda task: task["phase"] == "CHALLENGE")
    return tasks.decided


@pytest.fixture(scope="module")
def car(world: World, posted: int) -> Path:
    """The evidence of the posted verdict."""
    assert world.tell("task", "evidence", posted, "task.car")["absent"] == []
    return world.folder / "task.car"


def test_answer__twice__is_refused(world: World, tasks: Tasks) -> None:
    again = world.run("answer", tasks.abandoned, "answers.json", wallet=WORKER)

    assert again.code == 1
    assert "has answered item 0" in again.error


def test_results__verdict_posted__are_what_workers_said(world: World, posted: int) -> None:
    rows = world.tell("task", "results", posted)

    assert [row["label"] for row in rows] == ANSWERS
    assert rows[0]["id"] == "picture"


def test_gateway__verdict_posted__serves_payouts_that_prove_themselves(
    world: World, posted: int
) -> None:
    verdict = world.ask_gateway(f"/tasks/{posted}/verdict")
    payouts = world.ask_gateway(f"/tasks/{posted}/payouts")

    root = bytes.fromhex(verdict["payouts_root"][2:])
    for each in payouts["payouts"]["rows"]:
        row = (posted, each["index"], each["worker"], int(each["amount"]))
        verify_proof(root, PAYOUT_TYPES, row, [bytes.fromhex(one[2:]) for one in each["proof"]])
    assert [label["answer"] for label in verdict["labels"]["rows"]] == ANSWERS
    assert len(payouts["payouts"]["rows"]) == 2


def test_verify__chain_and_store__equals_what_was_posted(world: World, posted: int) -> None:
    assert world.tell("verify", posted)["is_equal"]


def test_verify__car__equals_what_was_posted(world: World, posted: int, car: Path) -> None:
    assert world.tell("verify", posted, "--car", car)["is_equal"]


def test_verify__one_byte_of_an_answer_flipped__names_the_leaf(
    world: World, posted: int, car: Path
) -> None:
    damaged = bytearray(car.read_bytes())
    damaged[damaged.index(b'"answer":"yes"') + len(b'"answer":"')] ^= 1
    forged = world.folder / "forged.car"
    forged.write_bytes(damaged)

    ended = world.run("verify", posted, "--car", forged)

    assert ended.code == 1
    assert "is damaged" in ended.error
    assert "leaf 0" in ended.error or "forced" in ended.error


def test_claim__final_task__pays_both_workers(world: World, posted: int) -> None:
    early = world.run("claim", posted, wallet=WORKER)
    world.tell("chain", "advance", DAY + 1)
    world.await_task(posted, lambda task: task["phase"] == "FINAL")
    claims = [world.begin("claim", posted, wallet=each) for each in (WORKER, IGNORED)]

    paid = [list(told(claim)["paid_wei"].values()) for claim in claims]

    assert "pay can be claimed when it is FINAL" in early.error
    assert paid == [[str(ITEMS * PRICE)]] * 2
    assert world.tell("claim", posted, wallet=WORKER)["claims"] == 0


def test_expire__operators_gone_for_ever__pays_flat_and_the_rest_back(
    world: World, tasks: Tasks, posted: int
) -> None:
    world.programs.stop()
    early = world.run("task", "expire", tasks.abandoned, wallet=IGNORED)
    world.tell("chain", "advance", 3 * DAY + 2 * HOUR + DAY + 1)
    world.tell("task", "expire", tasks.abandoned, wallet=IGNORED)

    refund = world.begin("task", "refund", tasks.abandoned, wallet=REQUESTER)
    claim = world.tell("claim", tasks.abandoned, wallet=WORKER)

    assert "too early to expire" in early.error
    assert finish(refund).code == 0
    assert list(claim["paid_wei"].values()) == [str(ITEMS * PRICE)]
    ended = world.tell("task", "show", tasks.abandoned)
    assert (ended["phase"], ended["claimable"], ended["refundable"]) == ("EXPIRED", "0", "0")
