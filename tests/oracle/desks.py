"""Three operators in one process, for tests: they see each other's signatures on disk."""

from dataclasses import dataclass
from pathlib import Path

from dao_client.keys import LocalSigner
from dao_client.types import TaskId
from ipfs_store import Store
from oracle.cycle import Cycle, Desk, Step
from oracle.errors import PeerUnreachable
from oracle.opening import Opener
from oracle.post import Turns
from oracle.signatures import Signatures, SignedVerdict
from tests.oracle.fake_chain import OPERATORS, ORACLE_DOMAIN, SECRETS, FakeChain
from tests.oracle.tasks import TASK_ID


class Clock:
    """A clock that tests move."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@dataclass
class DiskPeer:
    """Another operator whose folder can be read, as its server would."""

    signatures: Signatures
    name: str = "peer"
    is_down: bool = False

    def signed(self, chain_id: int, task_id: TaskId) -> SignedVerdict | None:
        if self.is_down:
            raise PeerUnreachable("operator peer does not answer")
        return self.signatures.latest(task_id)


@dataclass
class Office:
    """Operators of one deployment, in the order of `OPERATORS`."""

    cycles: list[Cycle]
    signatures: list[Signatures]
    peers: list[DiskPeer]
    clock: Clock


def open_office(
    chain: FakeChain, store: Store, folder: Path, stagger_seconds: float = 0.0
) -> Office:
    """Give every operator a folder of its own and the others as peers."""
    clock = Clock()
    signatures = [
        Signatures(folder / str(number), ORACLE_DOMAIN) for number, _ in enumerate(OPERATORS)
    ]
    peers = [DiskPeer(each) for each in signatures]
    cycles = [
        Cycle(
            chain,
            store,
            _desk(number, signer, chain, store, signatures, peers, clock, stagger_seconds),
        )
        for number, signer in enumerate(OPERATORS)
    ]
    return Office(cycles, signatures, peers, clock)


def _desk(
    number: int,
    signer: LocalSigner,
    chain: FakeChain,
    store: Store,
    signatures: list[Signatures],
    peers: list[DiskPeer],
    clock: Clock,
    stagger_seconds: float,
) -> Desk:
    others = tuple(peer for place, peer in enumerate(peers) if place != number)
    return Desk(
        signer,
        signatures[number],
        others,
        Turns(signer.address, stagger_seconds, clock),
        Opener(chain, store, signer.address, SECRETS[signer.address]),
    )


def step(cycle: Cycle) -> Step:
    """Bring the one task of the fake chain a step further."""
    return cycle.run(TASK_ID)[TASK_ID]
