"""Ours and OpenZeppelin's Governor, each with a Timelock and a Parameters of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eth_abi.abi import encode

from dao_client.contracts import Call
from dao_client.contracts.abi import Abi
from dao_client.contracts.governor import Governor
from dao_client.contracts.parameters import ParameterId, Parameters
from dao_client.deploying import create_address
from dao_client.deployment import System
from dao_client.encoding import method_hash
from dao_client.keys import LocalSigner
from dao_client.methods import DEFAULT_METHOD
from dao_client.transactions import Sender
from dao_client.types import Address, Wei
from tests.referees.compiling import referees

from .motion import Motion

DAY = 86_400
NOBODY = Address("0x" + "00" * 20)
NEW_VALUE = 64_800
SETTINGS = (2 * DAY, 5 * DAY, 2 * DAY, 50, 5)
"""Delay, period, late extension in seconds; threshold in bps, quorum in percent: our defaults."""
TIMELOCK_TYPES = ("uint256", "address[]", "address[]", "address")
GOVERNOR_TYPES = (*4 * ("address",), "(uint48,uint32,uint48,uint256,uint256)")

Create = Callable[[Address, Address, Address], tuple[bytes, bytes]]
"""Give the creation code of a Timelock and of its Governor, for where three contracts will be."""


@dataclass(frozen=True)
class Chamber:
    """A Governor with one proposal of each kind."""

    number: Motion
    """Set one number that only stakers guard."""
    call: Motion
    """Let the Timelock call a contract that the Governor does not know: it stores one word."""


def our_chamber(system: System, deployer: LocalSigner) -> Chamber:
    """Deploy ours once more; its workers are the stakers, so that they can pass any call."""

    def create(timelock: Address, governor: Address, parameters: Address) -> tuple[bytes, bytes]:
        staking, token = system.staking.address, system.work_token.address
        asked = (staking, token, staking, timelock, parameters, *_unasked(system))
        return (
            _creation(system, "Timelock", (2 * DAY, [governor], [governor], NOBODY)),
            _creation(system, "Governor", (asked, NOBODY, 0, SETTINGS)),
        )

    return _chamber(system, deployer, create)


def reference_chamber(system: System, deployer: LocalSigner) -> Chamber:
    """Deploy OpenZeppelin's with the pieces that ours has, and our threshold and quorum."""

    def create(timelock: Address, governor: Address, _: Address) -> tuple[bytes, bytes]:
        staking, token = system.staking.address, system.work_token.address
        return (
            _reference("Timelock", TIMELOCK_TYPES, (2 * DAY, [governor], [governor], NOBODY)),
            _reference("Governor", GOVERNOR_TYPES, (staking, token, timelock, NOBODY, SETTINGS)),
        )

    return _chamber(system, deployer, create)


def _chamber(system: System, deployer: LocalSigner, create: Create) -> Chamber:
    sender = Sender(system.chain, deployer)
    nonce = system.chain.nonce(sender.address, "pending")
    places = [create_address(sender.address, nonce + step) for step in range(3)]
    timelock, governor, parameters = places
    values = list(system.parameters.values_of(ParameterId).values())
    rules = (timelock, system.task_escrow.address, values, [method_hash(DEFAULT_METHOD)])
    for code in (*create(*places), _creation(system, "Parameters", rules)):
        sender.send(Call(None, code, "deployment of a chamber"))
    numbers = Parameters(system.chain, parameters)
    return Chamber(
        Motion(
            Governor(system.chain, governor),
            numbers.set_parameter(ParameterId.CHALLENGE_SECONDS, NEW_VALUE),
            "# Shorten the challenge window",
        ),
        Motion(
            Governor(system.chain, governor),
            system.work_token.approve(deployer.address, Wei(10**18)),
            "# Let the deployer spend one TES",
        ),
    )


def _unasked(system: System) -> tuple[Address, Address]:
    return system.treasury.address, system.verdict_oracle.address


def _creation(system: System, name: str, arguments: Sequence[object]) -> bytes:
    return Abi.load(name).encode_creation(system.deployment.evm, arguments)


def _reference(name: str, types: Sequence[str], arguments: Sequence[object]) -> bytes:
    return referees()[f"Reference{name}"].bytecode + encode(types, arguments)
