"""Ours and OpenZeppelin's Governor, each with a Timelock and a Parameters of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_abi.abi import encode
from eth_utils.crypto import keccak

from dao_client.contracts import Call
from dao_client.contracts.abi import Abi
from dao_client.contracts.governor import Governor, ProposalCalls, Support
from dao_client.contracts.parameters import ParameterId, Parameters
from dao_client.deploying import create_address
from dao_client.deployment import System
from dao_client.encoding import method_hash
from dao_client.keys import LocalSigner
from dao_client.requester import DEFAULT_METHOD
from dao_client.transactions import Sender
from dao_client.types import Address, Digest, Timestamp, Wei
from tests.referees.compiling import referees

NOBODY = Address("0x" + "00" * 20)
DAY = 86_400
DESCRIPTION = "# Shorten the challenge window\n\nEighteen hours are enough for those who watch."
CHANGED, NEW_VALUE = ParameterId.CHALLENGE_SECONDS, 64_800
TIMELOCK_TYPES = ("uint256", "address[]", "address[]", "address")
GOVERNOR_TYPES = (*4 * ("address",), "(uint48,uint32,uint48,uint256,uint256)")
BALLOT = [
    {"name": "proposalId", "type": "uint256"},
    {"name": "support", "type": "uint8"},
    {"name": "voter", "type": "address"},
    {"name": "nonce", "type": "uint256"},
]
DOMAIN = [
    {"name": "name", "type": "string"},
    {"name": "version", "type": "string"},
    {"name": "chainId", "type": "uint256"},
    {"name": "verifyingContract", "type": "address"},
]


@dataclass(frozen=True)
class Chamber:
    """A Governor and the Parameters that its Timelock may change; it has one proposal."""

    governor: Governor
    parameters: Parameters

    @property
    def calls(self) -> ProposalCalls:
        """What the proposal does: set one number that only stakers guard."""
        change = self.parameters.set_parameter(CHANGED, NEW_VALUE)
        hashed = Digest(keccak(text=DESCRIPTION))
        return ProposalCalls((self.parameters.address,), (Wei(0),), (change.data,), hashed)

    @property
    def proposal(self) -> int:
        """The id of the proposal."""
        return self.governor.proposal_id(self.calls)

    def propose(self) -> Call:
        """Propose it."""
        calls = self.calls
        return self.governor.propose(calls.targets, calls.values, calls.calldatas, DESCRIPTION)

    def vote(self, support: Support) -> Call:
        """Vote by transaction."""
        return self.governor.cast_vote(self.proposal, support)

    def vote_signed(self, voter: LocalSigner, support: Support) -> Call:
        """Hand in a ballot that the voter signs."""
        ballot = {
            "proposalId": self.proposal,
            "support": int(support),
            "voter": voter.address,
            "nonce": self.governor.nonce(voter.address),
        }
        domain = {
            "name": "Tessera",
            "version": "1",
            "chainId": self.governor.contract.chain.chain_id,
            "verifyingContract": self.governor.address,
        }
        types = {"EIP712Domain": DOMAIN, "Ballot": BALLOT}
        signature = voter.sign_typed(
            {"types": types, "primaryType": "Ballot", "domain": domain, "message": ballot}
        )
        return self.governor.cast_vote_by_sig(self.proposal, support, voter.address, signature)

    def queue(self) -> Call:
        """Start the delay."""
        return self.governor.queue(self.calls)

    def execute(self) -> Call:
        """Change the number."""
        return self.governor.execute(self.calls)

    def snapshot(self) -> Timestamp:
        """Return when voting starts."""
        return self.governor.snapshot(self.proposal)

    def deadline(self) -> Timestamp:
        """Return when voting ends."""
        return self.governor.deadline(self.proposal)

    def eta(self) -> Timestamp:
        """Return when the delay ends."""
        return self.governor.eta(self.proposal)

    def is_done(self) -> bool:
        """Return whether the number has been changed."""
        return self.parameters.value_of(CHANGED) == NEW_VALUE


def our_chamber(system: System) -> Chamber:
    """Return the deployment's own."""
    return Chamber(system.governor, system.parameters)


def reference_chamber(system: System, deployer: LocalSigner) -> Chamber:
    """Deploy OpenZeppelin's Governor and Timelock, and a Parameters that they rule."""
    sender = Sender(system.chain, deployer)
    nonce = system.chain.nonce(sender.address, "pending")
    timelock, governor = (create_address(sender.address, nonce + step) for step in range(2))
    delays = (2 * DAY, [governor], [governor], NOBODY)
    _create(sender, "ReferenceTimelock", TIMELOCK_TYPES, delays)
    settings = (2 * DAY, 5 * DAY, 2 * DAY, 50, 5)  # as ours by default
    votes = system.staking.address, system.work_token.address
    _create(sender, "ReferenceGovernor", GOVERNOR_TYPES, (*votes, timelock, NOBODY, settings))
    values = list(system.parameters.values_of(ParameterId).values())
    rules = (timelock, system.task_escrow.address, values, [method_hash(DEFAULT_METHOD)])
    data = Abi.load("Parameters").encode_creation(system.deployment.evm, rules)
    created = sender.send(Call(None, data, "deployment of Parameters")).contract
    assert created is not None
    return Chamber(Governor(system.chain, governor), Parameters(system.chain, created))


def _create(sender: Sender, name: str, types: Sequence[str], arguments: Sequence[object]) -> None:
    code = referees()[name].bytecode + encode(types, arguments)
    sender.send(Call(None, code, f"deployment of {name}"))
