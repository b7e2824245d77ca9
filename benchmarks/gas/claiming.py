"""Measure claims from trees of 1,024 payouts, each worker in all of ten tasks."""

from dao_client.types import Wei

from .opening import Gas
from .script import PAID, Script
from .stage import ANYONE, DEPLOYER, Stage

FIRST, FRESH, DIRTY, MANY, MANY_AGAIN = range(5)
"""Indices of the payouts that are claimed: all in one word of the bitmap."""


def play_claims(stage: Stage, script: Script) -> Gas:
    """Claim one by one, then one and eight at once: the difference is seven further tasks."""
    for index in (DIRTY, MANY, MANY_AGAIN):
        stage.spend(DEPLOYER, stage.token.transfer(script.crowd[index], Wei(1)))
    gas = {
        "claim_first_of_task": _claim(stage, script, FIRST),
        "claim": _claim(stage, script, FRESH),
        "claim_dirty": _claim(stage, script, DIRTY),
    }
    for name, index in (("claim_many_fresh_word", MANY), ("claim_many_used_word", MANY_AGAIN)):
        one = _claim_many(stage, script, index, PAID[1:2])
        eight = _claim_many(stage, script, index, PAID[2:])
        gas[name] = (eight - one) // (len(PAID[2:]) - 1)
    return gas


def _claim(stage: Stage, script: Script, index: int) -> int:
    work = script.works[PAID[0]]
    call = stage.system.task_escrow.claim(work.payout_leaves[index], work.payouts.proof(index))
    return stage.spend(ANYONE, call)


def _claim_many(stage: Stage, script: Script, index: int, task_ids: tuple[int, ...]) -> int:
    works = [script.works[task_id] for task_id in task_ids]
    claims = [(work.payout_leaves[index], work.payouts.proof(index)) for work in works]
    call = stage.system.task_escrow.claim_many(script.crowd[index], claims)
    return stage.spend(ANYONE, call)
