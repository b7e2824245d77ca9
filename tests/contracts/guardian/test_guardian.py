"""Four of seven cancel a proposal, and can do nothing else."""

from collections.abc import Callable

import boa
import pytest
from boa import BoaError
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import calldata, play
from tests.contracts.events import last_events
from tests.contracts.governor.world import CANCELED, PENDING, Dao, Proposal
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain

NOBODY = "0x" + "00" * 20


@pytest.fixture
def facts(dao: Dao, guardian: VyperContract, proposed: Proposal) -> Callable[[], object]:
    return lambda: (guardian.approvals_of(proposed.id), dao.governor.state(proposed.id))


def approve(guardian: VyperContract, proposal: Proposal, members: list[str]) -> None:
    for member in members:
        guardian.approve(proposal.id, sender=member)


def test_guardian__as_deployed__is_the_governors(
    dao: Dao, guardian: VyperContract, members: list[str]
) -> None:
    assert dao.governor.proposalGuardian() == guardian.address
    assert guardian.governor() == dao.governor.address
    assert guardian.members() == members


def test_approve__by_a_member__is_counted(
    guardian: VyperContract, proposed: Proposal, members: list[str]
) -> None:
    guardian.approve(proposed.id, sender=members[3])

    fields = {"proposal_id": proposed.id, "member": members[3], "approvals": 1}
    assert last_events(guardian) == [("CancelApproved", fields)]
    assert guardian.approvals_of(proposed.id) == 1
    assert guardian.has_approved(proposed.id, members[3])
    assert not guardian.has_approved(proposed.id, members[2])


def test_approve__twice__is_refused(
    guardian: VyperContract, proposed: Proposal, members: list[str], facts: Callable[[], object]
) -> None:
    guardian.approve(proposed.id, sender=members[0])

    with refused("guardian: approved before", facts):
        guardian.approve(proposed.id, sender=members[0])


def test_approve__by_a_stranger__is_refused(
    guardian: VyperContract, proposed: Proposal, stranger: str, facts: Callable[[], object]
) -> None:
    with refused("guardian: not a member", facts):
        guardian.approve(proposed.id, sender=stranger)


def test_cancel__with_four_approvals__is_open_to_anybody(
    dao: Dao, guardian: VyperContract, proposed: Proposal, members: list[str], stranger: str
) -> None:
    approve(guardian, proposed, members[:4])

    guardian.cancel(*proposed.hashed, sender=stranger)

    assert dao.governor.state(proposed.id) == CANCELED


def test_cancel__with_three_approvals__is_refused(
    dao: Dao,
    guardian: VyperContract,
    proposed: Proposal,
    members: list[str],
    facts: Callable[[], object],
) -> None:
    approve(guardian, proposed, members[:3])

    with refused("guardian: too few approvals", facts):
        guardian.cancel(*proposed.hashed, sender=members[0])
    assert dao.governor.state(proposed.id) == PENDING


def test_cancel__of_another_proposal__is_refused(
    guardian: VyperContract, proposed: Proposal, members: list[str], facts: Callable[[], object]
) -> None:
    approve(guardian, proposed, members)
    other = Proposal(proposed.targets, proposed.values, proposed.calldatas, "Another one.")

    with refused("guardian: too few approvals", facts):
        guardian.cancel(*other.hashed, sender=members[0])


def test_cancel__after_the_term__is_refused_by_the_governor(
    dao: Dao, guardian: VyperContract, proposed: Proposal, members: list[str]
) -> None:
    approve(guardian, proposed, members)
    boa.env.timestamp = dao.governor.guardian_expires_at()

    cancel = "cancel(address[],uint256[],bytes[],bytes32)"
    outcome = play(guardian, cancel, *proposed.hashed, sender=members[0])

    kind = "GovernorUnableToCancel(uint256,address)"
    assert not outcome.succeeded
    assert outcome.returned[:36] == calldata(kind, proposed.id, NOBODY)[:36]
    assert dao.governor.state(proposed.id) != CANCELED


def test_guardian__of_members__cannot_vote_or_propose(dao: Dao, guardian: VyperContract) -> None:
    functions = {entry["name"] for entry in guardian.abi if entry["type"] == "function"}

    readers = {"governor", "members", "approvals_of", "has_approved"}
    assert functions - readers == {"approve", "cancel"}
    assert dao.system.staking.getVotes(guardian.address) == 0


@pytest.mark.parametrize(
    ("place", "member", "refusal"),
    [(3, NOBODY, "guardian: zero member"), (6, 0, "guardian: member twice")],
)
def test_deployment__with_bad_members__is_refused(
    dao: Dao, members: list[str], place: int, member: str | int, refusal: str
) -> None:
    chosen = list(members)
    chosen[place] = members[member] if isinstance(member, int) else member

    with pytest.raises(BoaError) as caught:
        deploy("Guardian", dao.governor, chosen)

    assert refusal in str(caught.value)


def test_deployment__without_a_governor__is_refused(members: list[str]) -> None:
    with pytest.raises(BoaError) as caught:
        deploy("Guardian", NOBODY, members)

    assert "guardian: zero governor" in str(caught.value)
