"""Calldata games: whoever hides a call or spells it oddly gets no easier vote and no second id."""

from collections.abc import Sequence

import boa
import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.differential.playing import calldata, play
from tests.contracts.governor.world import (
    DEFEATED,
    HASHED,
    NOBODY,
    PENDING,
    PROPOSE,
    Dao,
    Proposal,
    carry,
    check_refused,
    one_call,
    unexpected,
)
from tests.system import DAY

pytestmark = pytest.mark.chain

SET = "set_parameter(uint256,uint256)"
FEE, SEAT_SIZE = 0, 8
PROTECTED = (True, False, False)
CRITICAL = (True, True, True)
ANY_BATCH = "(address[],uint256[],bytes[],bytes32,bytes32"
EMPTY_QUEUE = calldata("Panic(uint256)", 0x31)


def word(number: int) -> bytes:
    return number.to_bytes(32, "big")


def dirty(data: bytes) -> bytes:
    """Fill the last word with what no encoder would put there."""
    return data + b"\xff" * (-len(data) % 32)


def backwards(proposal: Proposal) -> bytes:
    """Spell `propose` with its arguments in reverse order and dirt behind every string of bytes."""
    text = proposal.description.encode()
    parts = [word(len(text)) + dirty(text)]
    tails = [word(len(data)) + dirty(data) for data in proposal.calldatas]
    places = [32 * len(tails) + sum(map(len, tails[:index])) for index in range(len(tails))]
    parts.append(word(len(tails)) + b"".join(map(word, places)) + b"".join(tails))
    for numbers in (proposal.values, [int(target, 16) for target in proposal.targets]):
        parts.append(b"".join(map(word, [len(numbers), *numbers])))
    offsets = [128 + sum(map(len, parts[:index])) for index in range(4)]
    return keccak(text=PROPOSE)[:4] + b"".join(map(word, reversed(offsets))) + b"".join(parts)


def send(dao: Dao, data: bytes, sender: str) -> bool:
    """Send raw calldata to the Governor."""
    to = dao.governor.address
    return bool(boa.env.execute_code(to_address=to, sender=sender, data=data).is_success)


def test_propose__odd_encoding__has_the_same_id_and_class(dao: Dao, whale: str) -> None:
    target = dao.system.parameters.address
    calls = [calldata(SET, SEAT_SIZE, 99), calldata(SET, FEE, 250)]
    proposal = Proposal([target] * 2, [0, 0], calls, "Only the seats.")

    assert send(dao, backwards(proposal), whale)

    assert dao.governor.state(proposal.id) == PENDING
    assert dao.governor.proposal_class(proposal.id) == PROTECTED
    refusal = unexpected(proposal, PENDING)
    check_refused(dao, refusal, PROPOSE, *proposal.call, sender=whale, about=[proposal])


def test_propose__target_with_dirty_bits__is_refused(
    dao: Dao, protected: Proposal, whale: str
) -> None:
    data = calldata(PROPOSE, *protected.call)
    address = bytes.fromhex(protected.targets[0][2:])
    place = data.index(b"\x00" * 12 + address)

    assert not send(dao, data[:place] + b"\x01" + data[place + 1 :], whale)

    assert dao.governor.proposalSnapshot(protected.id) == 0


@pytest.mark.parametrize("tail", [b"\x00", b"\x00" * 32, word(SEAT_SIZE) * 2])
def test_class__of_a_protected_number_with_a_tail__stays_protected(
    dao: Dao, whale: str, tail: bytes
) -> None:
    data = calldata(SET, FEE, 250) + tail
    proposal = Proposal([dao.system.parameters.address], [0], [data])

    assert play(dao.governor, PROPOSE, *proposal.call, sender=whale).succeeded

    assert dao.governor.proposal_class(proposal.id) == PROTECTED


