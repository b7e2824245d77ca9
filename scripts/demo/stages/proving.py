"""Prove it to somebody who trusts nobody: recompute, export, compare with the truth."""

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dao_client.deployment import System
from dao_client.evidence import export_evidence
from dao_client.types import TaskId
from ipfs_store import Cid, Store
from oracle.aggregate import TASK_METHODS
from oracle.chain import SystemChain
from oracle.collect import collect
from oracle.label import label_items
from oracle.types import Evidence, Label
from oracle.verify import verify_evidence
from scripts.demo.crowd import CrowdItem
from scripts.demo.errors import StageFailed
from scripts.demo.report import EvidenceFacts, Verification
from scripts.demo.stages.programs import Network

VERIFY_SECONDS = 300
TERMINAL_COLUMNS = "120"
LabelsByMethod = dict[str, tuple[Label, ...]]


def verify_task(network: Network, task_id: TaskId) -> Verification:
    """Run `tessera verify` as a new process that knows chain and store, no key, no database."""
    options = {
        "--rpc": network.rpc,
        "--deployment": str(network.places.deployment),
        "--store": network.store,
    }
    arguments = ["verify", str(task_id), *(part for pair in options.items() for part in pair)]
    program = Path(sys.executable).with_name("tessera")
    done = subprocess.run(
        [str(program), *arguments],
        env={**os.environ, "COLUMNS": TERMINAL_COLUMNS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=VERIFY_SECONDS,
        check=False,
    )
    return Verification(f"tessera verify {task_id}", done.returncode, done.stdout.strip())


def export_car(store: Store, verdict: Cid, path: Path) -> EvidenceFacts:
    """Write the task's whole evidence as one CAR, its root the verdict document."""
    with path.open("wb") as stream:
        exported = export_evidence(store, verdict, stream)
    if exported.absent:
        raise StageFailed(f"the store lacks {len(exported.absent)} blocks of the evidence")
    return EvidenceFacts(path.name, str(verdict), exported.blocks, path.stat().st_size)


def label_by_every_method(system: System, store: Store, task_id: TaskId) -> LabelsByMethod:
    """Label the same counted answers by every method that the oracle knows."""
    chain = SystemChain(system)
    collected = collect(chain, store, task_id)
    if collected is None:
        raise StageFailed(f"the snapshot block of task {task_id} is not final")
    verified = verify_evidence(collected.evidence, chain.wallets(collected.block.number))
    return {
        name: label_items(_with_method(collected.evidence, name), verified.answers)
        for name in TASK_METHODS
    }


def accuracy_of(labels: Iterable[Label], items: tuple[CrowdItem, ...]) -> float | None:
    """Return the share of items with a known truth that got it as their label."""
    given: dict[int, object] = {label.item: label.answer for label in labels}
    judged = [
        given.get(place) == item.truth for place, item in enumerate(items) if item.truth is not None
    ]
    return sum(judged) / len(judged) if judged else None


def _with_method(evidence: Evidence, name: str) -> Evidence:
    return replace(evidence, rules=replace(evidence.rules, method=TASK_METHODS[name].method))
