"""The operator set and every verdict."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.contracts.events import VerdictPosted
from dao_client.errors import TransactionRefused
from dao_client.types import (
    Address,
    Digest,
    Dispute,
    Operator,
    PayoutLeaf,
    Phase,
    Record,
    TaskId,
    Verdict,
    Wei,
)

NO_KEY = bytes(32)


class VerdictOracle:
    """Operators, verdicts and disputes."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "VerdictOracle", address)
        self.address = address

    def operator(self, account: Address, block: BlockTag = "latest") -> Operator:
        """Return an operator's stake, zero for a stranger."""
        return Operator(*self.contract.read("operator_of", account, block=block))

    def operators(
        self, accounts: Iterable[Address], block: BlockTag = "latest"
    ) -> Mapping[Address, Operator]:
        """Return many operators, in few requests."""
        wanted = list(accounts)
        found = self.contract.read_many("operator_of", [(each,) for each in wanted], block)
        return {account: Operator(*row) for account, row in zip(wanted, found, strict=True)}

    def total_operator_stake(self, block: BlockTag = "latest") -> Wei:
        """Return the stake of all active operators: a share of it must sign."""
        return Wei(self.contract.read("total_operator_stake", block=block))

    def record(self, task_id: TaskId, block: BlockTag = "latest") -> Record:
        """Return the verdict that stands for a task, if any."""
        return Record(*self.contract.read("verdict_of", task_id, block=block))

    def dispute(self, task_id: TaskId, block: BlockTag = "latest") -> Dispute:
        """Return the open dispute of a task, if any."""
        return Dispute(*self.contract.read("dispute_of", task_id, block=block))

    def challenge_bond(self, task_id: TaskId, block: BlockTag = "latest") -> Wei:
        """Return the TES that a dispute over a task's verdict locks."""
        return Wei(self.contract.read("challenge_bond", task_id, block=block))

    def hash_verdict(self, verdict: Verdict) -> Digest:
        """Return the EIP-712 hash that operators sign, as the contract computes it."""
        return Digest(self.contract.read("hash_verdict", astuple(verdict)))

    def phase(self, task_id: TaskId, block: BlockTag = "latest") -> Phase:
        """Return the phase of a task; refuse an unknown one."""
        return self.phases([task_id], block)[0]

    def phases(self, task_ids: Sequence[TaskId], block: BlockTag = "latest") -> list[Phase]:
        """Return the phases of many tasks, in few requests."""
        found = self.contract.read_many("phase_of", [(each,) for each in task_ids], block)
        return [_phase(task_id, each) for task_id, each in zip(task_ids, found, strict=True)]

    def sealing_keys(
        self, operators: Iterable[Address], block: BlockTag = "latest"
    ) -> dict[Address, bytes]:
        """Return the X25519 keys of those operators that have published one, in few requests."""
        wanted = list(operators)
        found = self.contract.read_many("sealing_key_of", [(each,) for each in wanted], block)
        return {operator: key for operator, key in zip(wanted, found, strict=True) if key != NO_KEY}

    def are_slashed(self, leaves: Sequence[PayoutLeaf], block: BlockTag = "latest") -> list[bool]:
        """Return which slashes of final verdicts were carried out, in few requests."""
        rows = [(leaf.task_id, leaf.index) for leaf in leaves]
        return self.contract.read_many("is_worker_slashed", rows, block)

    def posted(
        self, task_id: TaskId, first: int = 0, last: int | None = None
    ) -> list[VerdictPosted]:
        """Return every verdict ever posted for a task; only the last can stand."""
        return list(self.contract.events(VerdictPosted, first=first, last=last, task_id=task_id))

    def register_operator(self, amount: Wei) -> Call:
        """Lock deposited TES as an operator, for the first time or more."""
        return self.contract.write("register_operator", amount)

    def retire_operator(self) -> Call:
        """Stop counting as an operator."""
        return self.contract.write("retire_operator")

    def release_operator(self) -> Call:
        """Unlock a retired operator's stake."""
        return self.contract.write("release_operator")

    def post_verdict(self, verdict: Verdict, document: Digest, signatures: Sequence[bytes]) -> Call:
        """Post a verdict; signatures stand in ascending order of their signers' addresses."""
        return self.contract.write("post_verdict", astuple(verdict), document, list(signatures))

    def open_dispute(self, task_id: TaskId, evidence: Digest) -> Call:
        """Freeze a verdict with the challenge bond."""
        return self.contract.write("open_dispute", task_id, evidence)

    def rule_dispute(self, task_id: TaskId, digest: Digest, is_upheld: bool) -> Call:
        """Rule on the verdict of this digest, as the arbitrator; no other one is touched."""
        return self.contract.write("rule_dispute", task_id, digest, is_upheld)

    def finalise(self, verdict: Verdict) -> Call:
        """Make a verdict final and settle its task."""
        return self.contract.write("finalise", astuple(verdict))

    def expire_task(self, task_id: TaskId) -> Call:
        """End a task that got no verdict in time."""
        return self.contract.write("expire_task", task_id)

    def slash_operator(self, verdict: Verdict, signature: bytes) -> Call:
        """Slash an operator by its signature on a verdict that was struck down."""
        return self.contract.write("slash_operator", astuple(verdict), signature)

    def slash_worker(self, verdict: Verdict, leaf: PayoutLeaf, proof: Sequence[bytes]) -> Call:
        """Carry out one slash of a final verdict; anybody, once for each leaf."""
        row = (leaf.index, leaf.worker, leaf.amount)
        return self.contract.write("slash_worker", astuple(verdict), *row, list(proof))

    def delay_worker(self, verdict: Verdict, leaf: PayoutLeaf, proof: Sequence[bytes]) -> Call:
        """Keep what a worker has unbonding from leaving before a slash of a live verdict; anybody.

        Its clock restarts, again with each call; refused once the verdict is final or struck down.
        """
        row = (leaf.index, leaf.worker, leaf.amount)
        return self.contract.write("delay_worker", astuple(verdict), *row, list(proof))

    def set_sealing_key(self, key: bytes) -> Call:
        """Publish the X25519 key to which answers for an active operator are sealed."""
        return self.contract.write("set_sealing_key", key)


def _phase(task_id: TaskId, found: int) -> Phase:
    """Read a phase; the contract answers 0 for a task that was never created."""
    if found == 0:
        raise TransactionRefused(
            f"task {task_id} does not exist: `tessera task list` shows those that do",
            "unknown task",
        )
    return Phase(found)


def posted_verdict(event: VerdictPosted) -> Verdict:
    """Return the verdict that an event tells of."""
    return Verdict(
        event.task_id,
        event.input_digest,
        event.labels_root,
        event.payouts_root,
        event.slashes_root,
        event.total_payout,
        event.method_hash,
    )