def nested(dao: Dao, data: bytes) -> dict[str, Proposal]:
    """The same call to Parameters, wrapped into whatever passes calls on."""
    target = dao.system.parameters.address
    batch = ([target], [0], [data], b"\x00" * 32, b"\x00" * 32)
    single = (target, 0, data, b"\x00" * 32, b"\x00" * 32)
    return {
        "relay": one_call(dao.governor, "relay(address,uint256,bytes)", target, 0, data),
        "schedule": one_call(
            dao.timelock, "schedule(address,uint256,bytes,bytes32,bytes32,uint256)", *single, 1
        ),
        "execute": one_call(
            dao.timelock, "execute(address,uint256,bytes,bytes32,bytes32)", *single
        ),
        "scheduleBatch": one_call(
            dao.timelock, f"scheduleBatch{ANY_BATCH},uint256)", *batch, 2 * DAY
        ),
        "executeBatch": one_call(dao.timelock, f"executeBatch{ANY_BATCH})", *batch),
        "propose": one_call(dao.governor, PROPOSE, [target], [0], [data], "Again."),
        "queue": one_call(dao.governor, f"queue{HASHED}", [target], [0], [data], b"\x00" * 32),
    }


@pytest.mark.parametrize(
    "wrapping",
    ["relay", "schedule", "execute", "scheduleBatch", "executeBatch", "propose", "queue"],
)
def test_class__of_a_number_passed_on_by_another__is_critical(
    dao: Dao, whale: str, wrapping: str
) -> None:
    proposal = nested(dao, calldata(SET, SEAT_SIZE, 99))[wrapping]

    assert not carry(dao, proposal, [whale]).succeeded

    assert dao.governor.proposal_class(proposal.id) == CRITICAL
    assert dao.governor.state(proposal.id) == DEFEATED


@pytest.mark.parametrize("selector", ["set_parameter(uint256,uint256)", "setVotingDelay(uint48)"])
@pytest.mark.parametrize("place", ["timelock", "treasury", "verdict_oracle", "staking", "nobody"])
def test_class__of_a_known_function_elsewhere__is_critical(
    dao: Dao, whale: str, selector: str, place: str
) -> None:
    found = getattr(dao, place, None) or getattr(dao.system, place, None)
    target = NOBODY if found is None else str(found.address)
    data = keccak(text=selector)[:4] + encode(["uint256", "uint256"], [SEAT_SIZE, 99])
    proposal = Proposal([target], [0], [data])

    assert play(dao.governor, PROPOSE, *proposal.call, sender=whale).succeeded

    assert dao.governor.proposal_class(proposal.id) == CRITICAL


def own_calls(dao: Dao, calls: Sequence[bytes]) -> Proposal:
    """Let a proposal call the Governor itself."""
    return Proposal([dao.governor.address] * len(calls), [0] * len(calls), list(calls))


def test_execute__own_call_that_no_setter_takes__leaves_nothing_expected(
    dao: Dao, whale: str, big_worker: str
) -> None:
    delay = calldata("setVotingDelay(uint48)", 3 * DAY)
    proposal = own_calls(
        dao, [delay, calldata("name()"), calldata("hasVoted(uint256,address)", 1, NOBODY)]
    )
    assert carry(dao, proposal, [whale, big_worker]).succeeded

    call = ("setVotingDelay(uint48)", 3 * DAY)
    check_refused(dao, EMPTY_QUEUE, *call, sender=dao.timelock.address)


def test_execute__same_own_call_twice__is_expected_twice_and_no_more(dao: Dao, whale: str) -> None:
    calls = [calldata("setVotingDelay(uint48)", days * DAY) for days in (3, 4, 3)]
    assert carry(dao, own_calls(dao, calls), [whale]).succeeded

    assert dao.governor.votingDelay() == 3 * DAY
    for days in (3, 4):
        call = ("setVotingDelay(uint48)", days * DAY)
        check_refused(dao, EMPTY_QUEUE, *call, sender=dao.timelock.address)


def test_execute__timelock_replaced_in_the_middle__undoes_all(
    dao: Dao, whale: str, big_worker: str
) -> None:
    calls = [
        calldata("updateTimelock(address)", account_of("next_timelock")),
        calldata("setVotingDelay(uint48)", 3 * DAY),
    ]
    outcome = carry(dao, own_calls(dao, calls), [whale, big_worker])

    refusal = calldata("GovernorOnlyExecutor(address)", dao.timelock.address)
    assert (outcome.succeeded, outcome.returned) == (False, refusal)
    assert dao.governor.timelock() == dao.timelock.address
