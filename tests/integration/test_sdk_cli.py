"""`tessera` from the outside: a node's address, a wallet and this command serve each role."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.nodes import advance, stop_chain
from tests.integration.commands import CommandLine, command_line
from tests.integration.sdk_world import (
    DAY,
    GATEWAY,
    HOUR,
    OPERATOR,
    REQUESTER,
    WORKER,
    SdkWorld,
    sdk_world,
)

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


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world("ganache", tmp_path_factory.mktemp("cli")) as built:
        yield built


@pytest.fixture
def tessera(world) -> CommandLine:
    return command_line(world)


@pytest.fixture
def task_file(tmp_path: Path) -> Path:
    path = tmp_path / "task.yaml"
    path.write_text(f'{TASK}gateway: "{GATEWAY.address}"\n')
    return path


@pytest.fixture
def task_id(tessera, task_file) -> int:
    (created,) = tessera("task", "create", task_file, "--account", REQUESTER.address)
    return created["task_id"]


def test_task__created__is_listed_and_shown_with_its_document(tessera, task_id) -> None:
    shown = tessera("task", "show", task_id)

    assert (shown["phase"], shown["title"], shown["labels"]) == ("OPEN", "Cats", ["yes", "no"])
    answers, audits = 6, 5
    assert shown["claimable"] == str((answers + audits) * 5 * 10**17 * 102 // 100)
    assert task_id in [row["task_id"] for row in tessera("task", "list")]


def test_task__topped_up_and_cancelled__gives_everything_back(tessera, task_id) -> None:
    tessera("task", "top-up", task_id, "2.5", "--account", REQUESTER.address)

    outcome = tessera("task", "cancel", task_id, "--account", REQUESTER.address)

    assert (outcome["phase"], outcome["claimable"]) == ("CANCELLED", "0")
    refusal = tessera("task", "cancel", task_id, "--account", REQUESTER.address)
    assert refusal.startswith(f"error: TaskEscrow.cancel_task({task_id}) was refused: escrow:")


def test_task__without_gateway__is_refused_in_one_line(tessera, task_file) -> None:
    task_file.write_text(TASK)

    refusal = tessera("task", "create", task_file, "--account", REQUESTER.address)

    assert refusal.startswith("error: no gateway: write its address into the task file")


def test_answer__forced__then_nobody_decides__requester_gets_the_rest(
    tessera, world, task_id, tmp_path
) -> None:
    (tmp_path / "answers.json").write_text('{"0": "yes", "1": "no"}')
    forced = tessera(
        "answer", task_id, tmp_path / "answers.json", "--force-inclusion", "--account", 2
    )
    early = tessera("task", "expire", task_id, "--account", 2)
    advance(world.system.chain, 8 * HOUR + 2 * DAY)

    expired = tessera("task", "expire", task_id, "--account", 2)
    refunded = tessera("task", "refund", task_id, "--account", 2)

    assert (forced["worker"], forced["answers"]) == (WORKER.address, 2)
    assert "verdict: too early to expire" in early
    assert (expired["phase"], refunded["refundable"]) == ("EXPIRED", "0")


def test_answer__outside_the_labels__is_refused_before_anything_is_sent(
    tessera, task_id, tmp_path
) -> None:
    (tmp_path / "answers.csv").write_text("item,answer\n0,maybe\n")

    refusal = tessera("answer", task_id, tmp_path / "answers.csv", "--account", 2)

    assert "answers document, $.answers[0].answer = 'maybe': answer one of yes, no" in refusal


def test_results_and_claim__settled_task__labels_and_pay(tessera, world, tmp_path) -> None:
    task_id = world.publish()
    pay = {WORKER.address: 20}
    world.settle(task_id, pay, shown=pay)

    labels = tessera("task", "results", task_id)
    written = tessera("task", "results", task_id, "--csv", tmp_path / "labels.csv")
    claimed = tessera("claim", task_id, "--account", WORKER.address)
    again = tessera("claim", task_id, "--account", WORKER.address)

    assert [(row["id"], row["label"]) for row in labels] == [("a", "yes"), ("b", "no")]
    assert written["labels"] == 2
    assert (tmp_path / "labels.csv").read_text().splitlines()[1] == "0,a,yes,9000"
    assert list(claimed["paid_wei"].values()) == ["20"]
    assert (again["claims"], again["paid_wei"]) == (0, {})


def test_dispute__opened_and_upheld__strikes_the_verdict_down(tessera, world, tmp_path) -> None:
    task_id = world.publish()
    (tmp_path / "evidence.txt").write_text("item 0 is a dog")
    opening = ("dispute", "open", task_id, tmp_path / "evidence.txt", "--account", 0)
    early = tessera(*opening)
    world.post(task_id, {WORKER.address: 20}, shown={WORKER.address: 20})

    opened = tessera(*opening)
    digest = "0x" + world.system.verdict_oracle.record(task_id).digest.hex()
    foreign = tessera("dispute", "rule", task_id, "--upheld", "--account", 2)
    ruled = tessera("dispute", "rule", task_id, "--upheld", "--account", 0)

    assert "is OPEN: a verdict can be disputed while it is CHALLENGE" in early
    assert (opened["phase"], opened["bond"]) == ("DISPUTED", str(20 * 10**18))
    assert "was refused: verdict:" in foreign
    assert (ruled["phase"], ruled["is_upheld"]) == ("SETTLING", True)
    assert (opened["verdict"], ruled["verdict"]) == (digest, digest)
    assert tessera("dispute", "show", task_id)["verdict"] is None
    assert tessera("task", "results", task_id).startswith("error: no verdict stands for task")


def test_finalise__anyone_after_the_window__ends_the_task(tessera, world) -> None:
    task_id = world.publish()
    world.post(task_id, {WORKER.address: 20}, shown={WORKER.address: 20})
    early = tessera("task", "finalise", task_id, "--account", WORKER.address)
    advance(world.system.chain, DAY + 1)

    outcome = tessera("task", "finalise", task_id, "--account", WORKER.address)

    assert "was refused: verdict:" in early
    assert (outcome["phase"], outcome["claimable"]) == ("FINAL", "20")


def test_stake__deposit_unstake_withdraw__is_told_each_time(tessera) -> None:
    account = ("--account", REQUESTER.address)
    deposited = tessera("stake", "deposit", "3", *account)
    unstaked = tessera("stake", "unstake", "1", *account)
    early = tessera("stake", "withdraw", *account)
    shown = tessera("stake", "show", REQUESTER.address)

    assert deposited["stake"] == str(3 * 10**18)
    assert (unstaked["stake"], unstaked["unbonding"]) == (str(2 * 10**18), str(10**18))
    assert "staking: still unbonding" in early
    assert shown["stake"] == str(2 * 10**18)


def test_operator__registers_with_missing_deposit__and_retires(tessera, world) -> None:
    fund = ("wallet", "send", GATEWAY.address, "1500", "--token", "tes", "--account", 0)
    tessera(*fund)
    account = ("--account", GATEWAY.address)

    registered = tessera("operator", "register", "1200", *account)
    retired = tessera("operator", "retire", *account)
    early = tessera("operator", "release", *account)

    assert (registered["stake"], registered["is_active"]) == (str(1_200 * 10**18), True)
    assert not retired["is_active"]
    assert "was refused: operators:" in early
    assert tessera("operator", "show", OPERATOR.address)["is_active"]


def test_wallet__new_keystore__sends_nothing_without_coin(tessera, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TESSERA_PASSWORD", "correct horse")
    path = tmp_path / "wallet.json"

    created = tessera("wallet", "new", path)
    again = tessera("wallet", "new", path)
    held = tessera("wallet", "show", "--keystore", path)
    poor = tessera("stake", "deposit", "1", "--keystore", path)

    assert held["address"] == created["address"]
    assert (held["coin"], held["TES"]) == ("0", "0")
    assert "exists: choose another name" in again
    assert "nsufficient" in poor


def test_store__added_file__comes_back_verified(tessera, tmp_path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG" * 1_000)

    (added,) = tessera("store", "add", tmp_path / "photo.png")
    got = tessera("store", "get", added["cid"], "--output", tmp_path / "copy.png")

    assert got["bytes"] == added["bytes"] == 4_000
    assert (tmp_path / "copy.png").read_bytes() == b"\x89PNG" * 1_000
    assert tessera("store", "pin", added["cid"])["is_pinned"]
    assert tessera("store", "get", "nonsense").startswith("error: 'nonsense' is no CID")


def test_chain_and_deploy__fresh_folder__is_up_then_down(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    tessera = CommandLine({"TESSERA_CHAIN_STATE": str(tmp_path / "chain")})
    stopped = tessera("chain", "status")
    try:
        up = tessera("chain", "up", "--kind", "anvil", "--port", 0, "--block-seconds", 0)
        monkeypatch.setenv("TESSERA_RPC", up["rpc"])
        deployed = tessera("deploy", "--parameter", "challenge_seconds=6h")
        moved = tessera("chain", "advance", 1_000)["clock"]
        status = tessera("chain", "status")
    finally:
        down = tessera("chain", "down")

    assert stopped == {"is_running": False}
    assert (deployed["chain_id"], deployed["evm"]) == (31337, "cancun")
    written = json.loads((tmp_path / "deployments/31337.json").read_text())
    assert written["contracts"]["Timelock"] == deployed["Timelock"]
    assert status["clock"] == moved
    assert down["stopped"] == up["rpc"]
    assert stop_chain(tmp_path / "chain") is None


def test_any_command__no_node__says_so_in_one_line(tessera) -> None:
    refusal = tessera("task", "list", "--rpc", "http://127.0.0.1:9")

    assert refusal.startswith("error: the node at http://127.0.0.1:9 does not answer")


def test_any_command__no_wallet__says_how_to_name_one(tessera, task_id) -> None:
    assert tessera("task", "refund", task_id).startswith("error: no wallet: name one with")
