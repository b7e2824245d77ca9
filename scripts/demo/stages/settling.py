"""Move past each deadline and let the operators do their work."""

from eth_abi.abi import decode

from dao_client.contracts.events import VerdictPosted
from dao_client.deployment import DEFAULT_ORACLE, System
from dao_client.types import Phase, TaskId
from scripts.demo.clock import travel_to
from scripts.demo.processes import Processes

TIMEOUT_SECONDS = 120.0
POSTING = ("(uint256,bytes32,bytes32,bytes32,bytes32,uint256,bytes32)", "bytes32", "bytes[]")


def await_verdict(system: System, processes: Processes, task_id: TaskId) -> VerdictPosted:
    """Move past the reveal deadline and wait until the operators agree and one of them posts."""
    travel_to(system.chain, system.task_escrow.task(task_id).reveal_deadline)

    def posted() -> VerdictPosted | None:
        return next(iter(system.verdict_oracle.posted(task_id, system.first_block)), None)

    return processes.wait_until(posted, "a verdict of the operators", TIMEOUT_SECONDS)


def await_finality(system: System, processes: Processes, task_id: TaskId) -> None:
    """Move past the challenge window and wait until an operator makes the verdict final."""
    posted_at = system.verdict_oracle.record(task_id).posted_at
    travel_to(system.chain, posted_at + DEFAULT_ORACLE.challenge_seconds + 1)

    def is_final() -> bool | None:
        return True if system.verdict_oracle.phase(task_id) is Phase.FINAL else None

    processes.wait_until(is_final, "the end of the challenge window", TIMEOUT_SECONDS)


def signature_count(system: System, posted: VerdictPosted) -> int:
    """Count the signatures in the transaction that posted a verdict."""
    found = system.chain.rpc.call(
        "eth_getTransactionByHash", "0x" + posted.place.transaction_hash.hex()
    )
    signatures: tuple[bytes, ...] = decode(POSTING, bytes.fromhex(found["input"][10:]))[2]
    return len(signatures)
