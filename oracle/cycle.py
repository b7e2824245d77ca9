"""Bring every task one step further; what is done already is left alone.

    REVEAL      open what is sealed to this operator
    SETTLING    open ▶ compute ▶ publish ▶ sign and write down ▶ gather ▶ post      (or expire)
    CHALLENGE   finalise when the window is over; until then delay what the verdict would slash
    DISPUTED    finalise when the arbitrator stayed silent; until then the same
    FINAL       carry out the slashes

A kill between any two steps loses nothing: the next cycle finds the signature on disk or computes
the same verdict again, and the chain says what is done.
"""

from dataclasses import dataclass
from enum import StrEnum

import structlog

from dao_client.contracts.parameters import ParameterId
from dao_client.errors import MalformedDocument, RpcRefused, TransactionLost, TransactionRefused
from dao_client.keys import Signer
from dao_client.messages import verdict_digest, verdict_message
from dao_client.types import Phase, TaskId, Timestamp
from ipfs_store import Store

from .chain import OperatorChain
from .computation import Computation, compute
from .errors import (
    AggregationRefused,
    AlreadySigned,
    EvidenceMissing,
    SnapshotRefused,
    VerdictRefused,
)
from .opening import Opener
from .peers import Peer, gather, has_quorum
from .post import Turns, expire, finalise, post_verdict, standing_verdict
from .signatures import Signatures, SignedVerdict
from .slashing import Slash, carry_out, pending_slashes
from .withdrawals import Watch, Withdrawal, delay

_log = structlog.get_logger(__name__)

PATIENCE = 1
"""Turns that a quorum waits for the signatures it could do without."""
ENDED = frozenset({Phase.CANCELLED, Phase.EXPIRED})


class Step(StrEnum):
    """What became of a task in one cycle."""

    NOT_DUE = "not due"
    OPENED = "opened answers"
    NOT_FINAL = "waiting for a final block"
    NO_EVIDENCE = "waiting for evidence"
    COMPUTED = "computed, dry run"
    NO_QUORUM = "waiting for signatures"
    NOT_ALL_SIGNED = "waiting a little for the last signatures"
    NOT_MY_TURN = "waiting for another operator"
    POSTED = "posted"
    WINDOW_OPEN = "waiting for the challenge window"
    DELAYED = "delayed withdrawals"
    FINALISED = "finalised"
    SLASHED = "slashed"
    EXPIRED = "expired"
    DONE_BY_OTHERS = "done by another operator"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True)
class Desk:
    """An operator's key, and what it needs to use it."""

    signer: Signer
    signatures: Signatures
    peers: tuple[Peer, ...]
    turns: Turns
    opener: Opener


