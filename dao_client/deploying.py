"""Put every contract on a chain: they name each other by addresses known before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from eth_utils.address import to_canonical_address, to_checksum_address
from eth_utils.crypto import keccak

from dao_client.chain import Chain, Mined
from dao_client.contracts import Call, Token
from dao_client.contracts.abi import Abi
from dao_client.contracts.parameters import ParameterId
from dao_client.deployment import NAMES, Deployment
from dao_client.errors import MalformedDocument, TransactionRefused
from dao_client.genesis import GENESIS_SUPPLY, PAYMENT_TOKEN, TREASURY, Genesis, development_genesis
from dao_client.parameter_values import first_values
from dao_client.transactions import Sender
from dao_client.types import Address, Digest

ZERO_ADDRESS = Address("0x" + "00" * 20)
DAY = 86_400
RATE_UNIT = 10**18
"""A rate is TES wei for this many of the smallest units of a payment token."""

NOW = 0
"""The start of a grant that runs from deployment on."""

GOVERNANCE_BOUNDS: Mapping[str, tuple[int, int]] = {
    "voting_delay_seconds": (DAY, 7 * DAY),
    "voting_period_seconds": (3 * DAY, 14 * DAY),
    "late_extension_seconds": (DAY, 3 * DAY),
    "threshold_bps": (10, 200),
    "quorum_percent": (3, 20),
    "timelock_seconds": (2 * DAY, 30 * DAY),
    "guardian_seconds": (0, 2 * 365 * DAY),
}
"""What the contracts take; here too, so that nothing is deployed in vain."""

Places = Mapping[str, Address]
Arguments = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class GovernanceSettings:
    """How votes go on the first day; all within hard bounds."""

    voting_delay_seconds: int = 2 * DAY
    voting_period_seconds: int = 5 * DAY
    late_extension_seconds: int = 2 * DAY
    threshold_bps: int = 50
    """Of the staked supply, to propose."""
    quorum_percent: int = 5
    """Of the staked supply, to decide."""
    timelock_seconds: int = 2 * DAY
    guardian_seconds: int = 365 * DAY

    def __post_init__(self) -> None:
        for name, (least, most) in GOVERNANCE_BOUNDS.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise MalformedDocument(f"{name} = {value}: it must be {least} to {most}")


@dataclass(frozen=True, slots=True)
class DeploymentSettings:
    """What is fixed at deployment. A role left out goes to a contract, which is what is meant."""

    genesis: Genesis | None = None
    """The development genesis when left out."""
    parameters: Mapping[ParameterId, int] = field(default_factory=dict)
    """First values that differ from the usual ones."""
    methods: tuple[Digest, ...] = ()
    """Hashes of the aggregation methods that verdicts may use."""
    governance: GovernanceSettings = GovernanceSettings()
    arbitrator: Address | None = None
    treasury: Address | None = None
    fee_recipient: Address | None = None
    holder: Address | None = None
    """Who gets the half of the development genesis and the payment token; else the deployer."""
    has_payment_token: bool = False
    """Also deploy a payment token that anyone can mint: for development chains only."""


def deploy(sender: Sender, settings: DeploymentSettings) -> Deployment:
    """Deploy all contracts; no wallet has any role in them afterwards."""
    return deploy_measured(sender, settings)[0]


def deploy_measured(
    sender: Sender, settings: DeploymentSettings
) -> tuple[Deployment, dict[str, Mined]]:
    """Deploy all contracts and tell what each took, by contract name."""
    plan = _plan(sender, settings)
    evm = evm_of(sender.chain)
    mined: dict[str, Mined] = {}
    for name, arguments in plan.constructors():
        data = Abi.load(name).encode_creation(evm, arguments)
        mined[name] = sender.send(Call(None, data, f"deployment of {name}", arguments))
        if mined[name].contract != plan.places[name]:
            raise TransactionRefused(
                f"{name} came to {mined[name].contract} instead of {plan.places[name]}: another "
                f"program used the wallet {sender.address} meanwhile; deploy again"
            )
    deployed = {NAMES[name]: plan.places[name] for name in mined}
    block = mined["WorkToken"].block_number
    return Deployment(sender.chain.chain_id, evm, block, **deployed), mined


def create_address(deployer: Address, nonce: int) -> Address:
    """Return the address that a deployer's transaction with this nonce gives a contract.

    It is the end of the hash of both in RLP: lengths from 0x80 (bytes) and 0xc0 (list) up.
    """
    number = nonce.to_bytes((nonce.bit_length() + 7) // 8, "big")
    is_one_byte = 0 < nonce < 0x80
    item = number if is_one_byte else bytes([0x80 + len(number)]) + number
    body = bytes([0x80 + 20]) + to_canonical_address(deployer) + item
    address = keccak(bytes([0xC0 + len(body)]) + body)[12:]
    return Address(to_checksum_address(address))


def evm_of(chain: Chain) -> str:
    """Return the EVM version to deploy for: blocks have had blob gas since cancun."""
    block: dict[str, object] = chain.rpc.call("eth_getBlockByNumber", "latest", False)
    return "cancun" if "blobGasUsed" in block else "shanghai"


def _plan(sender: Sender, settings: DeploymentSettings) -> "_Plan":
    """Find out everything that could be refused before the first transaction."""
    holder = settings.holder or sender.address
    genesis = settings.genesis or development_genesis(
        holder, has_payment_token=settings.has_payment_token
    )
    left_out = {"Guardian": not genesis.guardians, "PaymentToken": not settings.has_payment_token}
    names = [name for name in NAMES if not left_out.get(name)]
    nonce = sender.chain.nonce(sender.address, "pending")
    places = {name: create_address(sender.address, nonce + step) for step, name in enumerate(names)}
    values = first_values(settings.parameters)
    return _Plan(settings, genesis, holder, places, values, _rates(sender.chain, genesis, places))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything that the constructors are told."""

    settings: DeploymentSettings
    genesis: Genesis
    holder: Address
    places: Places
    values: tuple[int, ...]
    rates: tuple[Arguments, ...]

    def constructors(self) -> Iterator[tuple[str, Arguments]]:
        """Yield contracts in the order of their deployment, with their arguments."""
        arguments = {**self._work(), **self._dao(), **self._money()}
        for name in self.places:
            yield name, arguments[name]

    def _work(self) -> dict[str, Arguments]:
        at, settings = self.places, self.settings
        treasury = settings.treasury or at["Treasury"]
        fee_recipient = settings.fee_recipient or at["Rewards"]
        arbitrator = settings.arbitrator or at["Timelock"]
        oracle, escrow = at["VerdictOracle"], at["TaskEscrow"]
        token, staking, parameters = at["WorkToken"], at["Staking"], at["Parameters"]
        return {
            "Staking": (token, oracle, treasury, parameters, at["EntryStake"]),
            "TaskEscrow": (oracle, fee_recipient),
            "VerdictOracle": (
                *(staking, escrow, token, parameters, arbitrator, treasury),
                at["InsurancePool"],
            ),
            "Parameters": (at["Timelock"], escrow, self.values, settings.methods),
            "EntryStake": (escrow, staking),
        }

    def _dao(self) -> dict[str, Arguments]:
        at, governance = self.places, self.settings.governance
        judged = ("Staking", "WorkToken", "WorkerHouse", "Timelock", "Parameters", "Treasury")
        guardian = at.get("Guardian", ZERO_ADDRESS)
        return {
            "Timelock": (
                governance.timelock_seconds,
                (at["Governor"],),
                (at["Governor"],),
                ZERO_ADDRESS,
            ),
            "Governor": (
                (*(at[name] for name in judged), at["VerdictOracle"]),
                guardian,
                governance.guardian_seconds if self.genesis.guardians else 0,
                (
                    governance.voting_delay_seconds,
                    governance.voting_period_seconds,
                    governance.late_extension_seconds,
                    governance.threshold_bps,
                    governance.quorum_percent,
                ),
            ),
            "WorkerHouse": (at["Rewards"], self.genesis.worker_cap, self.genesis.least_house),
            "Guardian": (at["Governor"], self.genesis.guardians),
        }

    def _money(self) -> dict[str, Arguments]:
        at, genesis = self.places, self.genesis
        allocations = tuple(
            (at["Treasury"] if each.to == TREASURY else each.to, each.amount)
            for each in genesis.allocations
        )
        paid = ("WorkToken", "Staking", "TaskEscrow", "VerdictOracle", "WorkerHouse", "Timelock")
        grants = tuple(
            (
                at["WorkToken"],
                each.to,
                each.amount,
                NOW,
                each.cliff_seconds,
                each.duration_seconds,
            )
            for each in genesis.grants
        )
        return {
            "WorkToken": (allocations, at["Rewards"]),
            "Rewards": (*(at[name] for name in paid), genesis.emission_cap, self.rates),
            "Treasury": (at["Timelock"], at["Staking"], grants),
            "InsurancePool": (at["Timelock"], at["Staking"]),
            "PaymentToken": ("Tessera test coin", "TEST", 18, self.holder, GENESIS_SUPPLY),
        }


def _rates(chain: Chain, genesis: Genesis, places: Places) -> tuple[Arguments, ...]:
    """Return rates in the contract's unit, for which a token's decimals are asked."""
    return tuple(_rate(chain, each.token, each.tes, places) for each in genesis.rates)


def _rate(chain: Chain, token: str, tes: int, places: Places) -> Arguments:
    if token == PAYMENT_TOKEN:
        if "PaymentToken" not in places:
            raise TransactionRefused(
                "payment_tokens names payment_token, which is not deployed: give --test-token or "
                "write an address"
            )
        return (places["PaymentToken"], tes)
    decimals = Token(chain, Address(token)).decimals()
    return (token, tes * RATE_UNIT // 10**decimals)
