"""Find what a worker may earn in TES for accepted work, and earn it; see `claims` for the pay."""

from dataclasses import dataclass

from dao_client.claims import read_task_payouts
from dao_client.contracts import Call, posted_verdict
from dao_client.contracts.governance_events import EmissionClaimed
from dao_client.contracts.rewards import EmissionTask
from dao_client.deployment import System
from dao_client.documents import PayoutRow
from dao_client.errors import TransactionRefused
from dao_client.transactions import Sender
from dao_client.types import Address, PayoutLeaf, Phase, TaskId, Timestamp, Verdict, Wei
from ipfs_store import Store


@dataclass(frozen=True, slots=True)
class Earning:
    """What the payout of a worker earns in TES, and from when it can be claimed."""

    leaf: PayoutLeaf
    proof: tuple[bytes, ...]
    points: Wei
    amount: Wei
    claimable_at: Timestamp
    is_claimed: bool


def settled_verdict(system: System, task_id: TaskId) -> Verdict:
    """Return the verdict that settled a task."""
    phase = system.verdict_oracle.phase(task_id)
    posted = system.verdict_oracle.posted(task_id, system.first_block)
    if phase is not Phase.FINAL or not posted:
        raise TransactionRefused(
            f"task {task_id} is {phase.name}: work earns TES when its task is FINAL", "not settled"
        )
    return posted_verdict(posted[-1])


def register_call(system: System, task_id: TaskId) -> Call:
    """Return the transaction that asks for a task's emission; refuse a second one."""
    verdict = settled_verdict(system, task_id)
    token = system.task_escrow.task(task_id).token
    found = system.rewards.emission_task(task_id)
    if found.is_registered:
        raise TransactionRefused(
            f"task {task_id} was registered in week {found.epoch}: claim with "
            f"`tessera earn claim {task_id}`",
            "registered before",
        )
    if not system.rewards.emission_rate(token):
        raise TransactionRefused(
            f"pay in {token} earns no TES: a proposal can `set_emission_rate`", "no rate"
        )
    return system.rewards.register_task(verdict)


def find_earnings(system: System, store: Store, task_id: TaskId, worker: Address) -> list[Earning]:
    """Return what a worker's payouts in a registered task earn, final when the week ends."""
    task = system.rewards.emission_task(task_id)
    if not task.is_registered:
        raise TransactionRefused(
            f"task {task_id} is not registered: do it with `tessera earn register {task_id}`",
            "not registered",
        )
    payouts = read_task_payouts(system, store, system.task_escrow.task(task_id))
    leaves = payouts.of(worker)
    claimed = system.rewards.are_emissions_claimed(leaves)
    starts_at = system.rewards.epoch_starts_at(task.epoch + 1)
    return [
        _earning(system, task, leaf, tuple(payouts.tree.proof(leaf.index)), starts_at, is_claimed)
        for leaf, is_claimed in zip(leaves, claimed, strict=True)
    ]


def find_held_pay(
    system: System, store: Store, task_id: TaskId, worker: Address
) -> list[PayoutRow]:
    """Return a worker's pay that is held as stake: its leaf is a purse's, so it earns no TES."""
    return read_task_payouts(system, store, system.task_escrow.task(task_id)).held_for(worker)


def claim_earnings(
    system: System, sender: Sender, earnings: list[Earning]
) -> list[EmissionClaimed]:
    """Claim what waits; refuse a week that is not over."""
    waiting = [each for each in earnings if not each.is_claimed]
    clock = system.chain.clock()
    if early := [each for each in waiting if each.claimable_at > clock]:
        raise TransactionRefused(
            f"the week of task {early[0].leaf.task_id} ends in "
            f"{early[0].claimable_at - clock} seconds: its work shares the week's budget then",
            "week is not over",
        )
    contract, events = system.rewards.contract, []
    for each in waiting:
        mined = sender.send(system.rewards.claim_emission(each.leaf, each.proof))
        events += contract.events_in(EmissionClaimed, mined.logs)
    return events


def _earning(
    system: System,
    task: EmissionTask,
    leaf: PayoutLeaf,
    proof: tuple[bytes, ...],
    claimable_at: Timestamp,
    is_claimed: bool,
) -> Earning:
    points = leaf.amount * task.rate // 10**18
    budget, demand = system.rewards.budget(task.epoch), system.rewards.demand(task.epoch)
    amount = points if demand <= budget else points * budget // demand
    return Earning(leaf, proof, Wei(points), Wei(amount), claimable_at, is_claimed)
