"""Rulings by vote: what two houses decide about one verdict, and what it touches besides."""

from dataclasses import replace

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_account.signers.local import LocalAccount

from tests.contracts.differential.playing import calldata, play
from tests.contracts.governor.world import (
    FOR,
    HASHED,
    PROPOSE,
    QUEUED,
    Dao,
    Proposal,
    carry,
    end_vote,
    error,
    one_call,
    pass_time,
)
from tests.contracts.task_escrow.tasks import Terms
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    DOCUMENT,
    EVIDENCE,
    REVEAL_ENDS,
    STAKE,
    Verdict,
    sign_all,
)
from tests.system import DAY

pytestmark = pytest.mark.chain

RULE = "rule_dispute(uint256,bytes32,bool)"


@pytest.fixture
def judged(
    dao: Dao, operators: list[LocalAccount], challenger: str, genesis_holder: str
) -> VyperContract:
    """The oracle of the DAO with three operators, and a challenger who can pay two bonds."""
    token, staking, oracle = (
        dao.system.work_token,
        dao.system.staking,
        dao.system.verdict_oracle,
    )
    amounts = {operator.address: STAKE for operator in operators} | {challenger: 2 * BOND}
    for account, amount in amounts.items():
        token.transfer(account, amount, sender=genesis_holder)
        token.approve(staking, amount, sender=account)
        staking.deposit(token, amount, sender=account)
    for operator in operators:
        oracle.register_operator(STAKE, sender=operator.address)
    return oracle


def post(oracle: VyperContract, verdict: Verdict, operators: list[LocalAccount]) -> None:
    """Post a verdict that all operators signed."""
    signatures = sign_all(verdict, oracle, operators)
    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures, sender=operators[0].address)


@pytest.fixture
def disputed(
    dao: Dao,
    judged: VyperContract,
    payment_token: VyperContract,
    operators: list[LocalAccount],
    challenger: str,
    genesis_holder: str,
    gateway: str,
) -> Verdict:
    """A verdict that was disputed as soon as it was posted."""
    escrow = dao.system.task_escrow
    payment_token.approve(escrow, 2**256 - 1, sender=genesis_holder)
    terms = Terms(payment_token.address, gateway).as_tuple()
    verdict = Verdict(escrow.create_task(terms, sender=genesis_holder))
    pass_time(REVEAL_ENDS)
    post(judged, verdict, operators)
    judged.open_dispute(verdict.task_id, EVIDENCE, sender=challenger)
    return verdict


def pass_all(dao: Dao, proposals: list[Proposal], voters: list[str]) -> None:
    """Take proposals made in the same second to the end of their delay."""
    for proposal in proposals:
        assert play(dao.governor, PROPOSE, *proposal.call, sender=voters[0]).succeeded
    pass_time(dao.governor.proposalSnapshot(proposals[0].id) + 1 - boa.env.timestamp)
    for proposal in proposals:
        for voter in voters:
            dao.governor.castVote(proposal.id, FOR, sender=voter)
    end_vote(dao, proposals[0])
    for proposal in proposals:
        assert play(dao.governor, f"queue{HASHED}", *proposal.hashed).succeeded
    pass_time(dao.governor.proposalEta(proposals[0].id) - boa.env.timestamp)


def ruling(dao: Dao, verdict: Verdict, why: str) -> Proposal:
    """Propose to strike this verdict down."""
    oracle = dao.system.verdict_oracle
    digest = oracle.hash_verdict(verdict.as_tuple())
    return one_call(oracle, RULE, verdict.task_id, digest, True, why=why)


def test_ruling__by_both_houses__strikes_the_verdict_down_in_time(
    dao: Dao, judged: VyperContract, disputed: Verdict, whale: str, big_worker: str, challenger: str
) -> None:
    assert carry(dao, ruling(dao, disputed, "Wrong."), [whale, big_worker]).succeeded

    assert judged.verdict_of(disputed.task_id).digest == b"\x00" * 32
    assert dao.system.staking.lock_of(dao.system.work_token, challenger) == 0


def test_ruling__passed_twice__spares_the_next_verdict(
    dao: Dao,
    judged: VyperContract,
    disputed: Verdict,
    operators: list[LocalAccount],
    whale: str,
    big_worker: str,
    challenger: str,
) -> None:
    proposals = [ruling(dao, disputed, why) for why in ("Wrong.", "Wrong, to be sure.")]
    pass_all(dao, proposals, [whale, big_worker])
    assert play(dao.governor, f"execute{HASHED}", *proposals[0].hashed).succeeded
    better = replace(disputed, total_payout=70_000)
    post(judged, better, operators)
    judged.open_dispute(better.task_id, EVIDENCE, sender=challenger)
    before = judged.verdict_of(better.task_id), judged.dispute_of(better.task_id)

    second = play(dao.governor, f"execute{HASHED}", *proposals[1].hashed)

    assert (second.succeeded, second.returned) == (False, error("verdict: not the live verdict"))
    assert (judged.verdict_of(better.task_id), judged.dispute_of(better.task_id)) == before
    assert judged.verdict_of(better.task_id).digest == judged.hash_verdict(better.as_tuple())
    assert dao.governor.state(proposals[1].id) == QUEUED


@pytest.fixture
def slowed(dao: Dao, whale: str) -> Dao:
    """The DAO after its stakers alone chose the longest votes."""
    calls = [
        calldata("setVotingDelay(uint48)", 7 * DAY),
        calldata("setVotingPeriod(uint32)", 14 * DAY),
    ]
    slower = Proposal([dao.governor.address] * 2, [0, 0], calls)
    assert carry(dao, slower, [whale]).succeeded
    return dao


def test_ruling__after_stakers_slowed_the_votes__comes_too_late(
    slowed: Dao, disputed: Verdict, whale: str, small_staker: str, big_worker: str
) -> None:
    """A limit of today: the longest votes last longer than anybody may ever rule."""
    opened_at = boa.env.timestamp
    late = ruling(slowed, disputed, "Wrong.")

    outcome = carry(slowed, late, [whale, small_staker, big_worker])

    assert (outcome.succeeded, outcome.returned) == (False, error("verdict: ruling is too late"))
    assert slowed.governor.state(late.id) == QUEUED
    assert boa.env.timestamp - opened_at > 21 * DAY
