"""What the oracle asks of the chain and sends to it, and the one class that does so by the SDK."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dao_client.chain import Block
from dao_client.contracts import Call, posted_verdict
from dao_client.contracts.events import (
    SubmissionForced,
    SubmissionsAnchored,
    TaskCreated,
    VerdictFinalised,
    VerdictPosted,
)
from dao_client.contracts.parameters import ParameterId
from dao_client.deployment import System
from dao_client.errors import TransactionRefused, WrongChain
from dao_client.messages import Domain, IsValid1271, verdict_digest
from dao_client.operators import active_operators
from dao_client.transactions import Sender
from dao_client.types import (
    Address,
    Digest,
    Phase,
    Record,
    Task,
    TaskId,
    Timestamp,
    Verdict,
    Wei,
)
from dao_client.wallets import erc1271

from .slash_chain import SlashChain, SystemSlashes

NOT_DUE = frozenset(
    {
        "verdict: challenge window open",
        "verdict: dispute is open",
        "verdict: too early to expire",
        "verdict: a verdict is live",
        "verdict: not the live verdict",
    }
)
"""What the contract says when time is missing, or another operator was faster a moment ago."""


@dataclass(frozen=True, slots=True)
class FinalVerdict:
    """A verdict that ended its task, as it was posted, and when it became final."""

    posted: VerdictPosted
    finalised_at: Timestamp


class EvidenceChain(Protocol):
    """Read what decides a task; everything but its creation at one block."""

    @property
    def escrow_domain(self) -> Domain:
        """What submissions are signed for."""

    @property
    def entry_stake(self) -> Address:
        """Whom newcomers' pay goes to until it fills a seat."""

    def clock(self) -> Timestamp:
        """Return the timestamp of the latest block."""

    def creation(self, task_id: TaskId) -> TaskCreated | None:
        """Return the event that created a task."""

    def first_final_block_at(self, timestamp: Timestamp) -> Block | None:
        """Return the first block at or after `timestamp`, none before it is final."""

    def task(self, task_id: TaskId, block: int) -> Task:
        """Return what the escrow holds of a task."""

    def payable(self, task_id: TaskId, block: int) -> Wei:
        """Return the most that a verdict may pay."""

    def parameter(self, name: ParameterId, task_id: TaskId, block: int) -> int:
        """Return a number of the protocol as the task keeps it."""

    def anchors(self, task_id: TaskId, block: int) -> Sequence[SubmissionsAnchored]:
        """Return the anchored batches in order."""

    def forced(self, task_id: TaskId, block: int) -> Sequence[SubmissionForced]:
        """Return the submissions that went around the gateway, in order."""

    def stakes(
        self, token: Address, workers: Sequence[Address], block: int
    ) -> Mapping[Address, Wei]:
        """Return the stakes of accounts in a token."""

    def slashable(
        self, token: Address, workers: Sequence[Address], block: int, until: Timestamp
    ) -> Mapping[Address, Wei]:
        """Return the stakes with what was unstaked and cannot leave before `until`."""

    def wallets(self, block: int) -> IsValid1271:
        """Return how to ask contract wallets about signatures."""

    def final_verdicts(self, block: int) -> Sequence[FinalVerdict]:
        """Return every verdict that was final at a block, in the order in which they became so."""

    def active_operators(self, block: int) -> Sequence[Address]:
        """Return who was an operator at a block, ascending."""


class OperatorChain(EvidenceChain, SlashChain, Protocol):
    """Read and move what operators decide."""

    @property
    def oracle_domain(self) -> Domain:
        """What verdicts are signed for."""

    def check(self) -> None:
        """Raise `WrongChain` when the node has moved to another chain."""

    def head(self) -> Block:
        """Return the latest block."""

    def final_head(self) -> Block:
        """Return the latest block that cannot be taken back."""

    def task_count(self) -> int:
        """Return how many tasks exist."""

    def phases(self, task_ids: Sequence[TaskId]) -> Sequence[Phase]:
        """Return the phases of tasks."""

    def record(self, task_id: TaskId) -> Record:
        """Return the verdict that stands for a task."""

    def posted(self, task_id: TaskId) -> Sequence[VerdictPosted]:
        """Return every verdict ever posted for a task."""

    def operators(self) -> Mapping[Address, Wei]:
        """Return the stakes of the active operators."""

    def post(self, verdict: Verdict, document: Digest, signatures: Sequence[bytes]) -> None:
        """Post a verdict, simulated first."""

    def is_final_due(self, verdict: Verdict) -> bool:
        """Tell whether a posted verdict can be made final now."""

    def is_expiry_due(self, task_id: TaskId) -> bool:
        """Tell whether a task can be ended without a verdict now."""

    def finalise(self, verdict: Verdict) -> None:
        """End a task by its verdict, simulated first."""

    def expire(self, task_id: TaskId) -> None:
        """End a task that got no verdict, simulated first."""

    def sealing_key(self, operator: Address) -> bytes | None:
        """Return the key to which answers for an operator are sealed, none without one."""

    def set_sealing_key(self, key: bytes) -> None:
        """Publish the own key, simulated first."""


