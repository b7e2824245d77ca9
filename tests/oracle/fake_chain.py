"""A chain in memory with the facts of one task."""

from dataclasses import dataclass, field, replace

from dao_client.chain import Block
from dao_client.contracts.events import (
    Place,
    SubmissionForced,
    SubmissionsAnchored,
    TaskCreated,
    VerdictPosted,
)
from dao_client.contracts.staking import Unbonding
from dao_client.encoding import PAYOUT_TYPES, payout_row
from dao_client.errors import TransactionRefused, WrongChain
from dao_client.keys import LocalSigner
from dao_client.merkle import verify_proof
from dao_client.messages import (
    Domain,
    no_contract,
    recover,
    verdict_digest,
)
from dao_client.parameter_values import BOUNDED
from dao_client.sealing import sealing_key, sealing_secret
from dao_client.types import (
    Address,
    BlockNumber,
    Digest,
    PayoutLeaf,
    Phase,
    Record,
    Task,
    Timestamp,
    Verdict,
    Wei,
)
from oracle.chain import FinalVerdict
from tests.oracle.tasks import DOMAIN, SEAT, TASK_ID, WORKERS

ORACLE_DOMAIN = Domain(chain_id=1337, verifying_contract=Address("0x" + "22" * 20))
SUBMIT, REVEAL, DUE = Timestamp(1_000), Timestamp(2_000), Timestamp(4_000)
BLOCK = Block(BlockNumber(50), Digest(b"\x0b" * 32), REVEAL, Wei(0))
PLACE = Place(BlockNumber(10), Digest(b"\x0a" * 32), 0, Digest(bytes(32)))
OPERATORS = tuple(LocalSigner(bytes([number] * 32)) for number in (0x11, 0x12, 0x13))
SECRETS = {each.address: sealing_secret(each, ORACLE_DOMAIN) for each in OPERATORS}
KEYS = {operator: sealing_key(secret) for operator, secret in SECRETS.items()}
VOTED = {name: bounded.usual for name, bounded in BOUNDED.items()}
ENTRY_STAKE = Address("0x" + "33" * 20)
UNBONDING_SECONDS = 7 * 86_400
NOTHING = Unbonding(Wei(0), Timestamp(0))
NO_RECORD = Record(Digest(bytes(32)), Timestamp(0), Timestamp(0))


