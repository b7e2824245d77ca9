"""A chain whose operators decide tasks by real programs and whose holders decide proposals."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from dao_client.contracts import Call, posted_verdict
from dao_client.contracts.governor import ProposalCalls, ProposalState, Support
from dao_client.deployment import System
from dao_client.errors import TransactionRefused
from dao_client.keys import LocalSigner
from dao_client.nodes import advance
from dao_client.requester import DraftItem, Offer, TaskDraft, publish_task
from dao_client.staker import deposit_calls
from dao_client.transactions import Sender
from dao_client.types import Digest, Phase, TaskId, Timestamp, Verdict, Wei
from tests.e2e.roles import TESSERA, told
from tests.integration.operators import Operators, wait_until
from tests.integration.oracle_world import (
    DEPLOYER,
    GATEWAY,
    HOUR,
    PRICE,
    SEAT,
    TES,
    World,
    open_world,
)

DAY = 24 * HOUR
ITEMS = 6
VERDICT_SECONDS = 300
"""Three operators that never ran this code compile its loops first, at the same time."""
Votes = Mapping[LocalSigner, Support]


@dataclass(frozen=True)
class GovernedWorld:
    """The contracts, the operators' programs, and shorthands for what people do."""

    world: World
    operators: Operators

    @property
    def system(self) -> System:
        """The contracts."""
        return self.world.system

    def send(self, signer: LocalSigner, call: Call) -> Any:
        """Send a transaction."""
        return Sender(self.system.chain, signer).send(call)

    def refusal(self, call: Call, signer: LocalSigner = DEPLOYER) -> str:
        """Return why the node refuses a call right now, nothing if it does not."""
        try:
            Sender(self.system.chain, signer).simulate(call)
        except TransactionRefused as refused:
            return refused.reason
        return ""

    def stake(self, holder: LocalSigner, amount: int) -> None:
        """Give somebody TES and let it be staked; what is staked in a second votes in the next."""
        if holder is not DEPLOYER:
            self.send(DEPLOYER, self.system.work_token.transfer(holder.address, Wei(amount)))
        for call in deposit_calls(self.system, self.system.work_token, holder.address, Wei(amount)):
            self.send(holder, call)
        self.world.pass_time(1)

    def publish(self, deadline: int) -> TaskId:
        """Post a task about the parity of numbers, open until a fixed time.

        Its overlap has room for all four answers of `World.answer`: were one of the three right
        ones left out, lots that the beacon draws would decide who is paid.
        """
        items = tuple(DraftItem(str(each), text=str(each)) for each in range(ITEMS))
        draft = TaskDraft("Parity", "Is the number even?", ("even", "odd"), items, 5, SEAT)
        token = self.system.deployment.payment_token
        assert token is not None
        times = (Timestamp(deadline), HOUR, 2 * HOUR)
        offer = Offer(token, GATEWAY.address, PRICE, Wei(TES), *times)
        sender = Sender(self.system.chain, DEPLOYER)
        return publish_task(self.system, sender, self.world.store, draft, offer).task_id

    def judge(self, *task_ids: TaskId) -> None:
        """Let three operators post a verdict on each task, and stop."""
        self.go_to(max(self.system.task_escrow.task(each).reveal_deadline for each in task_ids))
        for number in range(3):
            self.operators.start(number)
        for each in task_ids:
            wait_until(
                lambda each=each: self.phase(each) is Phase.CHALLENGE,
                f"verdict on {each}",
                VERDICT_SECONDS,
            )
        self.operators.kill_all()

    def settle(self, *task_ids: TaskId) -> None:
        """Judge tasks, wait until nobody can object any more, finalise them."""
        self.judge(*task_ids)
        self.world.pass_time(DAY + 1)
        for each in task_ids:
            self.send(GATEWAY, self.system.verdict_oracle.finalise(self.verdict(each)))

    def verdict(self, task_id: TaskId) -> Verdict:
        """Return the verdict that was posted."""
        return posted_verdict(self.system.verdict_oracle.posted(task_id)[-1])

    def posted_at(self, task_id: TaskId) -> int:
        """Return when the verdict was posted."""
        event = self.system.verdict_oracle.posted(task_id)[-1]
        return int(self.system.chain.block(event.place.block_number).timestamp)

    def phase(self, task_id: TaskId) -> Phase:
        """Return where a task stands."""
        return self.system.verdict_oracle.phase(task_id)

    def go_to(self, timestamp: int) -> None:
        """Move the clock past a time."""
        advance(self.system.chain, max(timestamp - self.system.chain.clock(), 0) + 1)
        self.world.pass_time(0)

    def mine_at(self, timestamp: int) -> None:
        """Make the present second this one, exactly, for whoever simulates."""
        self.system.chain.rpc.call("evm_mine", {"timestamp": timestamp, "blocks": 1})
        assert self.system.chain.clock() == timestamp

    def decide(self, proposer: LocalSigner, call: Call, text: str, votes: Votes) -> "Decided":
        """Propose a call, vote, wait until the vote is over."""
        return self.decide_all(proposer, {text: call}, votes)[0]

    def decide_all(
        self, proposer: LocalSigner, changes: Mapping[str, Call], votes: Votes
    ) -> "list[Decided]":
        """Put several proposals to the same vote at the same time."""
        governor = self.system.governor
        made = []
        for text, call in changes.items():
            assert call.to is not None
            self.send(proposer, governor.propose([call.to], [Wei(0)], [call.data], text))
            calls = ProposalCalls((call.to,), (Wei(0),), (call.data,), Digest(keccak(text=text)))
            made.append(Decided(self, calls))
        self.go_to(max(governor.snapshot(each.id) for each in made))
        for each in made:
            for voter, support in votes.items():
                self.send(voter, governor.cast_vote(each.id, support))
        self.go_to(max(governor.deadline(each.id) for each in made))
        return made

    def tessera(self, *words: object, account: int = 0) -> Any:
        """Run the command line as an account of the node; return its record."""
        environment = {
            **os.environ,
            "TESSERA_RPC": self.world.url,
            "TESSERA_DEPLOYMENT": str(self.world.folder / "deployment.json"),
            "TESSERA_STORE": self.world.store_url,
        }
        command = subprocess.Popen(
            [TESSERA, *map(str, words), "--account", str(account), "--json"],
            cwd=self.world.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return told(command)


@dataclass(frozen=True)
class Decided:
    """A proposal whose vote is over."""

    world: GovernedWorld
    calls: ProposalCalls

    @property
    def id(self) -> int:
        """The proposal's id."""
        return self.world.system.governor.proposal_id(self.calls)

    @property
    def state(self) -> ProposalState:
        """Where it stands."""
        return self.world.system.governor.state(self.id)

    def carry_out(self) -> None:
        """Queue it, wait for its delay, execute it."""
        governor = self.world.system.governor
        self.world.send(GATEWAY, governor.queue(self.calls))
        self.world.go_to(governor.eta(self.id))
        self.world.send(GATEWAY, governor.execute(self.calls))


@contextmanager
def governed_world(folder: Path, kind: str) -> Iterator[GovernedWorld]:
    """Start a node with everything on it; end it and its programs afterwards."""
    with open_world(folder, kind) as world:
        operators = Operators(world)
        try:
            yield GovernedWorld(world, operators)
        finally:
            operators.kill_all()
