"""What each call needs: a list of what needs less, and everything else needs all."""

import pytest

from tests.contracts.conftest import account_of
from tests.contracts.differential.playing import calldata, play
from tests.contracts.governor.world import NOBODY, PROPOSE, Dao, Proposal, one_call
from tests.system import METHOD

pytestmark = pytest.mark.chain

NUMBER = (False, False, False)
PROTECTED = (True, False, False)
SPENDING = (False, False, True)
CRITICAL = (True, True, True)
PROTECTED_IDS = {0, 4, 12, 13, 14, 18, 19, 20}
SET = "set_parameter(uint256,uint256)"
GRANT = "open_grant(address,address,uint256,uint256,uint256,uint256)"


def class_of(dao: Dao, proposal: Proposal, proposer: str) -> tuple[bool, bool, bool]:
    assert play(dao.governor, PROPOSE, *proposal.call, sender=proposer).succeeded
    return dao.governor.proposal_class(proposal.id)


@pytest.mark.parametrize("parameter", range(21))
def test_class__of_each_parameter__asks_workers_for_what_protects_them(
    dao: Dao, whale: str, parameter: int
) -> None:
    proposal = one_call(dao.system.parameters, SET, parameter, 1)

    expected = PROTECTED if parameter in PROTECTED_IDS else NUMBER
    assert class_of(dao, proposal, whale) == expected


@pytest.mark.parametrize(
    ("where", "function", "args", "expected"),
    [
        ("parameters", SET, (21, 1), CRITICAL),
        ("parameters", SET, (2**255, 1), CRITICAL),
        ("parameters", "allow_method(bytes32)", (METHOD,), PROTECTED),
        ("parameters", "forbid_method(bytes32)", (METHOD,), PROTECTED),
        ("parameters", "spend(address,address,uint256)", (NOBODY, NOBODY, 1), CRITICAL),
        ("verdict_oracle", "rule_dispute(uint256,bytes32,bool)", (1, METHOD, True), PROTECTED),
        ("verdict_oracle", "register_operator(uint256)", (1,), CRITICAL),
        ("treasury", "spend(address,address,uint256)", (NOBODY, NOBODY, 1), SPENDING),
        ("treasury", GRANT, (NOBODY, NOBODY, 1, 1, 1, 1), SPENDING),
        ("treasury", "cancel_grant(uint256)", (1,), SPENDING),
        ("treasury", "spend_over_limit(address,address,uint256)", (NOBODY, NOBODY, 1), CRITICAL),
        ("treasury", SET, (8, 100), CRITICAL),
        ("governor", "setVotingDelay(uint48)", (1,), NUMBER),
        ("governor", "setVotingPeriod(uint32)", (1,), NUMBER),
        ("governor", "setProposalThreshold(uint256)", (1,), NUMBER),
        ("governor", "setLateQuorumVoteExtension(uint48)", (1,), NUMBER),
        ("governor", "updateQuorumNumerator(uint256)", (1,), NUMBER),
        ("governor", "setProposalGuardian(address)", (NOBODY,), CRITICAL),
        ("governor", "updateTimelock(address)", (NOBODY,), CRITICAL),
        ("governor", "relay(address,uint256,bytes)", (NOBODY, 0, b""), CRITICAL),
        ("timelock", "updateDelay(uint256)", (1,), CRITICAL),
        ("timelock", "grantRole(bytes32,address)", (METHOD, NOBODY), CRITICAL),
        ("work_token", "transfer(address,uint256)", (NOBODY, 1), CRITICAL),
    ],
)
def test_class__of_each_function__is_as_decided(
    dao: Dao, whale: str, where: str, function: str, args: tuple, expected: tuple
) -> None:
    target = getattr(dao, where, None) or getattr(dao.system, where)

    assert class_of(dao, one_call(target, function, *args), whale) == expected


@pytest.mark.parametrize("data", [b"", b"\x01", calldata(SET, 8, 1)[:35]])
def test_class__of_calldata_without_an_argument__is_critical(
    dao: Dao, whale: str, data: bytes
) -> None:
    target = dao.system.parameters.address

    assert class_of(dao, Proposal([target], [0], [data]), whale) == CRITICAL


def test_class__of_a_number_with_money__is_critical(dao: Dao, whale: str) -> None:
    proposal = Proposal([dao.system.parameters.address], [1], [calldata(SET, 8, 100)])

    assert class_of(dao, proposal, whale) == CRITICAL


def test_class__of_several_calls__needs_what_any_of_them_needs(dao: Dao, whale: str) -> None:
    spending = calldata("spend(address,address,uint256)", NOBODY, account_of("friend"), 1)
    targets = [dao.system.parameters.address] * 2 + [dao.treasury.address]
    calls = [calldata(SET, 8, 100), calldata(SET, 0, 100), spending]

    assert class_of(dao, Proposal(targets, [0] * 3, calls), whale) == (True, False, True)
