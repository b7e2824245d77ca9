"""The constructor refuses what could never govern; the code fits."""

import pytest
from boa import BoaError

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import deploy_referee, play
from tests.contracts.governor.world import (
    FOR,
    GUARDIAN_SECONDS,
    NOBODY,
    PROPOSE,
    SETTINGS,
    Dao,
    error,
    one_call,
    pass_time,
)

pytestmark = pytest.mark.chain

NAMES = ["votes", "work token", "worker house", "timelock", "parameters", "treasury", "oracle"]
CODE_LIMIT = 24_576


def deploy_governor(place: int = -1, seconds: int = GUARDIAN_SECONDS) -> object:
    """Deploy with a zero address in one place."""
    contracts = [account_of(name) for name in NAMES]
    if place >= 0:
        contracts[place] = NOBODY
    return deploy("Governor", tuple(contracts), account_of("guardian"), seconds, SETTINGS)


@pytest.mark.parametrize(
    ("place", "refusal"),
    [
        (0, "governor: zero votes"),
        (1, "governor: zero work token"),
        (2, "governor: zero worker house"),
        (3, "governor: zero timelock"),
        (4, "governor: zero parameters"),
        (5, "governor: zero treasury"),
        (6, "governor: zero oracle"),
    ],
)
def test_deployment__without_a_contract__is_refused(place: int, refusal: str) -> None:
    with pytest.raises(BoaError) as caught:
        deploy_governor(place)

    assert refusal in str(caught.value)


def test_deployment__with_a_guardian_for_longer_than_two_years__is_refused() -> None:
    assert deploy_governor(seconds=2 * 365 * 86_400)

    with pytest.raises(BoaError) as caught:
        deploy_governor(seconds=2 * 365 * 86_400 + 1)

    assert "governor: guardian term too long" in str(caught.value)


def test_code__of_the_governor__fits(dao: Dao) -> None:
    assert len(dao.governor.bytecode) > 0
    assert len(dao.governor.env.get_code(dao.governor.address)) <= CODE_LIMIT


@pytest.mark.parametrize("support", [FOR, 0, 2])
def test_votes__past_all_bounds__are_refused(dao: Dao, support: int) -> None:
    votes, voter, other = deploy_referee("ReferenceVotes"), account_of("voter"), account_of("other")
    for account in (voter, other):
        assert play(votes, "setUnits(address,uint256)", account, 2**89 + 1).succeeded
    contracts = (votes, dao.system.work_token, *map(account_of, NAMES[2:]))
    governor = deploy("Governor", contracts, NOBODY, 0, SETTINGS)
    proposal = one_call(governor, "setVotingDelay(uint48)", 1)
    pass_time(1)
    assert play(governor, PROPOSE, *proposal.call, sender=voter).succeeded
    pass_time(SETTINGS[0] + 1)
    governor.castVote(proposal.id, support, sender=voter)
    before = governor.proposalVotes(proposal.id)

    call = ("castVote(uint256,uint8)", proposal.id, support)
    outcome = play(governor, *call, sender=other)

    assert (outcome.succeeded, outcome.returned) == (False, error("governor: too many votes"))
    assert governor.proposalVotes(proposal.id) == before
