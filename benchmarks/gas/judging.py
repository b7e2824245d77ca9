"""Measure what happens after the answers: verdicts, disputes, endings."""

from dao_client.messages import verdict_message
from dao_client.types import Anchor, TaskId

from .opening import Gas
from .script import (
    CANCELLED,
    EXPIRED,
    FIRST,
    LARGE,
    MEDIUM,
    PAID,
    REJECTED,
    SMALL,
    UPHELD,
    Script,
)
from .stage import (
    ANYONE,
    CHALLENGER,
    DAY,
    DEPLOYER,
    OPERATORS,
    REVEAL_DEADLINE,
    VERDICT_SECONDS,
    Stage,
)
from .trees import Work, document_of

UNJUDGED = {CANCELLED, EXPIRED}


def play_verdicts(stage: Stage, script: Script) -> Gas:
    """Post a verdict on every task but two, each with three signatures."""
    stage.go_to(REVEAL_DEADLINE + 60)
    posts = {
        task_id: _post(stage, work)
        for task_id, work in script.works.items()
        if task_id not in UNJUDGED
    }
    return {
        "post_verdict": posts[SMALL],
        "post_verdict_10000": posts[MEDIUM],
        "post_verdict_100000": posts[LARGE],
    }


def play_disputes(stage: Stage, script: Script) -> Gas:
    """Dispute two verdicts; strike one down and slash a signer, let the other stand."""
    oracle = stage.system.verdict_oracle
    gas: Gas = {}
    for name, task_id in (("open_dispute", UPHELD), ("open_dispute_again", REJECTED)):
        call = oracle.open_dispute(TaskId(task_id), document_of(task_id))
        gas[name] = stage.spend(CHALLENGER, call)
    for name, task_id, is_upheld in (
        ("rule_dispute_upheld", TaskId(UPHELD), True),
        ("rule_dispute_rejected", TaskId(REJECTED), False),
    ):
        call = oracle.rule_dispute(task_id, oracle.record(task_id).digest, is_upheld)
        gas[name] = stage.spend(DEPLOYER, call)
    struck = script.works[UPHELD]
    slash = oracle.slash_operator(struck.verdict, _signatures(stage, struck)[0])
    gas["slash_operator"] = stage.spend(ANYONE, slash)
    return gas


def play_endings(stage: Stage, script: Script) -> Gas:
    """Finalise what stands, refund the rest, collect the fees."""
    stage.go_to(REVEAL_DEADLINE + DAY + DAY // 2)
    oracle, escrow = stage.system.verdict_oracle, stage.system.task_escrow
    finals = {
        task_id: stage.spend(ANYONE, oracle.finalise(script.works[task_id].verdict))
        for task_id in (FIRST, SMALL, MEDIUM, LARGE, *PAID)
    }
    return {
        "finalise": finals[SMALL],
        "finalise_10000": finals[MEDIUM],
        "finalise_100000": finals[LARGE],
        "refund": stage.spend(ANYONE, escrow.refund(TaskId(SMALL))),
        "collect_fees": stage.spend(ANYONE, escrow.collect_fees(stage.token.address)),
    }


def play_expiry(stage: Stage, script: Script) -> Gas:
    """Expire the task without a verdict and claim the flat price for two of its submissions."""
    stage.go_to(REVEAL_DEADLINE + VERDICT_SECONDS + DAY + 60)
    work = script.works[EXPIRED]
    gas = {
        "expire_task": stage.spend(ANYONE, stage.system.verdict_oracle.expire_task(work.task_id))
    }
    stage.spend(DEPLOYER, stage.token.transfer(script.crowd[52], work.payout_leaves[52].amount))
    anchors = [Anchor(work.submissions.root, work.answers)] * 2
    for name, index in (("claim_flat_first", 50), ("claim_flat", 51), ("claim_flat_dirty", 52)):
        leaf, proof = work.submission_leaves[index], work.submissions.proof(index)
        gas[name] = stage.spend(
            ANYONE, stage.system.task_escrow.claim_flat(anchors, 0, leaf, proof)
        )
    return gas


def _post(stage: Stage, work: Work) -> int:
    document = document_of(work.task_id)
    signatures = _signatures(stage, work)
    oracle = stage.system.verdict_oracle
    return stage.spend(OPERATORS[0], oracle.post_verdict(work.verdict, document, signatures))


def _signatures(stage: Stage, work: Work) -> list[bytes]:
    message = verdict_message(work.verdict, stage.system.oracle_domain)
    return [operator.sign_typed(message) for operator in OPERATORS]
