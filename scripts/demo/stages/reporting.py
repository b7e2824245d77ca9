"""Read what happened from chain and store, and write the report."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from dao_client.contracts.events import VerdictPosted
from dao_client.deployment import System
from dao_client.documents import parse_snapshot
from dao_client.types import Address, TaskId
from ipfs_store import Store, cid_from_digest
from oracle.aggregate import DEFAULT_METHOD
from oracle.explain import Recount
from scripts.demo.crowd import Crowd, skill_of
from scripts.demo.gas import compare, gas_figures, gas_rows, read_spent, read_task_gas
from scripts.demo.ledger import (
    read_money,
    read_rewards,
    read_slashes,
    read_stakes,
    read_taken,
)
from scripts.demo.report import (
    ChainFacts,
    CrowdFacts,
    EvidenceFacts,
    Report,
    TokenFacts,
    Verification,
)
from scripts.demo.rule_report import WorkerRow
from scripts.demo.settings import DemoSettings
from scripts.demo.stages.funding import PRICE, stake_of
from scripts.demo.stages.ground import payment_token
from scripts.demo.stages.judged_facts import audit_facts, slash_reasons
from scripts.demo.stages.proving import LabelsByMethod, accuracy_of
from scripts.demo.stages.verdict_facts import verdict_facts
from scripts.demo.wallets import Wallets


@dataclass(frozen=True)
class Outcome:
    """What the stages found out that cannot be read again from chain and store."""

    task_id: TaskId
    posted: VerdictPosted
    labels: LabelsByMethod
    recount: Recount
    verification: Verification
    evidence: EvidenceFacts
    seconds: dict[str, float]


def build_report(
    settings: DemoSettings,
    system: System,
    store: Store,
    wallets: Wallets,
    crowd: Crowd,
    outcome: Outcome,
) -> Report:
    """Put the report together; money and gas are read from the chain."""
    rows = gas_rows(read_spent(system), crowd.answer_count)
    task = read_task_gas(system, outcome.task_id)
    figures = gas_figures(rows, task, len(crowd.workers))
    verdict = verdict_facts(system, store, outcome.posted)
    snapshot = parse_snapshot(store.get_block(cid_from_digest(outcome.posted.input_digest)))
    staked = [payment_token(system), system.work_token.address]
    known = outcome.recount.judged.known
    return Report(
        task_id=outcome.task_id,
        started_at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        chain=_chain_facts(settings, system),
        store=settings.store.value,
        crowd=_crowd_facts(crowd),
        default_method=DEFAULT_METHOD,
        judged_items=sum(item.truth is not None for item in crowd.items),
        accuracy=_accuracy(outcome.labels, crowd, ()),
        accuracy_unaudited=_accuracy(outcome.labels, crowd, known),
        price=PRICE,
        workers=tuple(_worker_rows(system, wallets, crowd, outcome)),
        audits=audit_facts(
            outcome.recount,
            crowd.items,
            snapshot.beacon.number,
            read_rewards(system.task_escrow, outcome.task_id),
        ),
        gas=figures,
        gas_detail=rows,
        comparisons=compare(figures, len(crowd.workers), verdict.signatures),
        seconds=outcome.seconds,
        tokens={token: _token_facts(system, token) for token in staked},
        money=read_money(system.chain, system.task_escrow),
        stakes=read_stakes(system, staked),
        slashes=read_slashes(system, staked),
        verdict=verdict,
        verification=outcome.verification,
        evidence=outcome.evidence,
    )


def _accuracy(labels: LabelsByMethod, crowd: Crowd, known: Container[int]) -> dict[str, float]:
    found = {name: accuracy_of(each, crowd.items, known) for name, each in labels.items()}
    return {name: share for name, share in found.items() if share is not None}


def _worker_rows(
    system: System, wallets: Wallets, crowd: Crowd, outcome: Outcome
) -> Iterator[WorkerRow]:
    paid = read_rewards(system.task_escrow, outcome.task_id)
    taken = read_taken(system, outcome.task_id)
    reasons = slash_reasons(outcome.recount)
    for signer, worker in zip(wallets.workers, crowd.workers, strict=True):
        yield WorkerRow(
            name=worker.name,
            kind=worker.kind,
            detail=worker.detail,
            address=signer.address,
            answers=len(worker.answers),
            skill=skill_of(worker, crowd.items),
            paid=paid.get(signer.address, 0),
            stake=stake_of(worker),
            slashed=taken.get(signer.address, 0),
            reasons=reasons.get(signer.address, ()),
        )


def _chain_facts(settings: DemoSettings, system: System) -> ChainFacts:
    deployed = system.deployment
    return ChainFacts(
        node=settings.chain.value,
        chain_id=system.chain.chain_id,
        evm=deployed.evm,
        blocks=system.chain.block().number,
        contracts=deployed.contracts,
    )


def _crowd_facts(crowd: Crowd) -> CrowdFacts:
    return CrowdFacts(
        title=crowd.title,
        labels=crowd.labels,
        items=len(crowd.items),
        workers=len(crowd.workers),
        answers=crowd.answer_count,
        overlap=crowd.overlap,
        repeated=crowd.repeated,
    )


def _token_facts(system: System, address: Address) -> TokenFacts:
    token = system.token(address)
    return TokenFacts(token.symbol(), token.decimals())
