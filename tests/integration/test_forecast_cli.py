"""`tessera forecast`, and what `tessera task create` says before money is locked."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dao_client.nodes import advance
from tests.integration.commands import CommandLine, Terminal, command_line
from tests.integration.sdk_world import GATEWAY, HOUR, REQUESTER, WORKER, SdkWorld, sdk_world

pytestmark = pytest.mark.integration

TASK = """
title: Cats
instructions: Is it one?
labels: [yes, no]
items: [a tabby, a poodle]
overlap: 5
overlap_most: 11
price: 0.5
submit: 1h
"""
MOST = (2 * 11 + 5) * 5 * 10**17 * 102 // 100


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[SdkWorld]:
    with sdk_world("ganache", tmp_path_factory.mktemp("forecast")) as built:
        yield built


@pytest.fixture
def tessera(world) -> CommandLine:
    return command_line(world)


@pytest.fixture
def task_file(tmp_path: Path) -> Path:
    path = tmp_path / "task.yaml"
    path.write_text(f'{TASK}gateway: "{GATEWAY.address}"\n')
    return path


def test_forecast__task_file__says_the_exact_most_and_the_measured_mean(tessera, task_file):
    found = tessera("forecast", task_file)

    amounts = ("most_for_answers", "most_for_audits", "most_for_fee")
    assert int(found["locked"]) == MOST == sum(int(found[name]) for name in amounts)
    assert [row["ring_share"] for row in found["crowds"]] == ["0.000", "0.200", "0.400"]
    assert all(0 < int(row["cost"]) < MOST for row in found["crowds"])
    right = [float(row["right_labels"]) for row in found["crowds"]]
    assert right == sorted(right, reverse=True)
    assert found["measured_by"].startswith("python -m benchmarks.mechanism.forecast")
    assert found["measured_with"] == {}


def test_forecast__known_crowd__takes_fewer_answers_and_audits(tessera, task_file):
    new, known = tessera("forecast", task_file), tessera("forecast", task_file, "--known")

    for name in ("answers_per_item", "audited"):
        assert float(known["crowds"][0][name]) < float(new["crowds"][0][name])


def test_forecast__worse_than_measured__says_so(tessera, task_file):
    code, out, err = tessera.run("forecast", task_file, "--accuracy", "60 %")

    assert (code, "locked" in out) == (0, True)
    assert "no forecast: nothing was measured for such a task" in err


def test_forecast__share_that_is_none__is_refused(tessera, task_file):
    refusal = tessera("forecast", task_file, "--accuracy", "often")

    assert refusal == "error: accuracy 'often' is no share: write 0.85 or 85 %"


def test_create__as_json__holds_the_forecast_and_locks_no_more(tessera, task_file):
    (created,) = tessera("task", "create", task_file, "--account", REQUESTER.address)

    assert created["forecast"] == tessera("forecast", task_file)
    shown = tessera("task", "show", created["task_id"])
    assert shown["claimable"] == created["forecast"]["locked"]


def test_create__for_people__shows_the_forecast_first(tessera, task_file):
    shown = tessera.shown("task", "create", task_file, "--account", REQUESTER.address, "--yes")

    assert shown.index("right labels") < shown.index("transaction")


@pytest.mark.parametrize(("typed", "code", "more"), [("n\n", 1, 0), ("y\n", 0, 1)])
def test_create__on_a_terminal__asks_before_money_is_locked(
    tessera, world, task_file, monkeypatch, typed, code, more
):
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    before = world.system.task_escrow.task_count()

    found, _, err = tessera.run("task", "create", task_file, "--account", REQUESTER.address)

    assert (found, world.system.task_escrow.task_count() - before) == (code, more)
    assert f"Lock 13.77 TEST for {task_file}?" in err


def test_forecast__task_on_chain__is_that_of_its_file(tessera, task_file):
    (created,) = tessera("task", "create", task_file, "--account", REQUESTER.address)

    assert tessera("forecast", created["task_id"]) == created["forecast"]


def test_forecast__worker_without_a_history__shows_what_others_earn(tessera, task_file):
    (created,) = tessera("task", "create", task_file, "--account", REQUESTER.address)

    found = tessera("forecast", created["task_id"], "--worker", WORKER.address)

    assert found["audited_answers_known"] == "0: nothing is known yet"
    assert found["pay_share"] is None
    assert int(found["slash_per_answer"]) == 15 * 10**16
    pays = [int(row["pay_per_answer"]) for row in found["workers_like"]]
    assert len(pays) == 3
    assert pays == sorted(pays)


def test_forecast__budget_that_pays_a_tenth__promises_no_more_and_warns(tessera, task_file):
    whole = tessera("forecast", task_file)
    task_file.write_text(f"{task_file.read_text()}budget: 0.5\n")

    poor = tessera("forecast", task_file)
    code, shown, remark = tessera.run("forecast", task_file)

    assert (whole["is_funded"], poor["is_funded"]) == (True, False)
    assert {row["cost"] for row in poor["crowds"]} == {str(5 * 10**17)}
    assert 0 < int(poor["pay_per_answer"]) < int(whole["pay_per_answer"])
    assert (code, "locked" in shown) == (0, True)
    assert "0.5 TEST do not pay the most answers and their audits" in remark


def test_forecast__task_that_takes_no_answers__is_refused(world, tessera, task_file):
    (created,) = tessera("task", "create", task_file, "--account", REQUESTER.address)
    advance(world.system.chain, 2 * HOUR)

    refusal = tessera("forecast", created["task_id"])

    assert "it has answers to forecast while it is OPEN" in refusal
