"""Nobody gets in where they do not belong: every hostile call must be refused."""

from collections.abc import Callable

import boa
from boa import BoaError
from hypothesis import note, strategies as st

from dao_client.types import Phase
from tests.contracts.acting import action
from tests.contracts.stateful.machine import SystemMachine
from tests.contracts.stateful.task_rules import SEED, SPEC
from tests.system import METHOD


class HostileRules(SystemMachine):
    """A stranger, a second claim, a forged verdict, a foreign proof."""

    def expect_refusal(self, what: str, call: Callable[[], object]) -> None:
        note(f"hostile: {what}")
        try:
            with boa.env.anchor():
                call()
        except BoaError:
            return
        raise AssertionError(f"{what} was let in")

    @action(seed=SEED, amount=st.integers(1, 1_000))
    def take_by_role(self, seed: int, amount: int) -> None:
        stage, stranger = self.stage, self.stage.stranger
        task_id, victim = seed % (len(self.tasks) + 1) + 1, stage.workers[0]
        token = stage.tokens[0]
        calls = {
            "settle": lambda: stage.escrow.settle(task_id, SPEC, 0, 0, sender=stranger),
            "expire": lambda: stage.escrow.expire(task_id, sender=stranger),
            "cancel": lambda: stage.escrow.cancel_task(task_id, sender=stranger),
            "anchor": lambda: stage.escrow.anchor_submissions(
                task_id, SPEC, amount, SPEC, sender=stranger
            ),
            "lock": lambda: stage.staking.lock(token, victim, amount, False, sender=stranger),
            "unlock": lambda: stage.staking.unlock(
                stage.tes, stage.operators[0].address, amount, False, sender=stranger
            ),
            "slash": lambda: stage.staking.slash(token, victim, amount, stranger, sender=stranger),
            "set a parameter": lambda: stage.parameters.set_parameter(0, 201, sender=stranger),
            "allow a method": lambda: stage.parameters.allow_method(SPEC, sender=stranger),
            "forbid a method": lambda: stage.parameters.forbid_method(METHOD, sender=stranger),
            "mint": lambda: stage.tes.mint(stranger, amount, sender=stranger),
            "rule": lambda: stage.oracle.rule_dispute(task_id, SPEC, True, sender=stranger),
            "collect": lambda: stage.staking.collect(stage.tes, sender=stranger),
            "withdraw": lambda: stage.staking.withdraw(token, sender=stranger),
            "release": lambda: stage.oracle.release_operator(sender=stranger),
        }
        for what, call in calls.items():
            self.expect_refusal(what, call)

    @action(seed=SEED, is_upheld=st.booleans())
    def rule_on_another_verdict(self, seed: int, is_upheld: bool) -> None:
        oracle, arbitrator = self.stage.oracle, self.stage.roles.arbitrator
        task = self.pick(seed, Phase.DISPUTED)
        digests = [oracle.hash_verdict(struck.verdict) for struck in task.struck]
        for digest in [bytes(32), SPEC, *digests]:
            self.expect_refusal(
                "a ruling on another verdict",
                lambda digest=digest: oracle.rule_dispute(
                    task.task_id, digest, is_upheld, sender=arbitrator
                ),
            )

    @action(seed=SEED)
    def claim_again(self, seed: int) -> None:
        task = self.pick_if(seed, lambda task: task.claimed)
        index = min(task.claimed)
        _, _, worker, amount = task.settled.rows[index]
        proof = list(task.settled.proof(index))
        self.expect_refusal(
            "a second claim",
            lambda: self.stage.escrow.claim(task.task_id, index, worker, amount, proof),
        )

    @action(seed=SEED, extra=st.integers(1, 100))
    def claim_with_a_foreign_leaf(self, seed: int, extra: int) -> None:
        task = self.pick(seed, Phase.FINAL)
        _, index, _, amount = task.settled.rows[0]
        proof, thief = list(task.settled.proof(0)), self.stage.stranger
        forged = {
            "another worker": (task.task_id, index, thief, amount, proof),
            "a larger amount": (task.task_id, index, self.stage.workers[0], amount + extra),
            "another index": (task.task_id, index + extra, self.stage.workers[0], amount),
        }
        for what, args in forged.items():
            full = args if len(args) == 5 else (*args, proof)
            self.expect_refusal(what, lambda full=full: self.stage.escrow.claim(*full))

    @action(seed=SEED)
    def post_without_stake(self, seed: int) -> None:
        task = self.pick(seed, Phase.SETTLING)
        verdict = (task.task_id, SPEC, SPEC, SPEC, SPEC, 0, task.method)
        hashed = self.stage.oracle.hash_verdict(verdict)
        one = bytes(self.stage.operators[0].unsafe_sign_hash(hashed).signature)
        self.expect_refusal(
            "a verdict nobody signed",
            lambda: self.stage.oracle.post_verdict(verdict, SPEC, []),
        )
        self.expect_refusal(
            "a verdict signed twice by one operator",
            lambda: self.stage.oracle.post_verdict(verdict, SPEC, [one, one]),
        )

    @action(seed=SEED)
    def finalise_or_expire_early(self, seed: int) -> None:
        task = self.pick(seed, Phase.OPEN, Phase.REVEAL)
        verdict = (task.task_id, SPEC, SPEC, SPEC, SPEC, 0, SPEC)
        self.expect_refusal("finalise", lambda: self.stage.oracle.finalise(verdict))
        self.expect_refusal("expire", lambda: self.stage.oracle.expire_task(task.task_id))
