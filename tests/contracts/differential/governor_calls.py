"""The proposals and ballots of random votes."""

from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from hypothesis import strategies as st

from tests.contracts.differential.governor_sides import Sides
from tests.contracts.differential.playing import calldata
from tests.contracts.governor.world import Proposal
from tests.system import DAY

DOMAIN = [
    {"name": "name", "type": "string"},
    {"name": "version", "type": "string"},
    {"name": "chainId", "type": "uint256"},
    {"name": "verifyingContract", "type": "address"},
]
BALLOT = [
    {"name": "proposalId", "type": "uint256"},
    {"name": "support", "type": "uint8"},
    {"name": "voter", "type": "address"},
    {"name": "nonce", "type": "uint256"},
]
REASON = [{"name": "reason", "type": "string"}, {"name": "params", "type": "bytes"}]

SETTERS = ["setVotingDelay(uint48)", "setVotingPeriod(uint32)", "setProposalThreshold(uint256)"]
SETTERS += ["setLateQuorumVoteExtension(uint48)", "updateQuorumNumerator(uint256)"]
WITHIN = [(DAY, 3 * DAY), (3 * DAY, 14 * DAY), (10, 200), (DAY, 3 * DAY), (3, 20)]
BEYOND = [DAY - 1, 7 * DAY + 1, 3 * DAY - 1, 14 * DAY + 1, 9, 201, 3 * DAY + 1, 2, 21, 101, 0]

places = st.integers(0, 255)
numbers = st.integers(0, 9)
texts = st.sampled_from(["", "Because.", "Ünsinn — 票", "x" * 200])
# a setter or something critical; how; a hint at what else
shapes = st.tuples(st.integers(0, 11), st.integers(0, 5), places)


def proposal_of(sides: Sides, made: list[Any], why: str, is_critical: bool) -> Proposal:
    """Make a proposal of simple calls, or of anything."""
    make = _critical_call if is_critical else _number_call
    calls = [make(sides, *shape) for shape in made]
    return Proposal(
        [call[0] for call in calls], [call[1] for call in calls], [call[2] for call in calls], why
    )


def _number_call(sides: Sides, shape: int, how: int, place: int) -> tuple[str, int, bytes]:
    """Change a number that workers need no protection from."""
    if shape > 9:
        value = 100 + place % 25 + (200 if how == 0 else 0)
        return sides.places.parameters, 0, calldata("set_parameter(uint256,uint256)", 8, value)
    setter = shape % len(SETTERS)
    least, most = WITHIN[setter]
    value = least + place % (most - least + 1) if how else BEYOND[place % len(BEYOND)]
    return sides.places.governor, 0, calldata(SETTERS[setter], value)


def _critical_call(sides: Sides, shape: int, how: int, place: int) -> tuple[str, int, bytes]:
    """Do anything else."""
    governor, target = sides.places.governor, sides.places.target
    note = calldata("note(uint256)", place)
    relayed = {0: calldata("throw(bytes)", b"\xab" * place), 1: b"\x12\x34\x56\x78"}.get(how, note)
    accounts = ["0x" + "00" * 20, sides.guardian, sides.stranger, sides.voters[0]]
    return [
        (target, place, note),
        (target, 0, calldata("throw(bytes)", b"\xcd" * place)),
        (sides.stranger, place % 3, b""),
        (governor, 0, calldata("setProposalGuardian(address)", accounts[place % 4])),
        (governor, 0, calldata("updateTimelock(address)", sides.places.timelock)),
        (governor, place % 2, calldata("relay(address,uint256,bytes)", target, place % 2, relayed)),
        (governor, 0, calldata("relay(address,uint256,bytes)", target, how % 2, relayed)),
        (sides.places.timelock, 0, calldata("updateDelay(uint256)", (7 + place % 23) * DAY)),
        (governor, 0, calldata("propose(address[],uint256[],bytes[],string)", [], [], [], "")),
        (target, 0, note),
    ][shape % 10]


def ballot_of(
    sides: Sides, proposal_id: int, support: int, voter: str, nonce: int, more: dict[str, Any]
) -> dict[str, Any]:
    """Make the typed message of a ballot; with a reason if there is `more`."""
    kind = "ExtendedBallot" if more else "Ballot"
    return {
        "types": {"EIP712Domain": DOMAIN, kind: [*BALLOT, *(REASON if more else [])]},
        "primaryType": kind,
        "domain": {
            "name": "Tessera",
            "version": "1",
            "chainId": sides.chains[0].evm.patch.chain_id,
            "verifyingContract": sides.places.governor,
        },
        "message": {
            "proposalId": proposal_id,
            "support": support,
            "voter": voter,
            "nonce": nonce,
            **more,
        },
    }


def signature_of(key: LocalAccount, ballot: dict[str, Any], fault: int) -> bytes:
    """Sign, now and then badly."""
    signature = bytes(Account.sign_typed_data(key.key, full_message=ballot).signature)
    s = int.from_bytes(signature[32:64])
    order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
    upper = signature[:32] + (order - s).to_bytes(32, "big") + bytes([55 - signature[64]])
    faults = {
        0: signature[:64],
        1: upper,
        2: signature[:64] + b"\x05",
        3: b"",
        4: signature + b"\x00",
    }
    return faults.get(fault, signature)
