"""Put OpenZeppelin's custom errors into words: Governor, Timelock and votes refuse with them.

The ABI that Vyper writes does not list them, so they are listed here. A line is the error as
Solidity declares it, and what it means; `{name}` stands for an argument.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

from dao_client.moments import write_moment

TES = 10**18
STATES = (
    "Pending", "Active", "Canceled", "Defeated", "Succeeded", "Queued", "Expired", "Executed",
)  # fmt: skip
OPERATION_STATES = ("Unset", "Waiting", "Ready", "Done")

_TEXTS = {
    "AccessControlBadConfirmation()": "a role is renounced by its holder only",
    "AccessControlUnauthorizedAccount(address account,bytes32 role)": (
        "{account} lacks the role {role}"
    ),
    "CheckpointUnorderedInsertion()": "a checkpoint lies in the past",
    "ECDSAInvalidSignature()": "the signature recovers no key",
    "ECDSAInvalidSignatureLength(uint256 length)": "the signature has {length} bytes, not 65",
    "ECDSAInvalidSignatureS(bytes32 s)": "the signature has a high s: negate s and flip v",
    "ERC5805FutureLookup(uint256 moment,uint48 clock)": (
        "{moment} is not over, the clock says {clock}"
    ),
    "FailedCall()": "a call of the proposal failed and gave no reason",
    "GovernorAlreadyCastVote(address voter)": "{voter} has voted already",
    "GovernorAlreadyQueuedProposal(uint256 proposal)": "proposal {proposal} is queued already",
    "GovernorDisabledDeposit()": "the Governor takes no money: send it to the Treasury",
    "GovernorInsufficientProposerVotes(address proposer,uint256 votes,uint256 threshold)": (
        "{proposer} has {votes} of the {threshold} votes that proposing takes"
    ),
    "GovernorInvalidProposalLength(uint256 targets,uint256 calldatas,uint256 values)": (
        "{targets} targets, {calldatas} calldatas and {values} values do not make a proposal"
    ),
    "GovernorInvalidQuorumFraction(uint256 numerator,uint256 denominator)": (
        "a quorum of {numerator}/{denominator} is out of bounds"
    ),
    "GovernorInvalidSignature(address voter)": (
        "the signature is not {voter}'s on this very vote and nonce"
    ),
    "GovernorInvalidVoteParams()": "a vote takes no parameters",
    "GovernorInvalidVoteType()": "vote 0 (against), 1 (for) or 2 (abstain)",
    "GovernorInvalidVotingPeriod(uint256 period)": "a voting period of {period} s is out of bounds",
    "GovernorNonexistentProposal(uint256 proposal)": "there is no proposal {proposal}",
    "GovernorOnlyExecutor(address account)": "{account} may not: only the Timelock, by a proposal",
    "GovernorPreventLateQuorumVoteExtensionTooLarge(uint256 extension,uint256 most)": (
        "a late extension of {extension} s is more than {most} s"
    ),
    "GovernorRestrictedProposer(address account)": (
        "the description names another proposer than {account}"
    ),
    "GovernorUnableToCancel(uint256 proposal,address account)": (
        "{account} cannot cancel proposal {proposal}: its proposer may while it is Pending, the "
        "guardian until its term ends"
    ),
    "GovernorUnexpectedProposalState(uint256 proposal,uint8 state,bytes32 states)": (
        "proposal {proposal} is {state}, it must be {states}"
    ),
    "InvalidAccountNonce(address account,uint256 nonce)": "the next nonce of {account} is {nonce}",
    "TimelockInsufficientDelay(uint256 delay,uint256 least)": (
        "a delay of {delay} s is less than {least} s"
    ),
    "TimelockInvalidOperationLength(uint256 targets,uint256 payloads,uint256 values)": (
        "{targets} targets, {payloads} payloads and {values} values do not make an operation"
    ),
    "TimelockUnauthorizedCaller(address caller)": "{caller} may not: only the Timelock itself",
    "TimelockUnexecutedPredecessor(bytes32 id)": "operation {id} must be executed before",
    "TimelockUnexpectedOperationState(bytes32 id,bytes32 operation_states)": (
        "operation {id} must be {operation_states}: is its delay over?"
    ),
    "VotesExpiredSignature(uint256 expiry)": "the signature expired at {expiry}",
}


@dataclass(frozen=True, slots=True)
class CustomError:
    """One error: its name, its arguments, and what it means."""

    name: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    text: str

    def words(self, body: bytes) -> str:
        """Return what an error's bytes say, without its selector."""
        values = dict(zip(self.names, decode(self.types, body), strict=True))
        shown = {name: _written(name, value) for name, value in values.items()}
        return f"{self.name}: {self.text.format(**shown)}"


def describe_error(returned: bytes) -> str | None:
    """Return a custom error in words; none for one that is not known."""
    known = ERRORS.get(returned[:4])
    try:
        return known.words(returned[4:]) if known else None
    except DecodingError:
        return None


def _states(names: tuple[str, ...], bitmap: bytes) -> str:
    bits = int.from_bytes(bitmap, "big")
    found = [name for place, name in enumerate(names) if bits >> place & 1]
    return " or ".join(found)


_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "votes": lambda value: f"{value / TES:.6g}",
    "threshold": lambda value: f"{value / TES:.6g}",
    "state": lambda value: STATES[value] if value < len(STATES) else str(value),
    "states": lambda value: _states(STATES, value) or "new: change its title or description",
    "operation_states": lambda value: _states(OPERATION_STATES, value) or "something else",
    "moment": write_moment,
    "clock": write_moment,
    "expiry": write_moment,
}

_ACCOUNTS = frozenset({"account", "caller", "proposer", "voter"})


def _written(name: str, value: Any) -> str:  # noqa: ANN401
    if name in _WRITERS:
        return _WRITERS[name](value)
    if name in _ACCOUNTS:
        return to_checksum_address(value)
    return "0x" + value.hex() if isinstance(value, bytes) else str(value)


def _parse(declaration: str, text: str) -> tuple[bytes, CustomError]:
    name, _, rest = declaration.rstrip(")").partition("(")
    arguments = [each.split(" ") for each in rest.split(",") if each]
    types = tuple(kind for kind, _ in arguments)
    error = CustomError(name, types, tuple(word for _, word in arguments), text)
    return keccak(text=f"{name}({','.join(types)})")[:4], error


ERRORS: Mapping[bytes, CustomError] = dict(_parse(*entry) for entry in _TEXTS.items())
