"""Read from the chain what every transaction of the demo cost."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low
from typing import Any

from dao_client.chain import Mined
from dao_client.contracts.abi import Abi, selector
from dao_client.contracts.events import (
    Event,
    SubmissionsAnchored,
    TaskCreated,
    VerdictFinalised,
    VerdictPosted,
)
from dao_client.deployment import System
from dao_client.rpc import Request
from dao_client.types import Address, TaskId
from scripts.demo.report import Comparison, GasRow

CONTRACTS = ("WorkToken", "Staking", "TaskEscrow", "VerdictOracle", "PaymentToken")
ANCHORS = Path("benchmarks/anchors.json")


@dataclass(frozen=True)
class Spent:
    """The gas of one transaction and what it was for."""

    step: str
    gas: int


def read_spent(system: System) -> list[Spent]:
    """Return every transaction that is in the chain, in order."""
    chain = system.chain
    last = chain.block().number
    requests: list[Request] = [
        ("eth_getBlockByNumber", [hex(number), True]) for number in range(1, last + 1)
    ]
    sent = [sent for block in chain.rpc.batch(requests) for sent in block["transactions"]]
    mined = chain.mined_many([bytes.fromhex(each["hash"][2:]) for each in sent])
    names = _names()
    return [
        Spent(_step(names, each, system.work_token.address, outcome), outcome.gas_used)
        for each, outcome in zip(sent, mined, strict=True)
        if outcome is not None
    ]


def gas_rows(spent: Iterable[Spent], answers: int) -> dict[str, GasRow]:
    """Sum up each step, in the order in which steps first happened."""
    steps: dict[str, list[int]] = {}
    for each in spent:
        steps.setdefault(each.step, []).append(each.gas)
    return {
        step: GasRow(
            transactions=len(gas),
            total=sum(gas),
            smallest=min(gas),
            typical=median_low(gas),
            largest=max(gas),
            per_answer=round(sum(gas) / answers, 2),
        )
        for step, gas in steps.items()
    }


def read_task_gas(system: System, task_id: TaskId) -> dict[str, list[int]]:
    """Return what the transactions of one task cost, by step, found by the events they left."""
    escrow, oracle = system.task_escrow.contract, system.verdict_oracle.contract
    events: dict[str, list[Event]] = {
        "create_task": list(escrow.events(TaskCreated, task_id=task_id)),
        "anchor_submissions": list(escrow.events(SubmissionsAnchored, task_id=task_id)),
        "post_verdict": list(oracle.events(VerdictPosted, task_id=task_id)),
        "finalise": list(oracle.events(VerdictFinalised, task_id=task_id)),
    }
    return {
        step: [
            mined.gas_used
            for mined in system.chain.mined_many([each.place.transaction_hash for each in found])
            if mined is not None
        ]
        for step, found in events.items()
    }


def gas_figures(
    rows: Mapping[str, GasRow], task: Mapping[str, Sequence[int]], workers: int
) -> dict[str, int]:
    """Name one figure for each step: the main task's own where it has one, else the median.

    Of several transactions of the main task (anchors) the dearest counts.
    """
    typical = {step: row.typical for step, row in rows.items()}
    own = {step: max(gas) for step, gas in task.items()}
    return typical | own | {"task_per_worker": sum(map(sum, task.values())) // workers}


def compare(
    figures: Mapping[str, int], workers: int, signatures: int, anchors: Path = ANCHORS
) -> dict[str, Comparison]:
    """Put our figures beside those that must be beaten, where this run has one."""
    known = json.loads(anchors.read_text())["gas"]
    return {
        step: Comparison(
            _title(row, signatures), figures[step], row["limit"], row["best_known"], row["by"]
        )
        for step, row in known.items()
        if step in figures and workers >= row.get("from_workers", 0)
    }


def _title(row: Mapping[str, Any], signatures: int) -> str:
    """Say so when a verdict was posted with fewer signatures than its limit is for."""
    meant = row.get("signatures")
    if meant is None or meant == signatures:
        return str(row["title"])
    return f"post a verdict with {signatures} signatures (the limit is for {meant})"


def _names() -> dict[str, str]:
    """Map the first four bytes of calls to function names; no two of ours are alike."""
    return {
        selector(entry).hex(): name
        for contract in CONTRACTS
        for (kind, name), entry in Abi.load(contract).entries.items()
        if kind == "function"
    }


def _step(
    names: Mapping[str, str], sent: Mapping[str, Any], work_token: Address, outcome: Mined
) -> str:
    """Name what a transaction did; a deposit of TES also writes votes, others do not."""
    if sent["to"] is None:
        step = "deploy"
    else:
        step = names.get(sent["input"][2:10], "fund_coin" if sent["input"] == "0x" else "other")
    if step == "deposit" and sent["input"][34:74] != work_token[2:].lower():
        step = "deposit_without_votes"
    return step if outcome.is_success else f"{step}_failed"
