"""Know where the contracts of a chain are; put them there."""

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Self

from eth_utils.address import to_canonical_address, to_checksum_address
from eth_utils.crypto import keccak

from dao_client.chain import Chain, Mined
from dao_client.contracts import (
    Call,
    OracleSettings,
    Staking,
    TaskEscrow,
    Token,
    VerdictOracle,
    WorkToken,
)
from dao_client.contracts.abi import Abi
from dao_client.errors import DeploymentUnknown, TransactionRefused, WrongChain
from dao_client.messages import Domain
from dao_client.transactions import Sender
from dao_client.types import Address, BlockNumber, Wei

ZERO_ADDRESS = Address("0x" + "00" * 20)
DAY = 86_400
ONE_TOKEN = 10**18
MAX_FEE_BPS = 1_000
GENESIS_SUPPLY = Wei(100_000_000 * ONE_TOKEN)


DEFAULT_ORACLE = OracleSettings(
    min_operator_stake=Wei(1_000 * ONE_TOKEN),
    challenge_bond=Wei(100 * ONE_TOKEN),
    challenge_seconds=DAY,
    ruling_seconds=3 * DAY,
    grace_seconds=DAY,
    operator_slash_bps=5_000,
)


@dataclass(frozen=True, slots=True)
class DeploymentSettings:
    """What is fixed for ever at deployment; an address left out is the deployer's."""

    treasury: Address | None = None
    arbitrator: Address | None = None
    fee_recipient: Address | None = None
    holder: Address | None = None
    supply: Wei = GENESIS_SUPPLY
    unbonding_seconds: int = 14 * DAY
    fee_bps: int = 250
    oracle: OracleSettings = DEFAULT_ORACLE
    has_payment_token: bool = False
    """Also deploy a payment token that anyone can mint: for development chains only."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment, as `deployments/<chain_id>.json` keeps it."""

    chain_id: int
    evm: str
    block: BlockNumber
    work_token: Address
    staking: Address
    task_escrow: Address
    verdict_oracle: Address
    payment_token: Address | None = None
    fee_bps: int = MAX_FEE_BPS
    """The fee on payouts: what a requester adds to the budget and gets back if it is less."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a deployment file."""
        try:
            found = json.loads(path.read_text("utf-8"))
            contracts = {_NAMES[name]: _address(each) for name, each in found["contracts"].items()}
            return cls(
                int(found["chain_id"]),
                found["evm"],
                BlockNumber(found["block"]),
                fee_bps=int(found.get("fee_bps", MAX_FEE_BPS)),
                **contracts,
            )
        except OSError as error:
            raise DeploymentUnknown(
                f"the deployment file {path} cannot be read ({error.strerror}): "
                "name another with --deployment, or run `tessera deploy`"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise DeploymentUnknown(
                f"the deployment file {path} is malformed ({error!r}): run `tessera deploy` again"
            ) from error

    def save(self, path: Path) -> None:
        """Write the deployment file."""
        addresses = {name: getattr(self, key) for name, key in _NAMES.items()}
        content = {
            "chain_id": self.chain_id,
            "evm": self.evm,
            "block": self.block,
            "fee_bps": self.fee_bps,
            "contracts": {name: each for name, each in addresses.items() if each},
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


_NAMES = {
    "WorkToken": "work_token",
    "Staking": "staking",
    "TaskEscrow": "task_escrow",
    "VerdictOracle": "verdict_oracle",
    "PaymentToken": "payment_token",
}


@dataclass(frozen=True, slots=True)
class System:
    """The contracts of a deployment on a live chain."""

    chain: Chain
    deployment: Deployment
    work_token: WorkToken
    staking: Staking
    task_escrow: TaskEscrow
    verdict_oracle: VerdictOracle

    @classmethod
    def connect(cls, chain: Chain, deployment: Deployment) -> Self:
        """Join a deployment with its chain; refuse another chain, or one that was started anew."""
        if chain.chain_id != deployment.chain_id:
            raise WrongChain(
                f"{chain.rpc.url} is chain {chain.chain_id}, the deployment is on chain "
                f"{deployment.chain_id}: give the node or the deployment file that belongs to it"
            )
        if not chain.code(deployment.task_escrow):
            raise DeploymentUnknown(
                f"there is no contract at {deployment.task_escrow} on chain {chain.chain_id}: "
                "was the chain started anew? run `tessera deploy`"
            )
        return cls(
            chain,
            deployment,
            WorkToken(chain, deployment.work_token),
            Staking(chain, deployment.staking),
            TaskEscrow(chain, deployment.task_escrow),
            VerdictOracle(chain, deployment.verdict_oracle),
        )

    @property
    def first_block(self) -> BlockNumber:
        """The block from which on events can exist."""
        return self.deployment.block

    @property
    def escrow_domain(self) -> Domain:
        """What submissions and receipts are signed for."""
        return Domain(self.chain.chain_id, self.task_escrow.address)

    @property
    def oracle_domain(self) -> Domain:
        """What verdicts are signed for."""
        return Domain(self.chain.chain_id, self.verdict_oracle.address)

    def token(self, address: Address) -> Token:
        """Return any payment token on this chain."""
        return Token(self.chain, address)


def deploy(sender: Sender, settings: DeploymentSettings) -> Deployment:
    """Deploy all contracts; they know each other by the addresses that nonces give them."""
    return deploy_measured(sender, settings)[0]


def deploy_measured(
    sender: Sender, settings: DeploymentSettings
) -> tuple[Deployment, dict[str, Mined]]:
    """Deploy all contracts and tell what each took, by contract name."""
    nonce = sender.chain.nonce(sender.address, "pending")
    evm = evm_of(sender.chain)
    places = {
        name: create_address(sender.address, nonce + step) for step, name in enumerate(_NAMES)
    }
    mined: dict[str, Mined] = {}
    for name, arguments in _constructors(sender.address, settings, places):
        data = Abi.load(name).encode_creation(evm, arguments)
        mined[name] = sender.send(Call(None, data, f"deployment of {name}", arguments))
        if mined[name].contract != places[name]:
            raise TransactionRefused(
                f"{name} came to {mined[name].contract} instead of {places[name]}: another program "
                f"used the wallet {sender.address} meanwhile; deploy again"
            )
    deployed = {_NAMES[name]: places[name] for name in mined}
    block = mined["WorkToken"].block_number
    fee_bps = settings.fee_bps
    return Deployment(sender.chain.chain_id, evm, block, fee_bps=fee_bps, **deployed), mined


def create_address(deployer: Address, nonce: int) -> Address:
    """Return the address that a deployer's transaction with this nonce gives a contract.

    It is the end of the hash of both in RLP: lengths from 0x80 (bytes) and 0xc0 (list) up.
    """
    number = nonce.to_bytes((nonce.bit_length() + 7) // 8, "big")
    is_one_byte = 0 < nonce < 0x80
    item = number if is_one_byte else bytes([0x80 + len(number)]) + number
    body = bytes([0x80 + 20]) + to_canonical_address(deployer) + item
    return _address(keccak(bytes([0xC0 + len(body)]) + body)[12:])


def evm_of(chain: Chain) -> str:
    """Return the EVM version to deploy for: blocks have had blob gas since cancun."""
    block: dict[str, Any] = chain.rpc.call("eth_getBlockByNumber", "latest", False)
    return "cancun" if "blobGasUsed" in block else "shanghai"


def _constructors(
    deployer: Address, settings: DeploymentSettings, places: dict[str, Address]
) -> Iterator[tuple[str, tuple[object, ...]]]:
    token, staking, escrow, oracle = (places[name] for name in list(_NAMES)[:4])
    treasury = settings.treasury or deployer
    holder = settings.holder or deployer
    yield "WorkToken", (holder, settings.supply, ZERO_ADDRESS)
    yield "Staking", (token, oracle, treasury, settings.unbonding_seconds)
    yield "TaskEscrow", (oracle, settings.fee_bps, settings.fee_recipient or treasury)
    arbitrator = settings.arbitrator or deployer
    yield (
        "VerdictOracle",
        (staking, escrow, token, arbitrator, treasury, astuple(settings.oracle)),
    )
    if settings.has_payment_token:
        yield "PaymentToken", ("Tessera test coin", "TEST", 18, holder, settings.supply)


def _address(value: str | bytes) -> Address:
    return Address(to_checksum_address(value))
