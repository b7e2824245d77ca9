"""cancel: the guardian in its term, the proposer before the vote, nobody else."""

import boa
import pytest

from tests.contracts.conftest import account_of
from tests.contracts.differential.playing import calldata, play
from tests.contracts.events import last_events
from tests.contracts.governor.world import (
    ACTIVE,
    CANCELED,
    DEFEATED,
    EXECUTED,
    FOR,
    GUARDIAN_SECONDS,
    HASHED,
    NOBODY,
    PENDING,
    PROPOSE,
    QUEUED,
    SUCCEEDED,
    Dao,
    Proposal,
    carry,
    check_refused,
    end_vote,
    one_call,
    propose,
    unexpected,
)

pytestmark = pytest.mark.chain

CANCEL = f"cancel{HASHED}"


def unable(proposal: Proposal, account: str) -> bytes:
    return calldata("GovernorUnableToCancel(uint256,address)", proposal.id, account)


def test_cancel__by_the_guardian_when_queued__empties_the_timelock_too(
    dao: Dao, number: Proposal, whale: str, guardian: str
) -> None:
    propose(dao, number, whale)
    dao.governor.castVote(number.id, FOR, sender=whale)
    end_vote(dao, number)
    assert play(dao.governor, f"queue{HASHED}", *number.hashed).succeeded

    assert play(dao.governor, CANCEL, *number.hashed, sender=guardian).succeeded

    assert dao.governor.state(number.id) == CANCELED
    boa.env.time_travel(seconds=3 * 86_400)
    refusal = unexpected(number, CANCELED, QUEUED)
    check_refused(dao, refusal, f"execute{HASHED}", *number.hashed, about=[number])


def test_cancel__in_the_last_second_of_the_term__works(
    dao: Dao, number: Proposal, whale: str, guardian: str
) -> None:
    boa.env.timestamp = dao.governor.guardian_expires_at() - 1
    assert play(dao.governor, PROPOSE, *number.call, sender=whale).succeeded

    assert play(dao.governor, CANCEL, *number.hashed, sender=guardian).succeeded


def test_cancel__by_an_expired_guardian__is_refused(
    dao: Dao, number: Proposal, whale: str, guardian: str
) -> None:
    boa.env.timestamp = dao.governor.guardian_expires_at() - 1
    assert play(dao.governor, PROPOSE, *number.call, sender=whale).succeeded
    boa.env.time_travel(seconds=1)

    assert dao.governor.proposalGuardian() == NOBODY
    refusal = unable(number, guardian)
    check_refused(dao, refusal, CANCEL, *number.hashed, sender=guardian, about=[number])


def test_cancel__by_the_proposer_after_the_guardians_term__works_only_before_the_vote(
    dao: Dao, number: Proposal, critical: Proposal, whale: str
) -> None:
    boa.env.timestamp = dao.governor.guardian_expires_at()
    assert play(dao.governor, PROPOSE, *critical.call, sender=whale).succeeded
    assert play(dao.governor, CANCEL, *critical.hashed, sender=whale).succeeded
    propose(dao, number, whale)

    assert dao.governor.state(number.id) == ACTIVE
    check_refused(dao, unable(number, whale), CANCEL, *number.hashed, sender=whale, about=[number])


def test_cancel__by_a_stranger__is_refused(
    dao: Dao, number: Proposal, whale: str, stranger: str
) -> None:
    assert play(dao.governor, PROPOSE, *number.call, sender=whale).succeeded

    assert dao.governor.state(number.id) == PENDING
    refusal = unable(number, stranger)
    check_refused(dao, refusal, CANCEL, *number.hashed, sender=stranger, about=[number])


def test_cancel__of_what_is_done__is_refused(
    dao: Dao, number: Proposal, whale: str, guardian: str
) -> None:
    assert carry(dao, number, [whale]).succeeded

    refusal = unexpected(number, EXECUTED, PENDING, ACTIVE, DEFEATED, SUCCEEDED, QUEUED)
    check_refused(dao, refusal, CANCEL, *number.hashed, sender=guardian, about=[number])


def test_cancel__by_the_proposer_after_a_vote_for_no_guardian__works_at_any_time(
    dao: Dao, number: Proposal, whale: str, big_worker: str
) -> None:
    nobody = one_call(dao.governor, "setProposalGuardian(address)", NOBODY)
    assert carry(dao, nobody, [whale, big_worker]).succeeded
    propose(dao, number, whale)

    assert play(dao.governor, CANCEL, *number.hashed, sender=whale).succeeded

    assert dao.governor.guardian_expires_at() == 0
    assert dao.governor.state(number.id) == CANCELED


def test_set_guardian__by_a_vote__starts_a_new_term(
    dao: Dao, critical: Proposal, whale: str, big_worker: str
) -> None:
    assert carry(dao, critical, [whale, big_worker]).succeeded

    assert dao.governor.proposalGuardian() == account_of("next_guardian")
    assert dao.governor.guardian_expires_at() == boa.env.timestamp + GUARDIAN_SECONDS


def test_set_guardian__by_the_guardian_itself__is_refused(dao: Dao, guardian: str) -> None:
    refusal = calldata("GovernorOnlyExecutor(address)", guardian)

    check_refused(dao, refusal, "setProposalGuardian(address)", guardian, sender=guardian)


def test_guardian__trying_to_vote__counts_nothing(
    dao: Dao, number: Proposal, whale: str, guardian: str
) -> None:
    propose(dao, number, whale)

    assert dao.governor.castVote(number.id, FOR, sender=guardian) == 0
    assert [name for name, _ in last_events(dao.governor)] == ["VoteCast"]
