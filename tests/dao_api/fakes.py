"""A chain in memory: it implements the protocols that the gateway asks of a real one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dao_api.anchoring.repository import SignedAnchor
from dao_client.canonical import digest_of
from dao_client.contracts.events import Event, Place, SubmissionsAnchored
from dao_client.errors import TransactionRefused
from dao_client.types import (
    Address,
    Anchor,
    BlockNumber,
    Digest,
    PayoutLeaf,
    Phase,
    Record,
    Task,
    TaskId,
    Timestamp,
    Wei,
)

NO_DIGEST = Digest(bytes(32))
ENTRY_STAKE = Address("0x" + "55" * 20)


@dataclass
class FakeView:
    """Facts that a test sets."""

    now: int = 1_000
    tasks: dict[int, Task] = field(default_factory=dict)
    specs: dict[int, Digest] = field(default_factory=dict)
    task_phases: dict[int, Phase] = field(default_factory=dict)
    records: dict[int, Record] = field(default_factory=dict)
    stakes: dict[tuple[str, str], int] = field(default_factory=dict)
    operators: set[str] = field(default_factory=set)
    claimed: set[tuple[int | str, ...]] = field(default_factory=set)
    contract_wallets: dict[str, bytes] = field(default_factory=dict)

    def clock(self) -> Timestamp:
        return Timestamp(self.now)

    def task(self, task_id: TaskId) -> Task | None:
        return self.tasks.get(task_id)

    def phases(self, task_ids: Sequence[TaskId]) -> list[Phase]:
        return [self.task_phases.get(each, Phase.OPEN) for each in task_ids]

    def record(self, task_id: TaskId) -> Record:
        return self.records.get(task_id, Record(NO_DIGEST, Timestamp(0), Timestamp(0)))

    def stake(self, token: Address, worker: Address) -> Wei:
        return Wei(self.stakes.get((token, worker), 0))

    def is_operator(self, account: Address) -> bool:
        return account in self.operators

    def spec(self, task_id: TaskId) -> Digest | None:
        return self.specs.get(task_id)

    def are_claimed(self, leaves: Sequence[PayoutLeaf]) -> list[bool]:
        return [(leaf.task_id, leaf.index) in self.claimed for leaf in leaves]

    def are_flat_claimed(self, leaves: Sequence[tuple[TaskId, int, int]]) -> list[bool]:
        return [leaf in self.claimed for leaf in leaves]

    def entry_stake(self) -> Address:
        return ENTRY_STAKE

    def are_credited(self, places: Sequence[tuple[TaskId, int]]) -> list[bool]:
        return [(*place, "credited") in self.claimed for place in places]

    def has_accepted(self, signer: Address, digest: Digest, signature: bytes) -> bool:
        return self.contract_wallets.get(signer) == signature

    def change(self, task_id: int, **facts: object) -> None:
        self.tasks[task_id] = replace(self.tasks[task_id], **facts)


@dataclass
class FakeWallet:
    """A wallet whose transactions are mined when the test says so."""

    nonces: int = 7
    final: int = 7
    refusal: str = ""
    broadcasts: list[SignedAnchor] = field(default_factory=list)
    signed: list[tuple[int, int]] = field(default_factory=list)
    roots: list[bytes] = field(default_factory=list)

    def head(self) -> int:
        return 100

    def used_nonces(self) -> int:
        return self.nonces

    def final_nonces(self) -> int:
        return self.final

    def sign(
        self, task_id: TaskId, anchor: Anchor, evidence: Digest, nonce: int, raises: int
    ) -> SignedAnchor:
        if self.refusal:
            raise TransactionRefused(
                f"anchor_submissions was refused: {self.refusal}", self.refusal
            )
        self.signed.append((nonce, raises))
        raw = b"|".join([anchor.root, b"%d" % nonce, b"%d" % raises])
        return SignedAnchor(raw, digest_of(raw))

    def broadcast(self, signed: SignedAnchor) -> None:
        self.broadcasts.append(signed)

    def is_anchored(self, task_id: TaskId, root: bytes, first_block: int) -> bool:
        return root in self.roots


@dataclass
class FakeSource:
    """A chain of blocks that a test extends and forks."""

    hashes: list[bytes] = field(default_factory=lambda: [digest_of(b"genesis")])
    logged: list[Event] = field(default_factory=list)
    reads: list[tuple[int, int]] = field(default_factory=list)

    def head(self) -> int:
        return len(self.hashes) - 1

    def block_hash(self, number: int) -> bytes | None:
        return self.hashes[number] if number < len(self.hashes) else None

    def events(self, first: int, last: int) -> Sequence[Event]:
        self.reads.append((first, last))
        return [event for event in self.logged if first <= event.place.block_number <= last]

    def mine(self, *roots: bytes, salt: str = "") -> None:
        """Add a block with one anchor for each root."""
        number = len(self.hashes)
        self.hashes.append(digest_of(f"{number}{salt}".encode()))
        self.logged += [anchored(number, self.hashes[-1], *each) for each in enumerate(roots)]

    def fork(self, number: int) -> None:
        """Take back block `number` and all after it."""
        del self.hashes[number:]
        self.logged = [event for event in self.logged if event.place.block_number < number]


def anchored(number: int, block_hash: bytes, index: int, root: bytes) -> SubmissionsAnchored:
    place = Place(BlockNumber(number), Digest(block_hash), index, NO_DIGEST)
    return SubmissionsAnchored(place, TaskId(1), Digest(root), 2, digest_of(root))
