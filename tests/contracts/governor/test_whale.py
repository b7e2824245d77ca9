"""What nine tenths of all staked TES cannot do, and what power of the last second cannot."""

import boa
import pytest
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.differential.playing import calldata, play
from tests.contracts.governor.world import (
    DEFEATED,
    FOR,
    PROPOSE,
    Dao,
    Proposal,
    carry,
    check_refused,
    error,
    facts,
    one_call,
    propose,
    stake,
)
from tests.system import TES

pytestmark = pytest.mark.chain

SET = "set_parameter(uint256,uint256)"
FEE, FLOOR = 0, 19


def grabs(dao: Dao, whale: str) -> dict[str, Proposal]:
    """Every way that comes to a whale's mind."""
    token = dao.system.work_token.address
    admin, role = b"\x00" * 32, keccak(text="PROPOSER_ROLE")
    return {
        "raise the fee": one_call(dao.system.parameters, SET, FEE, 250),
        "lower the price floor": one_call(dao.system.parameters, SET, FLOOR, 0),
        "slash more": one_call(dao.system.parameters, SET, 18, 3_500),
        "allow a method": one_call(dao.system.parameters, "allow_method(bytes32)", role),
        "rule on a dispute": one_call(
            dao.system.verdict_oracle, "rule_dispute(uint256,bytes32,bool)", 1, role, False
        ),
        "take the treasury": one_call(
            dao.treasury, "spend_over_limit(address,address,uint256)", token, whale, TES
        ),
        "schedule at will": one_call(dao.timelock, "grantRole(bytes32,address)", role, whale),
        "own the Timelock": one_call(dao.timelock, "grantRole(bytes32,address)", admin, whale),
        "lengthen the delay": one_call(dao.timelock, "updateDelay(uint256)", 30 * 86_400),
        "replace the Timelock": one_call(dao.governor, "updateTimelock(address)", whale),
        "be the guardian": one_call(dao.governor, "setProposalGuardian(address)", whale),
        "act as the Governor": one_call(
            dao.governor, "relay(address,uint256,bytes)", dao.timelock.address, 0, b"\x00" * 4
        ),
        "hide it behind a number": Proposal(
            [dao.system.parameters.address] * 2,
            [0, 0],
            [calldata(SET, 8, 100), calldata(SET, FEE, 250)],
        ),
    }


@pytest.mark.parametrize(
    "grab",
    [
        "raise the fee",
        "lower the price floor",
        "slash more",
        "allow a method",
        "rule on a dispute",
        "take the treasury",
        "schedule at will",
        "own the Timelock",
        "lengthen the delay",
        "replace the Timelock",
        "be the guardian",
        "act as the Governor",
        "hide it behind a number",
    ],
)
def test_whale__alone_with_nine_tenths__is_defeated(dao: Dao, whale: str, grab: str) -> None:
    proposal = grabs(dao, whale)[grab]
    before = facts(dao)

    assert not carry(dao, proposal, [whale]).succeeded

    assert dao.governor.state(proposal.id) == DEFEATED
    assert facts(dao) == before


def test_whale__with_the_workers_behind_it__raises_the_fee(
    dao: Dao, protected: Proposal, whale: str, big_worker: str
) -> None:
    assert carry(dao, protected, [whale, big_worker]).succeeded

    assert dao.system.parameters.value_of(FEE) == 250


def test_whale__spending_more_than_the_limit__is_refused_by_the_treasury(
    dao: Dao, whale: str, genesis_holder: str
) -> None:
    token = dao.system.work_token
    token.transfer(dao.treasury, 1_000 * TES, sender=genesis_holder)
    spending = one_call(
        dao.treasury, "spend(address,address,uint256)", token.address, whale, 50 * TES + 1
    )
    balance = token.balanceOf(whale)

    outcome = carry(dao, spending, [whale])

    assert not outcome.succeeded
    assert outcome.returned[:4] == error("")[:4]
    assert token.balanceOf(whale) == balance


def test_whale__spending_up_to_the_limit__succeeds(
    dao: Dao, whale: str, genesis_holder: str
) -> None:
    token = dao.system.work_token
    token.transfer(dao.treasury, 1_000 * TES, sender=genesis_holder)
    spending = one_call(
        dao.treasury, "spend(address,address,uint256)", token.address, whale, 50 * TES
    )
    balance = token.balanceOf(whale)

    assert carry(dao, spending, [whale]).succeeded

    assert token.balanceOf(whale) == balance + 50 * TES


def test_power__staked_in_this_second__does_not_propose(
    dao: Dao, number: Proposal, genesis_holder: str
) -> None:
    borrower = account_of("borrower")
    stake(dao, borrower, 500_000 * TES, genesis_holder)
    threshold = dao.governor.proposalThreshold()
    kind = "GovernorInsufficientProposerVotes(address,uint256,uint256)"

    refusal = calldata(kind, borrower, 0, threshold)

    check_refused(dao, refusal, PROPOSE, *number.call, sender=borrower)
    boa.env.time_travel(seconds=1)
    assert play(dao.governor, PROPOSE, *number.call, sender=borrower).succeeded


def test_power__staked_at_the_snapshot_or_later__votes_nothing(
    dao: Dao, number: Proposal, whale: str, genesis_holder: str
) -> None:
    borrower = account_of("borrower")
    propose(dao, number, whale)
    stake(dao, borrower, 500_000 * TES, genesis_holder)

    assert dao.governor.castVote(number.id, FOR, sender=borrower) == 0

    assert dao.governor.proposalVotes(number.id) == (0, 0, 0)


def test_power__moved_after_voting__does_not_vote_again(
    dao: Dao, number: Proposal, whale: str
) -> None:
    heir = account_of("heir")
    propose(dao, number, whale)
    dao.governor.castVote(number.id, FOR, sender=whale)
    dao.system.staking.delegate(heir, sender=whale)
    boa.env.time_travel(seconds=10)

    assert dao.governor.castVote(number.id, FOR, sender=heir) == 0

    assert dao.governor.proposalVotes(number.id)[1] == 360_000 * TES


def test_workers__without_stakers__decide_nothing(
    dao: Dao, protected: Proposal, whale: str, big_worker: str, small_worker: str
) -> None:
    propose(dao, protected, whale)
    for worker in (big_worker, small_worker):
        dao.governor.castVote(protected.id, FOR, sender=worker)
    boa.env.timestamp = dao.governor.proposalDeadline(protected.id) + 1

    assert dao.governor.state(protected.id) == DEFEATED
