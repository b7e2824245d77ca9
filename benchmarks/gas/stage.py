"""Set the stage: a fresh node at a fixed time, the contracts, and who acts on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dao_client.chain import Chain
from dao_client.contracts import Call, Token
from dao_client.deploying import DeploymentSettings, deploy
from dao_client.deployment import System
from dao_client.encoding import method_hash
from dao_client.keys import LocalSigner
from dao_client.methods import DEFAULT_METHOD
from dao_client.nodes import advance, start_chain, stop_chain
from dao_client.transactions import Sender
from dao_client.types import Timestamp, Wei

HOUR = 3_600
DAY = 24 * HOUR
SUBMIT_DEADLINE = Timestamp(0x77777777)  # in July 2033: no byte is zero, as today
REVEAL_SECONDS = HOUR
VERDICT_SECONDS = DAY
REVEAL_DEADLINE = SUBMIT_DEADLINE + REVEAL_SECONDS
START = SUBMIT_DEADLINE - DAY
ALLOWANCE = Wei(2**256 - 1)
STAKE = Wei(1_000 * 10**18)

(DEPLOYER, REQUESTER, SECOND_REQUESTER, GATEWAY, ANYONE, WORKER, CHALLENGER, *_SIGNING) = (
    LocalSigner.from_mnemonic(place) for place in range(10)
)
SETTINGS = DeploymentSettings(
    has_payment_token=True,
    arbitrator=DEPLOYER.address,
    methods=(method_hash(DEFAULT_METHOD),),
)
OPERATORS = tuple(sorted(_SIGNING, key=lambda signer: int(signer.address, 16)))
"""Three, ascending by address, as their signatures must stand."""


@dataclass(frozen=True)
class Stage:
    """The contracts on a node of its own, with a token that pays for tasks."""

    system: System
    token: Token

    def spend(self, signer: LocalSigner, call: Call) -> int:
        """Send a transaction, a second after the last, and return the gas of its receipt.

        Two changes of votes in one second share a checkpoint, and the later one would be cheaper.
        """
        advance(self.system.chain, 1)
        return Sender(self.system.chain, signer).send(call).gas_used

    def go_to(self, timestamp: int) -> None:
        """Move the clock to a fixed time, or a few seconds after it."""
        advance(self.system.chain, max(timestamp - self.system.chain.clock(), 0))


@contextmanager
def open_stage(kind: str, folder: Path) -> Iterator[Stage]:
    """Start a node at `START`, deploy, hand out tokens; stop the node afterwards."""
    node = start_chain(kind, state_dir=folder, accounts=10)
    try:
        chain = Chain.connect(node.url)
        deployer = Sender(chain, DEPLOYER)
        advance(chain, START - chain.clock())
        deployment = deploy(deployer, SETTINGS)
        system = System.connect(chain, deployment)
        assert deployment.payment_token is not None
        stage = Stage(system, system.token(deployment.payment_token))
        for requester in (REQUESTER, SECOND_REQUESTER):
            deployer.send(stage.token.transfer(requester.address, Wei(10**24)))
        approval = stage.token.approve(system.task_escrow.address, ALLOWANCE)
        Sender(chain, REQUESTER).send(approval)
        yield stage
    finally:
        stop_chain(folder)