class SystemChain(SystemSlashes):
    """The deployed system; without a sender it only reads."""

    def __init__(self, system: System, sender: Sender | None = None) -> None:
        super().__init__(system, sender)
        self.escrow_domain = system.escrow_domain
        self.oracle_domain = system.oracle_domain

    def clock(self) -> Timestamp:
        return self._system.chain.clock()

    def creation(self, task_id: TaskId) -> TaskCreated | None:
        return self._system.task_escrow.creation(task_id, self._system.first_block)

    def first_final_block_at(self, timestamp: Timestamp) -> Block | None:
        chain = self._system.chain
        return chain.first_block_at(timestamp, chain.finalized())

    def task(self, task_id: TaskId, block: int) -> Task:
        return self._system.task_escrow.task(task_id, block)

    @property
    def entry_stake(self) -> Address:
        return self._system.entry_stake.address

    def parameter(self, name: ParameterId, task_id: TaskId, block: int) -> int:
        return self._system.parameters.value_for_task(name, task_id, block)

    def payable(self, task_id: TaskId, block: int) -> Wei:
        fee = self.parameter(ParameterId.PROTOCOL_FEE_BPS, task_id, block)
        return self._system.task_escrow.settlement_terms(task_id, fee, block).payable

    def anchors(self, task_id: TaskId, block: int) -> Sequence[SubmissionsAnchored]:
        return self._system.task_escrow.anchors(task_id, self._system.first_block, block)

    def forced(self, task_id: TaskId, block: int) -> Sequence[SubmissionForced]:
        return self._system.task_escrow.forced(task_id, self._system.first_block, block)

    def stakes(
        self, token: Address, workers: Sequence[Address], block: int
    ) -> Mapping[Address, Wei]:
        return self._system.staking.stakes_of(token, workers, block)

    def slashable(
        self, token: Address, workers: Sequence[Address], block: int, until: Timestamp
    ) -> Mapping[Address, Wei]:
        stakes = self.stakes(token, workers, block)
        leaving = self._system.staking.unbondings_of(token, workers, block)
        return {
            worker: Wei(stake + leaving[worker].amount * (leaving[worker].ends_at >= until))
            for worker, stake in stakes.items()
        }

    def wallets(self, block: int) -> IsValid1271:
        return erc1271(self._system.chain, block)

    def check(self) -> None:
        found = int(self._system.chain.rpc.call("eth_chainId"), 16)
        if found != self.oracle_domain.chain_id:
            raise WrongChain(
                f"{self._system.chain.rpc.url} is now on chain {found}, the deployment is on "
                f"{self.oracle_domain.chain_id}: give the node that belongs to it"
            )

    def head(self) -> Block:
        return self._system.chain.block()

    def final_head(self) -> Block:
        return self._system.chain.finalized()

    def task_count(self) -> int:
        return self._system.task_escrow.task_count()

    def phases(self, task_ids: Sequence[TaskId]) -> Sequence[Phase]:
        return self._system.verdict_oracle.phases(task_ids)

    def record(self, task_id: TaskId) -> Record:
        return self._system.verdict_oracle.record(task_id)

    def posted(self, task_id: TaskId) -> Sequence[VerdictPosted]:
        return self._system.verdict_oracle.posted(task_id, self._system.first_block)

    def final_verdicts(self, block: int) -> Sequence[FinalVerdict]:
        contract, first = self._system.verdict_oracle.contract, self._system.first_block
        posted = {
            (event.task_id, verdict_digest(posted_verdict(event), self.oracle_domain)): event
            for event in contract.events(VerdictPosted, first=first, last=block)
        }
        ends = list(contract.events(VerdictFinalised, first=first, last=block))
        blocks = self._system.chain.blocks([event.place.block_number for event in ends])
        return [
            FinalVerdict(posted[event.task_id, event.digest], found.timestamp)
            for event, found in zip(ends, blocks, strict=True)
        ]

    def active_operators(self, block: int) -> Sequence[Address]:
        return sorted(active_operators(self._system, block))

    def operators(self) -> Mapping[Address, Wei]:
        return active_operators(self._system)

    def post(self, verdict: Verdict, document: Digest, signatures: Sequence[bytes]) -> None:
        self._send().send(self._system.verdict_oracle.post_verdict(verdict, document, signatures))

    def is_final_due(self, verdict: Verdict) -> bool:
        return self._is_due(self._system.verdict_oracle.finalise(verdict))

    def is_expiry_due(self, task_id: TaskId) -> bool:
        return self._is_due(self._system.verdict_oracle.expire_task(task_id))

    def finalise(self, verdict: Verdict) -> None:
        self._send().send(self._system.verdict_oracle.finalise(verdict))

    def expire(self, task_id: TaskId) -> None:
        self._send().send(self._system.verdict_oracle.expire_task(task_id))

    def sealing_key(self, operator: Address) -> bytes | None:
        return self._system.verdict_oracle.sealing_keys([operator]).get(operator)

    def set_sealing_key(self, key: bytes) -> None:
        self._send().send(self._system.verdict_oracle.set_sealing_key(key))

    def _is_due(self, call: Call) -> bool:
        try:
            self._send().simulate(call)
        except TransactionRefused as error:
            if error.reason in NOT_DUE:
                return False
            raise
        return True
