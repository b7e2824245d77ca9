"""queue and execute: in time, once, and only what was voted on."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import calldata, play
from tests.contracts.governor.world import (
    EXECUTED,
    EXPIRED,
    FOR,
    GRACE,
    HASHED,
    QUEUED,
    SUCCEEDED,
    Dao,
    Proposal,
    carry,
    check_refused,
    end_vote,
    error,
    one_call,
    propose,
    unexpected,
)
from tests.system import DAY

pytestmark = pytest.mark.chain

QUEUE, EXECUTE = f"queue{HASHED}", f"execute{HASHED}"
EMPTY_QUEUE = calldata("Panic(uint256)", 0x31)


@pytest.fixture
def queued(dao: Dao, number: Proposal, whale: str) -> Proposal:
    """A passed change of a number, waiting in the Timelock."""
    propose(dao, number, whale)
    dao.governor.castVote(number.id, FOR, sender=whale)
    end_vote(dao, number)
    assert play(dao.governor, QUEUE, *number.hashed).succeeded
    return number


def test_execute__in_the_last_second_of_the_grace__works(dao: Dao, queued: Proposal) -> None:
    boa.env.timestamp = dao.governor.proposalEta(queued.id) + GRACE

    assert play(dao.governor, EXECUTE, *queued.hashed).succeeded
    assert dao.governor.votingDelay() == 3 * DAY


def test_execute__after_the_grace__is_refused_and_expired(dao: Dao, queued: Proposal) -> None:
    boa.env.timestamp = dao.governor.proposalEta(queued.id) + GRACE + 1

    assert dao.governor.state(queued.id) == EXPIRED
    refusal = unexpected(queued, EXPIRED, QUEUED)
    check_refused(dao, refusal, EXECUTE, *queued.hashed, about=[queued])
    refusal = unexpected(queued, EXPIRED, SUCCEEDED)
    check_refused(dao, refusal, QUEUE, *queued.hashed, about=[queued])


def test_execute__twice__is_refused(dao: Dao, number: Proposal, whale: str) -> None:
    assert carry(dao, number, [whale]).succeeded

    refusal = unexpected(number, EXECUTED, QUEUED)
    check_refused(dao, refusal, EXECUTE, *number.hashed, about=[number])


@pytest.mark.parametrize(
    ("setter", "value", "refusal"),
    [
        ("setVotingDelay(uint48)", DAY - 1, "governor: voting delay too short"),
        ("setVotingDelay(uint48)", 7 * DAY + 1, "governor: voting delay too long"),
        ("setVotingPeriod(uint32)", 3 * DAY - 1, "governor: voting period short"),
        ("setVotingPeriod(uint32)", 14 * DAY + 1, "governor: voting period long"),
        ("setProposalThreshold(uint256)", 9, "governor: threshold too low"),
        ("setProposalThreshold(uint256)", 201, "governor: threshold too high"),
        ("setLateQuorumVoteExtension(uint48)", DAY - 1, "governor: late extension short"),
        ("setLateQuorumVoteExtension(uint48)", 3 * DAY + 1, "governor: late extension long"),
        ("updateQuorumNumerator(uint256)", 2, "governor: quorum too low"),
        ("updateQuorumNumerator(uint256)", 21, "governor: quorum too high"),
        ("updateTimelock(address)", "0x" + "00" * 20, "governor: zero timelock"),
        ("updateTimelock(address)", "governor", "governor: own timelock"),
    ],
)
def test_execute__of_a_setting_past_its_bound__is_refused(
    dao: Dao, whale: str, big_worker: str, setter: str, value: int | str, refusal: str
) -> None:
    argument = dao.governor.address if value == "governor" else value
    proposal = one_call(dao.governor, setter, argument)

    outcome = carry(dao, proposal, [whale, big_worker])

    assert (outcome.succeeded, outcome.returned) == (False, error(refusal))
    assert dao.governor.state(proposal.id) == QUEUED


@pytest.mark.parametrize(
    ("setter", "argument"),
    [
        ("setVotingDelay(uint48)", 3 * DAY),
        ("setVotingPeriod(uint32)", 3 * DAY),
        ("setProposalThreshold(uint256)", 10),
        ("setLateQuorumVoteExtension(uint48)", DAY),
        ("updateQuorumNumerator(uint256)", 3),
        ("setProposalGuardian(address)", "0x" + "11" * 20),
        ("updateTimelock(address)", "0x" + "11" * 20),
    ],
)
def test_setter__outside_of_a_proposal__is_refused(
    dao: Dao, stranger: str, setter: str, argument: int | str
) -> None:
    refusal = calldata("GovernorOnlyExecutor(address)", stranger)

    check_refused(dao, refusal, setter, argument, sender=stranger)
    check_refused(dao, EMPTY_QUEUE, setter, argument, sender=dao.timelock.address)


def test_relay__outside_of_a_proposal__is_refused(dao: Dao, stranger: str) -> None:
    call = ("relay(address,uint256,bytes)", dao.timelock.address, 0, b"\x00" * 4)

    refusal = calldata("GovernorOnlyExecutor(address)", stranger)
    check_refused(dao, refusal, *call, sender=stranger)
    check_refused(dao, EMPTY_QUEUE, *call, sender=dao.timelock.address)


def test_setter__with_something_behind_its_argument__is_refused(
    dao: Dao, whale: str, big_worker: str
) -> None:
    data = calldata("setVotingDelay(uint48)", 3 * DAY) + b"\x00"

    outcome = carry(dao, Proposal([dao.governor.address], [0], [data]), [whale, big_worker])

    assert (outcome.succeeded, outcome.returned) == (False, EMPTY_QUEUE)


def test_execute__entered_again_by_its_target__is_refused(
    dao: Dao, queued: Proposal, whale: str, big_worker: str
) -> None:
    target = deploy("mocks/CallTarget")
    entering = one_call(target, "call_back()")
    target.arm(dao.governor.address, calldata(EXECUTE, *queued.hashed))
    boa.env.timestamp = dao.governor.proposalEta(queued.id) - 1

    outcome = carry(dao, entering, [whale, big_worker])

    assert not outcome.succeeded
    assert dao.governor.state(entering.id) == QUEUED
    assert dao.governor.votingDelay() == 2 * DAY


def test_execute__with_money__sends_it_through_the_timelock(
    dao: Dao, whale: str, big_worker: str, stranger: str
) -> None:
    gift = Proposal([stranger], [5], [b""])
    propose(dao, gift, whale)
    for voter in (whale, big_worker):
        dao.governor.castVote(gift.id, FOR, sender=voter)
    end_vote(dao, gift)
    assert play(dao.governor, QUEUE, *gift.hashed).succeeded
    boa.env.timestamp = dao.governor.proposalEta(gift.id)
    boa.env.set_balance(whale, 5)
    before = boa.env.get_balance(stranger)

    assert play(dao.governor, EXECUTE, *gift.hashed, sender=whale, value=5).succeeded

    assert boa.env.get_balance(stranger) == before + 5
    assert boa.env.get_balance(dao.governor.address) == 0


def test_deposits__of_all_kinds__are_refused(dao: Dao, stranger: str) -> None:
    refusal = calldata("GovernorDisabledDeposit()")
    note = (stranger, stranger, 1)
    batch = "onERC1155BatchReceived(address,address,uint256[],uint256[],bytes)"

    check_refused(dao, refusal, "onERC721Received(address,address,uint256,bytes)", *note, b"")
    kind = "onERC1155Received(address,address,uint256,uint256,bytes)"
    check_refused(dao, refusal, kind, *note, 1, b"")
    check_refused(dao, refusal, batch, stranger, stranger, [1], [1], b"")
    boa.env.set_balance(stranger, 1)
    sent = boa.env.execute_code(dao.governor.address, stranger, value=1, data=b"")
    assert (sent.is_success, sent.output) == (False, refusal)
