"""Votes that would count twice, quorums missed by a wei, and votes held open for ever."""

import boa
import pytest

from tests.contracts.conftest import account_of
from tests.contracts.differential.playing import play
from tests.contracts.governor.world import (
    ABSTAIN,
    ACTIVE,
    AGAINST,
    DEFEATED,
    EXECUTED,
    FOR,
    HASHED,
    LATE_EXTENSION,
    QUEUED,
    SUCCEEDED,
    Dao,
    Genesis,
    Proposal,
    carry,
    check_refused,
    credit,
    deploy_dao,
    end_vote,
    one_call,
    pass_time,
    propose,
    stake,
    unexpected,
)
from tests.system import DAY, TES

pytestmark = pytest.mark.chain

EXACT = 400_000 * TES // 19
"""Of 400,000 TES and this, 5 % is this, rounded down: the quorum by one voter."""


@pytest.mark.parametrize("support", [FOR, ABSTAIN])
@pytest.mark.parametrize(("missing", "is_reached"), [(0, True), (1, False), (2**14, False)])
@pytest.mark.parametrize("is_noted", [True, False])
def test_quorum__by_one_voter__is_exact_to_the_wei(
    dao: Dao,
    number: Proposal,
    whale: str,
    genesis_holder: str,
    support: int,
    missing: int,
    is_reached: bool,
    is_noted: bool,
) -> None:
    voter = account_of("voter")
    stake(dao, voter, EXACT - missing, genesis_holder)
    pass_time(1)
    propose(dao, number, whale)
    if is_noted:  # a vote without weight notes the quorum all the same
        dao.governor.castVote(number.id, FOR, sender=account_of("nobody"))
    deadline = dao.governor.proposalDeadline(number.id)
    boa.env.timestamp = deadline

    dao.governor.castVote(number.id, support, sender=voter)

    quorum = dao.governor.quorum(dao.governor.proposalSnapshot(number.id))
    assert (EXACT - missing >= quorum) == is_reached
    extension = LATE_EXTENSION if is_reached else 0
    assert dao.governor.proposalDeadline(number.id) == deadline + extension
    end_vote(dao, number)
    succeeds = is_reached and support == FOR
    assert dao.governor.state(number.id) == (SUCCEEDED if succeeds else DEFEATED)


def test_votes__delegated_around_in_the_second_of_the_snapshot__count_once(
    dao: Dao, number: Proposal, whale: str, small_staker: str
) -> None:
    heirs = [account_of(f"heir {index}") for index in range(3)]
    governor, staking = dao.governor, dao.system.staking
    assert play(
        governor, "propose(address[],uint256[],bytes[],string)", *number.call, sender=whale
    ).succeeded
    boa.env.timestamp = governor.proposalSnapshot(number.id)
    for heir in (*heirs, whale, heirs[1]):
        staking.delegate(heir, sender=whale)
    staking.delegate(heirs[1], sender=small_staker)
    boa.env.timestamp += 1
    for heir in (heirs[0], heirs[2]):
        staking.delegate(heir, sender=whale)

    for voter in (whale, small_staker, *heirs):
        governor.castVote(number.id, FOR, sender=voter)

    assert governor.proposalVotes(number.id) == (0, 400_000 * TES, 0)


def test_votes__unlocked_after_the_snapshot__stay_bound_for_the_promised_year(
    dao: Dao, number: Proposal, whale: str
) -> None:
    staking, token = dao.system.staking, dao.system.work_token
    propose(dao, number, whale)
    staking.unlock_votes(sender=whale)

    assert dao.governor.castVote(number.id, FOR, sender=whale) == 360_000 * TES

    pass_time(364 * DAY)
    with boa.reverts("staking: votes are locked"):
        staking.unstake(token, 1, sender=whale)


