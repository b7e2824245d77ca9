"""Say what a task is, for people and for programs."""

from typing import Any

from dao_client.amounts import format_amount
from dao_client.cli.output import say
from dao_client.contracts import Token
from dao_client.contracts.events import VerdictPosted
from dao_client.deployment import System
from dao_client.documents import LabelRow, Outcome, parse_verdict
from dao_client.encoding import answer_digest, labels_tree
from dao_client.errors import ProofRefused, TransactionRefused
from dao_client.moments import write_moment
from dao_client.payloads import read_items, read_labels
from dao_client.types import LabelLeaf, Phase, Task, TaskId
from dao_client.windows import Windows, reveal_by
from dao_client.worker import read_task
from ipfs_store import Store, cid_from_digest

AMOUNTS = ("price", "claimable", "refundable", "flat_price", "budget", "seat_size")
"""The fields of a record that are wei."""
HEALTH_UNIT = 10**9
"""What a crowd that agrees with every audit has."""


def check_phase(system: System, task_id: TaskId, needed: Phase, what: str) -> None:
    """Refuse what is too early or too late; `what` says what the phase allows."""
    task = system.task_escrow.task(task_id)
    phase = system.verdict_oracle.phase(task.task_id)
    if phase is not needed:
        raise TransactionRefused(
            f"task {task_id} is {phase.name}: {what} while it is {needed.name}, "
            f"see `tessera task show {task_id}`",
            "wrong phase",
        )


def warn_if_late(system: System, task_id: TaskId, what: str) -> None:
    """Say when a verdict may do without what was just opened, or does."""
    phase = system.verdict_oracle.phase(task_id)
    if phase not in (Phase.REVEAL, Phase.SETTLING):
        say(f"warning: task {task_id} is {phase.name}: its verdict no longer waits for {what}")
        return
    due = reveal_by(system.task_escrow.task(task_id))
    if system.chain.clock() >= due:
        say(
            f"warning: operators waited for {what} of task {task_id} until {write_moment(due)}: "
            "these may not count any more"
        )


def opening_times(task: Task) -> dict[str, Any]:
    """Return when workers may open their own answers, and until when operators wait for them."""
    return {"reveal_from": Windows.of(task).opening_deadline, "reveal_by": reveal_by(task)}


def describe(task: Task, phase: Phase) -> dict[str, Any]:
    """Return what the escrow holds of a task; amounts are wei in decimal."""
    return {
        "task_id": task.task_id,
        "phase": phase.name,
        "requester": task.requester,
        "token": task.token,
        "gateway": task.gateway,
        "price": str(task.price),
        "claimable": str(task.claimable),
        "refundable": str(task.refundable),
        "flat_price": str(task.flat_price),
        "anchored_answers": task.anchored_answers,
        "submit_deadline": task.submit_deadline,
        "reveal_deadline": task.reveal_deadline,
        "verdict_deadline": task.verdict_deadline,
    }


def summarise(task: Task, phase: Phase) -> dict[str, Any]:
    """Return one line of a list."""
    whole = describe(task, phase)
    names = ("task_id", "phase", "price", "claimable", "anchored_answers", "token")
    return {name: whole[name] for name in names}


def with_tokens(record: dict[str, Any], token: Token) -> dict[str, Any]:
    """Write the amounts of a record in whole tokens, for people."""
    decimals, symbol = token.decimals(), token.symbol()
    names = {*AMOUNTS} & set(record)
    amounts = {name: f"{format_amount(int(record[name]), decimals)} {symbol}" for name in names}
    return {**record, **amounts}


def standing_verdict(system: System, task_id: TaskId) -> VerdictPosted:
    """Return the verdict that stands for a task; raise when there is none."""
    record = system.verdict_oracle.record(task_id)
    posted = system.verdict_oracle.posted(task_id, system.first_block)
    if not any(record.digest) or not posted:
        raise TransactionRefused(
            f"no verdict stands for task {task_id}: it is "
            f"{system.verdict_oracle.phase(task_id).name}, see `tessera task show {task_id}`",
            "no verdict",
        )
    return posted[-1]


def read_outcome(system: System, store: Store, task_id: TaskId) -> Outcome | None:
    """Return how a task went, as its standing verdict says; none where no verdict stands."""
    if not any(system.verdict_oracle.record(task_id).digest):
        return None
    verdict = standing_verdict(system, task_id)
    return parse_verdict(store.get_block(cid_from_digest(verdict.document))).outcome


def describe_outcome(outcome: Outcome) -> dict[str, Any]:
    """Return what audits say of a task's labels."""
    return {
        "delivered": outcome.is_delivered,
        "audited": outcome.audited,
        "errors": outcome.errors,
        "health": f"{outcome.health / HEALTH_UNIT:.3f}",
    }


def read_results(system: System, store: Store, task_id: TaskId) -> list[dict[str, Any]]:
    """Return the label of each item; refuse rows that do not hash to the posted root."""
    verdict = standing_verdict(system, task_id)
    document = parse_verdict(store.get_block(cid_from_digest(verdict.document)))
    rows = read_labels(store, document.labels)
    root = labels_tree(_leaf(task_id, row) for row in rows).root
    if root != verdict.labels_root:
        raise ProofRefused(
            f"the labels of task {task_id} in the store hash to 0x{root.hex()}, the posted root is "
            f"0x{verdict.labels_root.hex()}: do not use them"
        )
    items = read_items(store, read_task(system, store, task_id))
    return [
        {
            "item": row.item,
            "id": items[row.item].id,
            "label": row.answer,
            "confidence_bps": row.confidence,
        }
        for row in rows
    ]


def _leaf(task_id: TaskId, row: LabelRow) -> LabelLeaf:
    return LabelLeaf(task_id, row.item, answer_digest(row.answer), row.confidence)
