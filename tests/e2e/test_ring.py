"""A ring of 24 of 60 wallets agrees on every answer beforehand: real transactions, real money."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from dao_client.chain import Chain
from dao_client.contracts.events import WorkerSlashed
from dao_client.deployment import Deployment, System
from dao_client.node_programs import ChainKind
from dao_client.nodes import chain_status, stop_chain
from dao_client.types import TaskId
from ipfs_store import open_store
from scripts.demo.report import Report
from scripts.demo.rule_report import WorkerRow
from scripts.demo.run import run_demo
from scripts.demo.settings import DemoSettings
from scripts.demo.stages.ground import Places, payment_token
from scripts.demo.stages.programs import Network
from scripts.demo.stages.slashing import slashes_of
from tests.e2e.crowds import HONEST, RING, write_ring

pytestmark = pytest.mark.e2e

SEED = 7
LEAST_ACCURACY = 0.90
TESSERA = str(Path(sys.executable).with_name("tessera"))


@dataclass(frozen=True)
class Played:
    """What became of the ring, and the chain on which it happened, still running."""

    report: Report
    network: Network
    system: System

    def rows(self, name: str) -> list[WorkerRow]:
        """Return the wallets of the ring, or the honest ones."""
        return [row for row in self.report.workers if row.name.startswith(name)]

    def payslip(self, row: WorkerRow) -> Any:
        """Ask a process that knows chain and store alone how a worker's pay came about."""
        task = str(self.report.task_id)
        ended = subprocess.run(
            [TESSERA, "explain", row.address, task, "--json"],
            env=self.network.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(ended.stdout)


@pytest.fixture(scope="module", params=list(ChainKind))
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """The whole loop on one kind of node."""
    out = tmp_path_factory.mktemp("ring")
    answers, truth = write_ring(out, SEED)
    settings = DemoSettings(request.param, keep=True, answers=answers, truth=truth, out=out)
    places = Places(out)
    try:
        report = run_demo(settings, Console(file=io.StringIO()))
        node = chain_status(places.chain)
        assert node is not None
        network = Network(node.url, f"folder:{places.store.resolve()}", places)
        system = System.connect(Chain.connect(network.rpc), Deployment.load(places.deployment))
        yield Played(report, network, system)
    finally:
        stop_chain(places.chain)


def test_ring__forty_percent__loses_stake_and_is_paid_nothing(played: Played) -> None:
    ring = played.rows("ring")

    assert len(ring) == RING
    assert [row.name for row in ring if not row.slashed] == []
    assert [row.name for row in ring if row.paid] == []
    assert all(row.reasons for row in ring)


def test_ring__honest_workers__earn_and_lose_nothing(played: Played) -> None:
    honest = played.rows("honest")

    assert len(honest) == HONEST
    assert [row.name for row in honest if row.slashed] == []
    assert [row.name for row in honest if row.paid <= 0] == []


def test_ring__labels__are_right_all_the_same(played: Played) -> None:
    report = played.report

    assert report.accuracy[report.default_method] >= LEAST_ACCURACY
    assert report.accuracy["majority"] < report.accuracy[report.default_method]
    assert report.audits.health >= 0.6


def test_ring__escrow_and_stakes__are_conserved_to_the_wei(played: Played) -> None:
    report, system = played.report, played.system
    token = payment_token(system)
    money, stakes, slashes = report.money[token], report.stakes[token], report.slashes[token]
    jurors = sum(row.paid for row in report.audits.jurors)

    assert money.is_conserved
    assert money.held == 0
    assert sum(row.paid for row in report.workers) + jurors == report.verdict.total_payout
    assert stakes.is_conserved
    assert stakes.slashed == sum(row.slashed for row in report.workers)
    assert slashes.is_conserved
    assert slashes.insurance == system.insurance_pool.totals_of(token).held
    assert slashes.treasury == system.treasury.free_balance(token)
    assert stakes.held == sum(row.stake - row.slashed for row in report.workers)


def test_ring__slashes_on_chain__are_those_of_the_verdict(played: Played) -> None:
    system, task_id = played.system, TaskId(played.report.task_id)
    events = system.verdict_oracle.contract.events(WorkerSlashed, task_id=task_id)

    carried_out = {event.worker: (event.amount, event.taken) for event in events}

    decided = slashes_of(system, open_store(played.network.store), task_id)
    assert carried_out == {row.worker: (row.amount, row.amount) for row in decided}
    assert played.report.verification.exit_code == 0


@pytest.mark.parametrize("name", ["honest", "ring"])
def test_explain__a_wallet__is_what_the_chain_paid_and_took(played: Played, name: str) -> None:
    row = played.rows(name)[0]

    slip = played.payslip(row)

    assert int(slip["payout_wei"]) == row.paid
    assert int(slip["slash_wei"]) == row.slashed
    assert slip["judged_answers"] == row.answers
    assert len(slip["answers"]) == row.answers