@dataclass
class FakeChain:
    """Facts, and what operators do to them; tests change the fields between steps."""

    created: TaskCreated
    found_task: Task
    anchored: list[SubmissionsAnchored]
    forced_events: list[SubmissionForced] = field(default_factory=list)
    phase: Phase = Phase.SETTLING
    now: Timestamp = REVEAL
    is_final: bool = True
    found_record: Record = NO_RECORD
    stakes_held: dict[Address, Wei] = field(
        default_factory=lambda: {worker.address: SEAT for worker in WORKERS}
    )
    registered: dict[Address, Wei] = field(
        default_factory=lambda: {operator.address: Wei(1) for operator in OPERATORS}
    )
    is_window_over: bool = False
    is_expiry_time: bool = False
    chain_id: int = 1337
    sent: list[str] = field(default_factory=list)
    slashed: list[PayoutLeaf] = field(default_factory=list)
    leaving: dict[Address, Unbonding] = field(default_factory=dict)
    sealing_keys: dict[Address, bytes] = field(default_factory=lambda: dict(KEYS))
    keys_set: list[bytes] = field(default_factory=list)
    posts: list[VerdictPosted] = field(default_factory=list)
    ended: list[FinalVerdict] = field(default_factory=list)
    escrow_domain: Domain = DOMAIN
    oracle_domain: Domain = ORACLE_DOMAIN
    entry_stake: Address = ENTRY_STAKE

    def check(self):
        if self.chain_id != self.oracle_domain.chain_id:
            raise WrongChain(f"the node is now on chain {self.chain_id}")

    def clock(self):
        return self.now

    def creation(self, task_id):
        return self.created if task_id == TASK_ID else None

    def first_final_block_at(self, timestamp):
        return BLOCK if self.is_final and timestamp <= BLOCK.timestamp else None

    def task(self, task_id, block):
        return self.found_task

    def payable(self, task_id, block):
        return Wei(1_000)

    def anchors(self, task_id, block):
        return self.anchored

    def forced(self, task_id, block):
        return self.forced_events

    def stakes(self, token, workers, block):
        return {worker: self.stakes_held.get(worker, Wei(0)) for worker in workers}

    def slashable(self, token, workers, block, until):
        stakes = self.stakes(token, workers, block)
        for worker, unbonding in self.leaving.items():
            if worker in stakes and unbonding.ends_at >= until:
                stakes[worker] = Wei(stakes[worker] + unbonding.amount)
        return stakes

    def wallets(self, block):
        return no_contract

    def parameter(self, name, task_id, block):
        return VOTED[name]

    def final_verdicts(self, block):
        return [each for each in self.ended if each.posted.place.block_number <= block]

    def active_operators(self, block):
        return sorted(self.registered)

    def final_head(self):
        return replace(BLOCK, timestamp=self.now if self.is_final else Timestamp(0))

    def task_count(self):
        return TASK_ID

    def phases(self, task_ids):
        return [self.phase if each == TASK_ID else Phase.CANCELLED for each in task_ids]

    def record(self, task_id):
        return self.found_record

    def posted(self, task_id):
        return self.posts

    def operators(self):
        return self.registered

    def post(self, verdict, document, signatures):
        self.sent.append("post")
        if self.found_record.digest != bytes(32):
            raise TransactionRefused("post_verdict was refused", "verdict: a verdict is live")
        digest = verdict_digest(verdict, self.oracle_domain)
        signers = [recover(digest, signature) for signature in signatures]
        assert signers == sorted(set(signers), key=str.lower), "signers ascend"
        assert 3 * sum(self.registered[each] for each in signers) >= 2 * len(self.registered)
        self.stand(verdict, document)

    def stand(self, verdict: Verdict, document: Digest) -> None:
        """Let a verdict stand, whoever posted it."""
        digest = verdict_digest(verdict, self.oracle_domain)
        self.found_record = replace(self.found_record, digest=digest, posted_at=self.now)
        self.phase = Phase.CHALLENGE
        self.posts.append(VerdictPosted(PLACE, *_columns(verdict), document))

    def is_final_due(self, verdict):
        return self.is_window_over

    def is_expiry_due(self, task_id):
        return self.is_expiry_time

    def finalise(self, verdict):
        self.sent.append("finalise")
        self.phase = Phase.FINAL

    def expire(self, task_id):
        self.sent.append("expire")
        self.phase = Phase.EXPIRED

    def are_slashed(self, leaves):
        return [leaf in self.slashed for leaf in leaves]

    def slash(self, verdict, leaf, proof):
        row = payout_row(leaf)
        verify_proof(verdict.slashes_root, PAYOUT_TYPES, row, proof)
        self.sent.append("slash")
        if leaf in self.slashed:
            raise TransactionRefused("slash_worker was refused", "verdict: slashed before")
        self.slashed.append(leaf)

    def unbondings(self, task_id, workers):
        return {worker: self.leaving.get(worker, NOTHING) for worker in workers}

    def delay(self, verdict, leaf, proof):
        row = payout_row(leaf)
        verify_proof(verdict.slashes_root, PAYOUT_TYPES, row, proof)
        self.sent.append("delay")
        if leaf.worker not in self.leaving:
            raise TransactionRefused("delay_worker was refused", "staking: nothing to delay")
        amount = self.leaving[leaf.worker].amount
        self.leaving[leaf.worker] = Unbonding(amount, Timestamp(self.now + UNBONDING_SECONDS))

    def sealing_key(self, operator):
        return self.sealing_keys.get(operator)

    def set_sealing_key(self, key):
        self.sent.append("key")
        self.keys_set.append(key)


def _columns(verdict: Verdict) -> tuple[object, ...]:
    return (
        verdict.task_id,
        verdict.input_digest,
        verdict.labels_root,
        verdict.payouts_root,
        verdict.slashes_root,
        verdict.total_payout,
        verdict.method_hash,
    )
