"""Measure what happens while tasks take answers: tokens, stakes, creation, anchors."""

from dao_client.contracts import Call
from dao_client.keys import LocalSigner
from dao_client.types import TaskId, TaskTerms, Wei

from .script import CANCELLED, EXPIRED, FIRST, LARGE, MEDIUM, SMALL, TASKS, Script
from .stage import (
    CHALLENGER,
    DEPLOYER,
    GATEWAY,
    OPERATORS,
    REQUESTER,
    REVEAL_SECONDS,
    SECOND_REQUESTER,
    STAKE,
    SUBMIT_DEADLINE,
    VERDICT_SECONDS,
    WORKER,
    Stage,
)
from .trees import PRICE, Work, document_of

Gas = dict[str, int]


def play_tokens(stage: Stage, script: Script) -> Gas:
    """Send TES to a wallet that has none, and to one that has."""
    transfer = stage.system.work_token.transfer(script.crowd[0], STAKE)
    return {name: stage.spend(DEPLOYER, transfer) for name in ("transfer", "transfer_dirty")}


def play_stakes(stage: Stage) -> Gas:
    """Let the challenger and the operators stake; the last operator is measured."""
    gas: Gas = {}
    for signer in (CHALLENGER, *OPERATORS):
        gas |= _stake(stage, signer)
    gas["deposit_again"] = stage.spend(OPERATORS[-1], _deposit(stage))
    for operator in OPERATORS:
        register = stage.system.verdict_oracle.register_operator(STAKE)
        gas["register_operator"] = stage.spend(operator, register)
    return gas


def play_tasks(stage: Stage, script: Script) -> Gas:
    """Create every task; the first ever fills counters and balances that the others find."""
    works = script.works
    gas = {"create_task_first_ever": stage.spend(REQUESTER, _create(stage, works[FIRST]))}
    gas["create_task"] = stage.spend(REQUESTER, _create(stage, works[SMALL]))
    gas["create_task_exact_approval"] = _create_approved(stage, works[MEDIUM], 1)
    gas["create_task_partial_approval"] = _create_approved(stage, works[LARGE], 2)
    for task_id in range(LARGE + 1, TASKS + 1):
        stage.spend(REQUESTER, _create(stage, works[task_id]))
    escrow = stage.system.task_escrow
    gas["top_up"] = stage.spend(REQUESTER, escrow.top_up(TaskId(SMALL), Wei(10 * PRICE)))
    gas["cancel_task"] = stage.spend(REQUESTER, escrow.cancel_task(TaskId(CANCELLED)))
    return gas


def play_answers(stage: Stage, script: Script) -> Gas:
    """Anchor every task once and one of them twice; force two submissions."""
    gas: Gas = {}
    anchors = {
        task_id: stage.spend(GATEWAY, _anchor(stage, work))
        for task_id, work in script.works.items()
        if task_id != CANCELLED
    }
    gas["anchor_submissions"] = anchors[SMALL]
    gas["anchor_submissions_10000"] = anchors[MEDIUM]
    gas["anchor_submissions_100000"] = anchors[LARGE]
    again = script.works[EXPIRED]
    gas["anchor_submissions_again"] = stage.spend(GATEWAY, _anchor(stage, again))
    for name, assignment in (("force_submission", 101), ("force_submission_again", 102)):
        gas[name] = stage.spend(
            WORKER,
            stage.system.task_escrow.force_submission(
                TaskId(SMALL), assignment, document_of(101), document_of(102)
            ),
        )
    return gas


def _stake(stage: Stage, signer: LocalSigner) -> Gas:
    token = stage.system.work_token
    stage.spend(DEPLOYER, token.transfer(signer.address, Wei(3 * STAKE)))
    stage.spend(signer, token.approve(stage.system.staking.address, Wei(3 * STAKE)))
    return {"deposit": stage.spend(signer, _deposit(stage))}


def _deposit(stage: Stage) -> Call:
    return stage.system.staking.deposit(stage.system.work_token.address, STAKE)


def _create_approved(stage: Stage, work: Work, times: int) -> int:
    """Create a task with an allowance of `times` its budget; `publish_task` approves it once."""
    escrow = stage.system.task_escrow
    approval = stage.token.approve(escrow.address, Wei(times * _budget(work)))
    stage.spend(SECOND_REQUESTER, approval)
    return stage.spend(SECOND_REQUESTER, _create(stage, work))


def _create(stage: Stage, work: Work) -> Call:
    terms = TaskTerms(
        token=stage.token.address,
        gateway=GATEWAY.address,
        price=PRICE,
        budget=_budget(work),
        spec=document_of(work.task_id),
        submit_deadline=SUBMIT_DEADLINE,
        reveal_seconds=REVEAL_SECONDS,
        verdict_seconds=VERDICT_SECONDS,
    )
    return stage.system.task_escrow.create_task(terms)


def _budget(work: Work) -> Wei:
    """Fund every answer and a tenth more, so that fee and refund are not zero."""
    return Wei(work.answers * PRICE * 11 // 10)


def _anchor(stage: Stage, work: Work) -> Call:
    evidence = document_of(work.task_id)
    return stage.system.task_escrow.anchor_submissions(work.task_id, work.anchor, evidence)
