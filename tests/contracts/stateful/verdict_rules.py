"""Operators, challengers and the arbitrator act as they may; operators may lie."""

from hypothesis import note, strategies as st

from dao_client.types import Phase
from tests.contracts.acting import NothingToDo, action
from tests.contracts.stateful.books import PostedVerdict, TaskBooks, payouts_tree
from tests.contracts.stateful.machine import SystemMachine
from tests.contracts.stateful.task_rules import SEED, SPEC


class VerdictRules(SystemMachine):
    """Post, dispute, rule, finalise, expire, slash."""

    @action(
        seed=SEED,
        shares=st.lists(st.integers(0, 40), min_size=1, max_size=4),
        lie=st.sampled_from((0, 0, 0, 1_000)),
        sequel=st.sampled_from(("", "", "disputed", "upheld", "rejected")),
    )
    def post(self, seed: int, shares: list[int], lie: int, sequel: str) -> None:
        task = self.pick_if(seed, self._may_be_judged)
        self.travel_to(task.reveal_deadline)
        signers = [
            key
            for key in self.stage.operators
            if self.stage.oracle.operator_of(key.address).stake
            and not self.stage.oracle.operator_of(key.address).retired_at
        ]
        if not signers:
            raise NothingToDo
        fee_bps = task.values.protocol_fee_bps
        payable = self.stage.escrow.settlement_terms(task.task_id, fee_bps)[2]
        amounts = [payable * share // 200 for share in shares]
        rows = [
            (worker, amount + lie)
            for worker, amount in zip(self.stage.workers, amounts, strict=False)
        ]
        payouts, total = payouts_tree(task.task_id, rows), sum(amounts)
        slashes = payouts_tree(task.task_id, [(each, pay * 3 + 1) for each, pay in rows])
        digest = len(task.struck).to_bytes(32, "big")
        roots = (SPEC, payouts.root, slashes.root)
        verdict = (task.task_id, digest, *roots, total, task.method)
        hashed = self.stage.oracle.hash_verdict(verdict)
        signatures = {key.address: bytes(key.unsafe_sign_hash(hashed).signature) for key in signers}
        note(f"post {total} of {payable} for task {task.task_id}, lying by {lie}")
        poster = next(iter(signatures))
        self.stage.oracle.post_verdict(verdict, SPEC, list(signatures.values()), sender=poster)
        task.verdict = PostedVerdict(verdict, payouts, slashes, total, self.now, signatures)
        if sequel:
            self.dispute(seed)
        if sequel in ("upheld", "rejected"):
            self.give_ruling(seed, is_upheld=sequel == "upheld")

    def _may_be_judged(self, task: TaskBooks) -> bool:
        is_over = task.ended is not None or task.verdict is not None
        return not is_over and self.now < task.last_call

    @action(seed=SEED)
    def dispute(self, seed: int) -> None:
        task = self.pick_if(
            seed,
            lambda task: (
                task.phase(self.now) is Phase.CHALLENGE
                and not task.verdict.disputed_at
                and self.now < task.verdict.posted_at + task.values.challenge_seconds
            ),
        )
        free = self.stage.staking.stake_of(self.stage.tes, self.stage.challenger) - self.bonds
        if free < task.values.challenge_bond:
            raise NothingToDo
        note(f"dispute task {task.task_id}")
        self.stage.oracle.open_dispute(task.task_id, SPEC, sender=self.stage.challenger)
        task.verdict.disputed_at, task.verdict.bond = self.now, task.values.challenge_bond

    @action(seed=SEED, is_upheld=st.booleans())
    def give_ruling(self, seed: int, is_upheld: bool) -> None:
        task = self.pick_if(
            seed,
            lambda task: (
                task.phase(self.now) is Phase.DISPUTED
                and self.now < task.verdict.disputed_at + task.values.ruling_seconds
            ),
        )
        note(f"rule on task {task.task_id}: upheld is {is_upheld}")
        digest = self.stage.oracle.hash_verdict(task.verdict.verdict)
        arbitrator = self.stage.roles.arbitrator
        self.stage.oracle.rule_dispute(task.task_id, digest, is_upheld, sender=arbitrator)
        if is_upheld:
            task.struck.append(task.verdict)
            task.verdict, task.reopened_at = None, self.now
        else:
            task.verdict.is_ruled = True
            bond, books = task.verdict.bond, self.stakes[self.stage.tes.address]
            books.slashed += bond
            books.burned += bond - bond // 2

    @action(seed=SEED)
    def finalise(self, seed: int) -> None:
        task = self.pick(seed, Phase.CHALLENGE, Phase.DISPUTED)
        self.finish(task)

    @action(seed=SEED)
    def expire(self, seed: int) -> None:
        task = self.pick(seed, Phase.SETTLING)
        self.finish(task)

    def finish(self, task: TaskBooks) -> None:
        """End a task by its verdict, or without one, as anybody can."""
        if task.verdict is None:
            self.travel_to(task.last_call)
            note(f"expire task {task.task_id}")
            self.stage.oracle.expire_task(task.task_id, sender=self.stage.stranger)
            task.expire()
            return
        posted = task.verdict
        waits = posted.posted_at + task.values.challenge_seconds
        if posted.disputed_at and not posted.is_ruled:
            waits = posted.disputed_at + task.values.ruling_seconds
        self.travel_to(waits)
        note(f"finalise task {task.task_id}")
        self.stage.oracle.finalise(posted.verdict, sender=self.stage.stranger)
        fee = task.fee
        task.settle(posted.payouts, posted.total, fee)
        self.money[task.token.address].fees += fee

    @action(seed=SEED, signer=SEED)
    def slash_operator(self, seed: int, signer: int) -> None:
        task = self.pick_if(seed, lambda task: task.struck)
        posted = task.struck[-1]
        left = [
            address for address in posted.signatures if self.stage.oracle.operator_of(address).stake
        ]
        if not left:
            raise NothingToDo
        address = left[signer % len(left)]
        signature = posted.signatures.pop(address)
        stake = self.stage.oracle.operator_of(address).stake
        amount = -(-stake * task.values.operator_slash_bps // 10_000)  # rounded up
        note(f"slash {amount} of operator {address}")
        self.stage.oracle.slash_operator(posted.verdict, signature, sender=self.stage.stranger)
        books = self.stakes[self.stage.tes.address]
        books.slashed += amount
        books.burned += amount - amount // 2
