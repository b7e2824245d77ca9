"""slash_worker in TES, which is also pledged: locks stay what operators and disputes hold."""

import boa
import pytest

from dao_client.merkle import StandardMerkleTree
from tests.contracts.events import last_events
from tests.contracts.task_escrow.tasks import Terms, payouts
from tests.contracts.verdict_oracle.slashing import slash_leaf
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    DOCUMENT,
    EVIDENCE,
    REVEAL_ENDS,
    RULING,
    STAKE,
    Verdict,
    rule,
    sign_all,
)
from tests.system import DAY

pytestmark = pytest.mark.chain

RELEASE = (7 + 21 + 3) * DAY


@pytest.fixture
def payment_token(tes):
    """Tasks pay in TES."""
    return tes


@pytest.fixture
def tree(task, operators, challenger) -> StandardMerkleTree:
    operator = operators[0].address
    rows = [(operator, STAKE), (operator, 1), (operator, 5 * STAKE), (challenger, 5 * BOND)]
    return payouts(task, rows)


@pytest.fixture
def verdict(task: int, tree: StandardMerkleTree) -> Verdict:
    return Verdict(task, slashes_root=tree.root)


@pytest.fixture
def final(oracle, posted) -> Verdict:
    boa.env.time_travel(seconds=CHALLENGE)
    oracle.finalise(posted.as_tuple())
    return posted


def holds_of(oracle, staking, tes, account) -> tuple[int, int, int]:
    """Return stake, lock, and stake as an operator."""
    operator = oracle.operator_of(account).stake
    return staking.stake_of(tes, account), staking.lock_of(tes, account), operator


def test_slash_worker__operator_with_free_stake__loses_that_first(
    oracle, final, tree, staking, tes, poster, stranger
):
    slash_leaf(oracle, final, tree, 0, sender=stranger)

    assert [name for name, _ in last_events(oracle)] == ["WorkerSlashed"]
    assert holds_of(oracle, staking, tes, poster) == (STAKE, STAKE, STAKE)


def test_slash_worker__operator_without_free_stake__counts_for_less(
    oracle, final, tree, staking, tes, poster, stranger
):
    slash_leaf(oracle, final, tree, 0, sender=stranger)

    assert slash_leaf(oracle, final, tree, 1, sender=stranger) == 1

    ids = {"task_id": final.task_id}
    assert last_events(oracle) == [
        ("OperatorSlashed", {"operator": poster, **ids, "amount": 1}),
        ("WorkerSlashed", {**ids, "worker": poster, "index": 1, "amount": 1, "taken": 1}),
    ]
    assert holds_of(oracle, staking, tes, poster) == (STAKE - 1,) * 3
    assert oracle.total_operator_stake() == 3 * STAKE - 1


def test_slash_worker__operator_loses_everything__is_none_any_more(
    oracle, final, tree, staking, tes, poster, stranger
):
    staking.unstake(tes, STAKE // 2, sender=poster)

    assert slash_leaf(oracle, final, tree, 2, sender=stranger) == 2 * STAKE

    assert holds_of(oracle, staking, tes, poster) == (0, 0, 0)
    assert staking.unbonding_of(tes, poster).amount == 0
    assert oracle.total_operator_stake() == 2 * STAKE


def test_slash_worker__retired_operator__is_released_with_the_rest(
    oracle, final, tree, staking, tes, poster, stranger
):
    slash_leaf(oracle, final, tree, 0, sender=stranger)
    oracle.retire_operator()

    slash_leaf(oracle, final, tree, 1, sender=stranger)

    assert oracle.total_operator_stake() == 2 * STAKE
    boa.env.time_travel(seconds=RELEASE)
    oracle.release_operator()
    assert holds_of(oracle, staking, tes, poster) == (STAKE - 1, 0, 0)


@pytest.fixture
def pledged(
    oracle, escrow, tes, requester, gateway, verdict, operators, staking, challenger
) -> Verdict:
    """Another task's disputed verdict, whose challenger has unstaked all but the bond."""
    other = Verdict(escrow.create_task(Terms(tes.address, gateway).as_tuple(), sender=requester))
    boa.env.time_travel(seconds=REVEAL_ENDS)
    for each in (verdict, other):
        oracle.post_verdict(each.as_tuple(), DOCUMENT, sign_all(each, oracle, operators))
    boa.env.time_travel(seconds=CHALLENGE - 1)
    oracle.open_dispute(other.task_id, EVIDENCE, sender=challenger)
    staking.unstake(tes, BOND, sender=challenger)
    boa.env.time_travel(seconds=1)
    oracle.finalise(verdict.as_tuple())
    return other


def test_slash_worker__bond_of_a_dispute__is_left_and_the_rest_taken(
    oracle, pledged, verdict, tree, staking, tes, challenger, stranger
):
    assert slash_leaf(oracle, verdict, tree, 3, sender=stranger) == BOND

    ids = {"task_id": verdict.task_id, "worker": challenger}
    assert last_events(oracle) == [
        ("SlashDeferred", {**ids, "amount": BOND}),
        ("WorkerSlashed", {**ids, "index": 3, "amount": 5 * BOND, "taken": BOND}),
    ]
    assert holds_of(oracle, staking, tes, challenger) == (BOND, BOND, 0)
    assert staking.unbonding_of(tes, challenger).amount == 0


def test_slash_worker__challenger_slashed__ruling_still_takes_the_bond(
    oracle, pledged, verdict, tree, staking, tes, challenger, arbitrator, stranger
):
    slash_leaf(oracle, verdict, tree, 3, sender=stranger)

    rule(oracle, pledged, False, sender=arbitrator)

    assert holds_of(oracle, staking, tes, challenger) == (0, 0, 0)


def test_slash_worker__challenger_slashed__task_still_ends_without_a_ruling(
    oracle, escrow, pledged, verdict, tree, staking, tes, challenger, stranger
):
    slash_leaf(oracle, verdict, tree, 3, sender=stranger)
    boa.env.time_travel(seconds=RULING)

    oracle.finalise(pledged.as_tuple())

    assert holds_of(oracle, staking, tes, challenger) == (0, 0, 0)
    assert escrow.task_of(pledged.task_id).payouts_root != bytes(32)
