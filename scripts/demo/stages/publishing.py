"""Publish the task: payloads to the store, money to the escrow."""

from dao_client.contracts.parameters import ParameterId
from dao_client.deployment import System
from dao_client.requester import (
    DraftItem,
    Offer,
    PublishedTask,
    TaskDraft,
    budget_for,
    publish_task,
)
from dao_client.transactions import Sender
from dao_client.types import Timestamp
from ipfs_store import Store
from oracle.aggregate import DEFAULT_METHOD, TASK_METHODS
from scripts.demo.crowd import Crowd
from scripts.demo.stages.funding import PRICE, SEAT_SIZE
from scripts.demo.stages.ground import OWN_CHAIN, payment_token
from scripts.demo.wallets import Wallets

HOUR = 3_600
SUBMIT_SECONDS = 2 * HOUR
REVEAL_SECONDS = HOUR
VERDICT_SECONDS = 24 * HOUR


def publish(
    system: System, wallets: Wallets, store: Store, crowd: Crowd, later_seconds: int
) -> PublishedTask:
    """Give the requester the budget, let it publish, and return the task.

    `later_seconds` keep the deadlines of two tasks apart, so that one is final before the other.
    """
    token, draft = payment_token(system), _draft(crowd)
    fee_bps = system.parameters.value_of(ParameterId.PROTOCOL_FEE_BPS)
    audit_bps = system.parameters.value_of(ParameterId.AUDIT_RATE_BPS)
    budget = budget_for(draft, PRICE, fee_bps, audit_bps)
    gift = system.token(token).transfer(wallets.requester.address, budget)
    Sender(system.chain, wallets.deployer, OWN_CHAIN).send(gift)
    offer = Offer(
        token=token,
        gateway=wallets.gateway.address,
        price=PRICE,
        budget=budget,
        submit_deadline=Timestamp(system.chain.clock() + SUBMIT_SECONDS + later_seconds),
        reveal_seconds=REVEAL_SECONDS,
        verdict_seconds=VERDICT_SECONDS,
    )
    requester = Sender(system.chain, wallets.requester, OWN_CHAIN)
    return publish_task(system, requester, store, draft, offer)


def _draft(crowd: Crowd) -> TaskDraft:
    return TaskDraft(
        title=crowd.title,
        instructions=crowd.instructions,
        labels=crowd.labels,
        items=tuple(DraftItem(item.id, item.text, item.png) for item in crowd.items),
        overlap=crowd.overlap,
        seat_size=SEAT_SIZE,
        method=TASK_METHODS[DEFAULT_METHOD].method,
    )
