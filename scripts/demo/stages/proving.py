"""Prove it to somebody who trusts nobody: recompute, export, compare with the truth."""

import os
import subprocess
import sys
from collections.abc import Container, Iterable
from dataclasses import replace
from pathlib import Path

from dao_client.deployment import System
from dao_client.evidence import export_evidence
from dao_client.types import TaskId
from ipfs_store import Cid, Store
from oracle.aggregate import TASK_METHODS
from oracle.aggregate.choice import let_known_stand
from oracle.chain import SystemChain
from oracle.explain import Recount, recount
from oracle.label import aggregate_answers, label_items
from oracle.types import Label
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


def count_again(system: System, store: Store, task_id: TaskId) -> Recount:
    """Compute a task again as operators did, with everything in between."""
    return recount(SystemChain(system), store, task_id)


def label_by_every_method(found: Recount) -> LabelsByMethod:
    """Label the same counted answers by every method that the oracle knows, audits known to all."""
    rules, answers = found.evidence.rules, found.judged.answers
    labels = {}
    for name, known in TASK_METHODS.items():
        own = aggregate_answers(replace(rules, method=known.method), answers)
        labels[name] = label_items(rules, let_known_stand(answers, own))
    return labels


def accuracy_of(
    labels: Iterable[Label], items: tuple[CrowdItem, ...], known: Container[int] = ()
) -> float | None:
    """Return the share of items with a known truth that got it as their label.

    Items in `known` are left out: audits have said to the system what their labels are.
    """
    given: dict[int, object] = {label.item: label.answer for label in labels}
    judged = [
        given.get(place) == item.truth
        for place, item in enumerate(items)
        if item.truth is not None and place not in known
    ]
    return sum(judged) / len(judged) if judged else None
