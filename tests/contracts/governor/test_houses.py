"""Majorities: of the stakers, of the workers, of two thirds; and how long a decision waits."""

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.governor.world import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    DEFEATED,
    FOR,
    HASHED,
    SLOW_DELAY,
    SUCCEEDED,
    TIMELOCK_DELAY,
    Dao,
    Proposal,
    carry,
    check_refused,
    credit,
    end_vote,
    one_call,
    play,
    propose,
    unexpected,
)
from tests.system import TES

pytestmark = pytest.mark.chain


def result_of(dao: Dao, proposal: Proposal, votes: dict[str, int], proposer: str) -> int:
    """Vote and say in which state the proposal is then."""
    propose(dao, proposal, proposer)
    for voter, support in votes.items():
        dao.governor.castVote(proposal.id, support, sender=voter)
    end_vote(dao, proposal)
    return int(dao.governor.state(proposal.id))


def test_number__with_stakers_alone__succeeds(dao: Dao, number: Proposal, whale: str) -> None:
    assert result_of(dao, number, {whale: FOR}, whale) == SUCCEEDED


def test_protected__without_workers__is_defeated_and_cannot_be_queued(
    dao: Dao, protected: Proposal, whale: str, small_staker: str
) -> None:
    votes = {whale: FOR, small_staker: FOR}

    assert result_of(dao, protected, votes, whale) == DEFEATED
    refusal = unexpected(protected, DEFEATED, SUCCEEDED)
    check_refused(dao, refusal, f"queue{HASHED}", *protected.hashed, about=[protected])


def test_protected__with_a_majority_of_both__succeeds(
    dao: Dao, protected: Proposal, whale: str, big_worker: str, small_worker: str
) -> None:
    votes = {whale: FOR, big_worker: FOR, small_worker: AGAINST}

    assert result_of(dao, protected, votes, whale) == SUCCEEDED
    assert dao.governor.worker_votes(protected.id) == (100, 200, 0)


def test_protected__with_most_workers_against__is_defeated(
    dao: Dao, protected: Proposal, whale: str, big_worker: str, small_worker: str
) -> None:
    votes = {whale: FOR, big_worker: AGAINST, small_worker: FOR}

    assert result_of(dao, protected, votes, whale) == DEFEATED


def test_protected__with_abstaining_workers_only__is_defeated(
    dao: Dao, protected: Proposal, whale: str, big_worker: str
) -> None:
    assert result_of(dao, protected, {whale: FOR, big_worker: ABSTAIN}, whale) == DEFEATED
    assert dao.governor.worker_votes(protected.id) == (0, 0, 200)


def test_protected__with_too_few_workers__is_defeated(
    dao: Dao, protected: Proposal, whale: str
) -> None:
    few = boa.env.generate_address("few")
    credit(dao, few, 15)  # below 5 % of 315

    assert result_of(dao, protected, {whale: FOR, few: FOR}, whale) == DEFEATED


def test_protected__with_just_enough_workers__succeeds(
    dao: Dao, protected: Proposal, whale: str
) -> None:
    few = boa.env.generate_address("few")
    credit(dao, few, 16)  # above 5 % of 316

    assert result_of(dao, protected, {whale: FOR, few: FOR}, whale) == SUCCEEDED


def test_worker_vote__on_a_protected_change__is_logged_beside_the_stakers(
    dao: Dao, protected: Proposal, whale: str, big_worker: str
) -> None:
    propose(dao, protected, whale)

    assert dao.governor.castVote(protected.id, FOR, sender=big_worker) == 0

    assert [name for name, _ in last_events(dao.governor)] == ["VoteCast", "WorkerVoteCast"]
    assert last_events(dao.governor)[1][1] == {
        "voter": big_worker,
        "proposal_id": protected.id,
        "support": FOR,
        "weight": 200,
    }


def test_worker_vote__on_a_number__is_not_counted(
    dao: Dao, number: Proposal, whale: str, big_worker: str
) -> None:
    propose(dao, number, whale)

    dao.governor.castVote(number.id, FOR, sender=big_worker)

    assert [name for name, _ in last_events(dao.governor)] == ["VoteCast"]
    assert dao.governor.worker_votes(number.id) == (0, 0, 0)


def test_worker_points__earned_after_the_snapshot__count_nothing(
    dao: Dao, protected: Proposal, whale: str
) -> None:
    late = boa.env.generate_address("late")
    propose(dao, protected, whale)
    credit(dao, late, 10**6)

    dao.governor.castVote(protected.id, FOR, sender=late)

    assert dao.governor.worker_votes(protected.id) == (0, 0, 0)


@pytest.mark.parametrize(("against", "state"), [(19_999, SUCCEEDED), (20_001, DEFEATED)])
def test_critical__around_two_thirds__needs_them(
    dao: Dao, critical: Proposal, small_staker: str, big_worker: str, genesis_holder: str,
    against: int, state: int,
) -> None:  # fmt: skip
    opponent = boa.env.generate_address("opponent")
    boa.env.alias(opponent, "opponent")
    token = dao.system.work_token
    token.transfer(opponent, against * TES * 4, sender=genesis_holder)
    token.approve(dao.system.staking, against * TES * 4, sender=opponent)
    dao.system.staking.deposit(token, against * TES * 4, sender=opponent)
    votes = {small_staker: FOR, opponent: AGAINST, big_worker: FOR}

    assert result_of(dao, critical, votes, small_staker) == state


def test_critical__without_workers__is_defeated(dao: Dao, critical: Proposal, whale: str) -> None:
    assert result_of(dao, critical, {whale: FOR}, whale) == DEFEATED


def test_queue__of_a_number__waits_two_days(dao: Dao, number: Proposal, whale: str) -> None:
    assert carry(dao, number, [whale]).succeeded
    assert delay_of(dao, number) == TIMELOCK_DELAY


def test_queue__of_something_critical__waits_seven_days(
    dao: Dao, critical: Proposal, whale: str, big_worker: str
) -> None:
    assert carry(dao, critical, [whale, big_worker]).succeeded
    assert delay_of(dao, critical) == SLOW_DELAY


def test_queue__of_spending__waits_seven_days(dao: Dao, whale: str) -> None:
    token = dao.system.work_token
    spending = one_call(dao.treasury, "spend(address,address,uint256)", token.address, whale, 0)
    propose(dao, spending, whale)
    dao.governor.castVote(spending.id, FOR, sender=whale)
    end_vote(dao, spending)

    assert play(dao.governor, f"queue{HASHED}", *spending.hashed).succeeded

    assert delay_of(dao, spending) == SLOW_DELAY


def test_late_quorum__of_the_second_house__extends_the_vote(
    dao: Dao, protected: Proposal, whale: str, big_worker: str
) -> None:
    propose(dao, protected, whale)
    dao.governor.castVote(protected.id, FOR, sender=whale)
    first = dao.governor.proposalDeadline(protected.id)
    boa.env.timestamp = first

    dao.governor.castVote(protected.id, FOR, sender=big_worker)

    assert dao.governor.proposalDeadline(protected.id) == first + 2 * 86_400
    end_vote_at = first + 1
    boa.env.timestamp = end_vote_at
    assert dao.governor.state(protected.id) == ACTIVE


def delay_of(dao: Dao, proposal: Proposal) -> int:
    """Say how long a proposal waited, if it was queued in the first second after its vote."""
    deadline = dao.governor.proposalDeadline(proposal.id)
    return int(dao.governor.proposalEta(proposal.id) - deadline - 1)