def test_late_quorum__more_votes_in_the_last_second__do_not_extend_again(
    dao: Dao, number: Proposal, whale: str, small_staker: str, genesis_holder: str
) -> None:
    late = account_of("late")
    stake(dao, late, 1 * TES, genesis_holder)
    pass_time(1)
    propose(dao, number, whale)
    first = dao.governor.proposalDeadline(number.id)
    boa.env.timestamp = first
    dao.governor.castVote(number.id, FOR, sender=small_staker)
    assert dao.governor.proposalDeadline(number.id) == first + LATE_EXTENSION

    boa.env.timestamp = first + LATE_EXTENSION
    dao.governor.castVote(number.id, AGAINST, sender=whale)

    assert dao.governor.proposalDeadline(number.id) == first + LATE_EXTENSION
    boa.env.timestamp += 1
    refusal = unexpected(number, DEFEATED, ACTIVE)
    check_refused(
        dao, refusal, "castVote(uint256,uint8)", number.id, FOR, sender=late, about=[number]
    )


def test_cancel__in_the_second_of_the_execution__whoever_is_first_wins(
    dao: Dao, number: Proposal, whale: str, guardian: str
) -> None:
    propose(dao, number, whale)
    dao.governor.castVote(number.id, FOR, sender=whale)
    end_vote(dao, number)
    assert play(dao.governor, f"queue{HASHED}", *number.hashed).succeeded
    boa.env.timestamp = dao.governor.proposalEta(number.id)

    with boa.env.anchor():
        assert play(dao.governor, f"cancel{HASHED}", *number.hashed, sender=guardian).succeeded
        refused = play(dao.governor, f"execute{HASHED}", *number.hashed)
        assert refused.returned == unexpected(number, 2, QUEUED)
        assert dao.governor.votingDelay() == 2 * DAY

    assert play(dao.governor, f"execute{HASHED}", *number.hashed).succeeded
    refusal = unexpected(number, EXECUTED, 0, 1, 3, 4, 5)
    check_refused(dao, refusal, f"cancel{HASHED}", *number.hashed, sender=guardian, about=[number])


def test_queue__years_after_the_vote__still_works(dao: Dao, number: Proposal, whale: str) -> None:
    """A limit of today: what succeeded and was never queued does not expire."""
    propose(dao, number, whale)
    dao.governor.castVote(number.id, FOR, sender=whale)
    end_vote(dao, number)
    pass_time(3 * 365 * DAY)

    assert play(dao.governor, f"queue{HASHED}", *number.hashed).succeeded


@pytest.mark.parametrize(("points", "succeeds"), [(1, False), (49, False), (50, True)])
def test_worker_house__young__decides_nothing_before_it_counts(
    genesis_holder: str, whale: str, points: int, succeeds: bool
) -> None:
    """Of a house that counts as 1,000 points, five percent must take part."""
    dao = deploy_dao(Genesis(genesis_holder, least_house=1_000))
    accomplice = account_of("accomplice")
    stake(dao, whale, 360_000 * TES, genesis_holder)
    credit(dao, accomplice, points)
    pass_time(1)
    grab = one_call(dao.timelock, "grantRole(bytes32,address)", dao.timelock.PROPOSER_ROLE(), whale)

    assert carry(dao, grab, [whale, accomplice]).succeeded is succeeds

    assert dao.timelock.hasRole(dao.timelock.PROPOSER_ROLE(), whale) is succeeds


def test_worker_house__of_one_point_without_a_least__decides_with_a_whale(
    genesis_holder: str, whale: str
) -> None:
    """What development chains do, and why no other should."""
    dao = deploy_dao(Genesis(genesis_holder))
    accomplice = account_of("accomplice")
    stake(dao, whale, 360_000 * TES, genesis_holder)
    credit(dao, accomplice, 1)
    pass_time(1)
    grab = one_call(dao.timelock, "grantRole(bytes32,address)", dao.timelock.PROPOSER_ROLE(), whale)

    assert carry(dao, grab, [whale, accomplice]).succeeded

    assert dao.timelock.hasRole(dao.timelock.PROPOSER_ROLE(), whale)
