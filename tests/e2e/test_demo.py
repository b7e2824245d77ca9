"""The whole loop on both nodes, as `tessera demo` plays it, with a crowd of six."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from dao_client.node_programs import ChainKind
from dao_client.nodes import chain_status, stop_chain
from ipfs_store import CarStore
from scripts.demo.report import Report
from scripts.demo.run import run_demo
from scripts.demo.settings import DemoSettings
from scripts.demo.wallets import OPERATORS
from tests.e2e.crowds import GOOD_WORKERS, ITEMS, write_crowd

pytestmark = pytest.mark.e2e

PRICE = 10**18 // 20
START_SECONDS = 60


@dataclass(frozen=True)
class Played:
    """A demo that has been played to its end, and its files."""

    report: Report
    out: Path


@pytest.fixture(scope="module", params=list(ChainKind))
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The whole loop on one kind of node."""
    out = tmp_path_factory.mktemp("demo")
    answers, truth = write_crowd(out)
    settings = DemoSettings(chain=request.param, answers=answers, truth=truth, out=out)
    return Played(run_demo(settings, Console(file=io.StringIO())), out)


@pytest.fixture
def finished(played: Played) -> Report:
    """What the demo reported."""
    return played.report


def test_run_demo__six_workers__labels_are_all_right(finished: Report) -> None:
    assert finished.accuracy[finished.default_method] == 1.0
    assert finished.verdict.signatures >= 2


def test_run_demo__six_workers__good_work_is_paid_in_full_and_guessing_not(
    finished: Report,
) -> None:
    paid = {row.name: row.paid for row in finished.workers}

    good = dict.fromkeys([f"good{number}" for number in range(GOOD_WORKERS)], ITEMS * PRICE)
    assert paid == {**good, "spammer": 0}


def test_run_demo__six_workers__jurors_are_paid_for_each_audit(finished: Report) -> None:
    audits = finished.audits

    assert [row.answers for row in audits.jurors] == [audits.drawn] * OPERATORS
    assert all(row.paid == row.right * PRICE for row in audits.jurors)
    assert audits.wrong in (0, None)


def test_run_demo__six_workers__too_few_answers_to_slash_anybody(finished: Report) -> None:
    assert [row.name for row in finished.workers if row.slashed or row.reasons] == []
    assert [slashes.slashed for slashes in finished.slashes.values()] == [0, 0]


def test_run_demo__six_workers__money_is_conserved_and_nothing_is_held(finished: Report) -> None:
    (money,) = finished.money.values()

    assert money.is_conserved
    assert money.held == 0
    assert money.fees == money.paid * 200 // 10_000
    assert all(stakes.is_conserved for stakes in finished.stakes.values())


def test_run_demo__six_workers__roots_are_recomputed(finished: Report) -> None:
    assert finished.verification.exit_code == 0
    assert finished.verdict.refused_answers == 0


def test_run_demo__six_workers__gas_is_read_for_every_step(finished: Report) -> None:
    wanted = {"create_task", "anchor_submissions", "post_verdict", "finalise", "claim", "deposit"}

    assert wanted <= set(finished.gas)
    assert finished.gas_detail["claim_many"].transactions >= 3  # and jurors drawn for both tasks


def test_run_demo__ended__stops_its_node_and_leaves_its_files(played: Played) -> None:
    document = json.loads((played.out / "report.json").read_text())

    assert chain_status(played.out / "chain") is None
    assert document["is_conserved"] is True
    assert CarStore(played.out / "task.car").has(document["evidence"]["root"])
    assert (played.out / "report.html").read_text().startswith("<!doctype html>")


def test_demo__keep__leaves_the_chain_running(tmp_path: Path) -> None:
    answers, truth = write_crowd(tmp_path)
    out, console = tmp_path / "out", Console(file=io.StringIO(), width=200)
    settings = DemoSettings(ChainKind.ANVIL, keep=True, answers=answers, truth=truth, out=out)

    try:
        run_demo(settings, console)
        node = chain_status(out / "chain")
    finally:
        stop_chain(out / "chain")

    assert node is not None
    assert f"export TESSERA_RPC={node.url}" in console.file.getvalue()  # type: ignore[attr-defined]


def test_demo__json__prints_one_document_for_programs(tmp_path: Path) -> None:
    answers, truth = write_crowd(tmp_path)
    files = ["--answers", str(answers), "--truth", str(truth), "--out", str(tmp_path / "out")]
    command = [sys.executable, "-m", "scripts.demo", "--chain", "anvil", "--json", *files]

    ended = subprocess.run(command, capture_output=True, text=True, check=True)

    assert json.loads(ended.stdout)["is_conserved"] is True
    assert "Recompute every root" in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_demo__interrupted__stops_everything_it_started(tmp_path: Path, number: int) -> None:
    answers, _ = write_crowd(tmp_path)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "scripts.demo", "--answers", str(answers), "--out", str(out)]
    demo = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    _await(out / "logs" / "operator-3.log", demo)

    demo.send_signal(number)
    code = demo.wait(START_SECONDS)

    assert code == 130
    assert chain_status(out / "chain") is None
    deadline = time.monotonic() + START_SECONDS
    while _programs_in(out) and time.monotonic() < deadline:
        time.sleep(0.2)  # the last one may still be on its way out
    assert _programs_in(out) == []


def _await(file: Path, demo: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while not file.exists():
        assert demo.poll() is None, "the demo ended before it could be interrupted"
        assert time.monotonic() < deadline, f"{file} did not appear"
        time.sleep(0.1)


def _programs_in(folder: Path) -> list[str]:
    """Find processes whose environment names the folder: gateway and operators."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(str(folder)) in (process / "environ").read_bytes():
                found.append(process.name)
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found