class Cycle:
    """The work of one operator; without a desk a dry run."""

    def __init__(self, chain: OperatorChain, store: Store, desk: Desk | None) -> None:
        self._chain = chain
        self._store = store
        self._desk = desk
        self._ended: set[TaskId] = set()
        self._computed: set[TaskId] = set()
        self._watch = Watch(chain, store)

    def run(self, only: TaskId | None = None) -> dict[TaskId, Step]:
        """Go through all tasks that have not ended, or through one."""
        self._chain.check()
        if self._desk is not None:
            self._desk.opener.announce()
        known = [TaskId(number) for number in range(1, self._chain.task_count() + 1)]
        wanted = [task_id for task_id in known if task_id not in self._ended]
        if only is not None:
            wanted = [only]
        phases = self._chain.phases(wanted)
        return {
            task_id: self._log_step(task_id, phase)
            for task_id, phase in zip(wanted, phases, strict=True)
        }

    def _log_step(self, task_id: TaskId, phase: Phase) -> Step:
        step = self._advance(task_id, phase)
        log = _log.debug if step in (Step.NOT_DUE, Step.ENDED) else _log.info
        log("task", task_id=task_id, phase=phase.name, step=step.value)
        return step

    def _advance(self, task_id: TaskId, phase: Phase) -> Step:
        """Move one task; what is wrong with it alone does not stop the others."""
        try:
            return self._act(task_id, phase)
        except EvidenceMissing as error:
            _log.warning("evidence missing", task_id=task_id, cid=error.cid)
            return Step.NO_EVIDENCE
        except (AggregationRefused, AlreadySigned, SnapshotRefused, VerdictRefused) as error:
            _log.error("verdict held back", task_id=task_id, error=str(error))
            return Step.REFUSED
        except (TransactionRefused, TransactionLost) as error:
            _log.error("transaction failed", task_id=task_id, error=str(error))
            return Step.REFUSED
        except (MalformedDocument, RpcRefused) as error:
            _log.error("task cannot be read", task_id=task_id, error=str(error))
            return Step.REFUSED

    def _act(self, task_id: TaskId, phase: Phase) -> Step:
        if phase is Phase.REVEAL and self._desk is not None:
            return Step.OPENED if self._desk.opener.open_task(task_id) else Step.NOT_DUE
        if phase is Phase.SETTLING:
            return self._settle(task_id)
        if phase in (Phase.CHALLENGE, Phase.DISPUTED):
            return self._finalise(task_id)
        if phase is Phase.FINAL and self._desk is not None:
            return self._slash(task_id, self._desk)
        return self._end(task_id) if phase in ENDED or phase is Phase.FINAL else Step.NOT_DUE

    def _end(self, task_id: TaskId) -> Step:
        self._ended.add(task_id)
        return Step.ENDED

    def _settle(self, task_id: TaskId) -> Step:
        if self._desk is None:
            return self._dry_run(task_id)
        if self._chain.is_expiry_due(task_id):
            return self._expire(task_id, self._desk)
        round_at = self._chain.record(task_id).reopened_at
        own = self._desk.signatures.find(task_id, round_at)
        own = own or self._sign(task_id, round_at, self._desk)
        return Step.NOT_FINAL if own is None else self._post(own, self._desk)

    def _sign(self, task_id: TaskId, round_at: Timestamp, desk: Desk) -> SignedVerdict | None:
        """Open, compute, publish, sign, and write that down before anyone sees the signature."""
        desk.opener.open_task(task_id)
        computation = compute(self._chain, self._store, task_id)
        if computation is None:
            return None
        for block in computation.blocks:
            self._store.put_block(block)
        message = verdict_message(computation.verdict, self._chain.oracle_domain)
        signed = SignedVerdict(
            operator=desk.signer.address,
            verdict=computation.verdict,
            document=computation.document,
            signature=desk.signer.sign_typed(message),
        )
        desk.signatures.keep(signed, round_at)
        _log_computation(computation, "verdict signed")
        return signed

    def _post(self, own: SignedVerdict, desk: Desk) -> Step:
        task_id = own.verdict.task_id
        operators = self._chain.operators()
        found = gather(desk.peers, own, self._chain.oracle_domain, operators)
        rule, block = ParameterId.OPERATOR_QUORUM_BPS, self._chain.final_head().number
        if not has_quorum(found, operators, self._chain.parameter(rule, task_id, block)):
            return Step.NO_QUORUM
        if own.operator not in operators:
            return Step.NOT_MY_TURN  # the contract takes verdicts from active operators only
        is_complete = len(found) == len(operators)
        if not desk.turns.is_mine(task_id, "post", operators, 0 if is_complete else PATIENCE):
            return Step.NOT_MY_TURN if is_complete else Step.NOT_ALL_SIGNED
        return Step.POSTED if post_verdict(self._chain, own, found) else Step.DONE_BY_OTHERS

    def _finalise(self, task_id: TaskId) -> Step:
        verdict = standing_verdict(self._chain, task_id)
        if self._desk is None or verdict is None:
            return Step.NOT_DUE
        is_doubted = self._differs(task_id, self._desk)
        if not self._chain.is_final_due(verdict):
            return Step.WINDOW_OPEN if is_doubted else self._delay(task_id, self._desk)
        if not self._desk.turns.is_mine(task_id, "finalise", self._chain.operators()):
            return Step.NOT_MY_TURN
        return Step.FINALISED if finalise(self._chain, verdict) else Step.DONE_BY_OTHERS

    def _delay(self, task_id: TaskId, desk: Desk) -> Step:
        """Keep stake from leaving before the slashes of a verdict that can still be disputed."""
        ending = self._watch.ending(
            self._chain.posted(task_id)[-1], desk.signatures.latest(task_id)
        )
        if not ending:
            return Step.WINDOW_OPEN
        turn = f"delay of {min(each.ends_at for each in ending)}"  # another one after each delay
        if not desk.turns.is_mine(task_id, turn, self._chain.operators()):
            return Step.NOT_MY_TURN
        steps = {self._delay_one(each) for each in ending}
        ordered = (Step.REFUSED, Step.DELAYED, Step.DONE_BY_OTHERS)
        return next(step for step in ordered if step in steps)

    def _delay_one(self, withdrawal: Withdrawal) -> Step:
        """Delay one withdrawal; what the contract refuses does not let the others go."""
        try:
            return Step.DELAYED if delay(self._chain, withdrawal) else Step.DONE_BY_OTHERS
        except TransactionRefused as error:
            _log.error("delay refused", task_id=withdrawal.slash.leaf.task_id, error=str(error))
            return Step.REFUSED

    def _slash(self, task_id: TaskId, desk: Desk) -> Step:
        """Carry out what is left of the slashes; the task has ended when nothing is."""
        posted, own = self._chain.posted(task_id)[-1], desk.signatures.latest(task_id)
        pending = pending_slashes(self._chain, self._store, posted, own)
        if not pending:
            return self._end(task_id)
        if not desk.turns.is_mine(task_id, "slash", self._chain.operators()):
            return Step.NOT_MY_TURN
        steps = {self._slash_one(slash) for slash in pending}
        ordered = (Step.REFUSED, Step.SLASHED, Step.DONE_BY_OTHERS)
        return next(step for step in ordered if step in steps)

    def _slash_one(self, slash: Slash) -> Step:
        """Carry out one slash; what the contract refuses does not spare the others."""
        try:
            return Step.SLASHED if carry_out(self._chain, slash) else Step.DONE_BY_OTHERS
        except TransactionRefused as error:
            _log.error("slash refused", task_id=slash.leaf.task_id, error=str(error))
            return Step.REFUSED

    def _differs(self, task_id: TaskId, desk: Desk) -> bool:
        """Say loudly when the posted verdict is not the one signed here: it can be challenged."""
        own = desk.signatures.latest(task_id)
        posted = self._chain.record(task_id).digest
        if not own or verdict_digest(own.verdict, self._chain.oracle_domain) == posted:
            return False
        _log.error("posted verdict differs from the one signed here", task_id=task_id)
        return True

    def _expire(self, task_id: TaskId, desk: Desk) -> Step:
        if not desk.turns.is_mine(task_id, "expire", self._chain.operators()):
            return Step.NOT_MY_TURN
        return Step.EXPIRED if expire(self._chain, task_id) else Step.DONE_BY_OTHERS

    def _dry_run(self, task_id: TaskId) -> Step:
        if task_id not in self._computed:
            computation = compute(self._chain, self._store, task_id)
            if computation is None:
                return Step.NOT_FINAL
            self._computed.add(task_id)
            _log_computation(computation, "verdict computed")
        return Step.COMPUTED


def _log_computation(computation: Computation, event: str) -> None:
    verdict = computation.verdict
    _log.info(
        event,
        task_id=verdict.task_id,
        input_digest=verdict.input_digest.hex(),
        labels_root=verdict.labels_root.hex(),
        payouts_root=verdict.payouts_root.hex(),
        slashes_root=verdict.slashes_root.hex(),
        total_payout=str(verdict.total_payout),
        labels=len(computation.decision.labels),
        refusals=len(computation.decision.refusals),
    )
