"""slash_worker: a leaf of a final verdict takes stake of its worker, once."""

from collections.abc import Callable
from dataclasses import replace

import boa
import pytest

from dao_client.merkle import StandardMerkleTree
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import PAYOUT_TYPES, payouts
from tests.contracts.verdict_oracle.slashing import slash_leaf
from tests.contracts.verdict_oracle.verdicts import CHALLENGE, Verdict
from tests.system import DAY

pytestmark = pytest.mark.chain

STAKED = 1_000
LAST_INDEX = 2**256 - 1


@pytest.fixture
def tree(task: int, honest_worker: str, lazy_worker: str) -> StandardMerkleTree:
    """The first leaves are real; the last ones are what only a careless tree holds."""
    one_wei = [(task, index, lazy_worker, 1) for index in range(3, 300)]
    careless = [
        (task, 0, lazy_worker, 299),  # an index twice
        (task + 1, 600, lazy_worker, 300),  # another task
        (task, LAST_INDEX, lazy_worker, 1),
    ]
    first = [
        (task, 0, lazy_worker, 301),
        (task, 1, honest_worker, 10),
        (task, 2, lazy_worker, 2 * STAKED),
    ]
    return StandardMerkleTree.of(PAYOUT_TYPES, [*first, *one_wei, *careless])


@pytest.fixture
def verdict(task: int, tree: StandardMerkleTree) -> Verdict:
    return Verdict(task, slashes_root=tree.root)


@pytest.fixture
def final(oracle, posted, payment_token, staking, genesis_holder, lazy_worker) -> Verdict:
    """The verdict, final; the lazy worker has stake, the honest one has none."""
    payment_token.transfer(lazy_worker, STAKED, sender=genesis_holder)
    payment_token.approve(staking, STAKED, sender=lazy_worker)
    staking.deposit(payment_token, STAKED, sender=lazy_worker)
    boa.env.time_travel(seconds=CHALLENGE)
    oracle.finalise(posted.as_tuple())
    return posted


@pytest.fixture
def facts(oracle, staking, payment_token, lazy_worker, task) -> Callable[[], object]:
    """Everything that a refused call could have changed."""

    def read() -> object:
        accounts = (lazy_worker, oracle.insurance(), oracle.treasury())
        return (
            [staking.stake_of(payment_token, each) for each in accounts],
            [staking.credit_of(payment_token, each) for each in accounts],
            [oracle.is_worker_slashed(task, each) for each in (0, 1, 2, 600, LAST_INDEX)],
        )

    return read


def test_slash_worker__leaf_of_a_final_verdict__halves_go_to_insurance_and_treasury(
    oracle, final, tree, staking, payment_token, lazy_worker, treasury, stranger, system
):
    taken = slash_leaf(oracle, final, tree, 0, sender=stranger)

    fields = {"worker": lazy_worker, "index": 0, "amount": 301, "taken": 301}
    assert last_events(oracle) == [("WorkerSlashed", {"task_id": final.task_id, **fields})]
    assert taken == 301
    assert staking.stake_of(payment_token, lazy_worker) == STAKED - 301
    assert staking.credit_of(payment_token, system.insurance_pool) == 150
    assert staking.credit_of(payment_token, treasury) == 151
    assert oracle.is_worker_slashed(final.task_id, 0)
    assert not oracle.is_worker_slashed(final.task_id, 1)


def test_slash_worker__more_than_the_stake__takes_what_there_is(oracle, final, tree, stranger):
    assert slash_leaf(oracle, final, tree, 2, sender=stranger) == STAKED


def test_slash_worker__nothing_left__is_marked_and_takes_nothing(
    oracle, final, tree, honest_worker, stranger
):
    taken = slash_leaf(oracle, final, tree, 1, sender=stranger)

    fields = {"worker": honest_worker, "index": 1, "amount": 10, "taken": 0}
    assert last_events(oracle) == [("WorkerSlashed", {"task_id": final.task_id, **fields})]
    assert taken == 0
    assert oracle.is_worker_slashed(final.task_id, 1)


def test_slash_worker__unstaked_before__takes_what_is_unbonding(
    oracle, final, tree, staking, payment_token, lazy_worker, stranger
):
    staking.unstake(payment_token, STAKED, sender=lazy_worker)

    assert slash_leaf(oracle, final, tree, 0, sender=stranger) == 301
    assert staking.unbonding_of(payment_token, lazy_worker).amount == STAKED - 301


def test_slash_worker__withdrawn_before__takes_nothing(
    oracle, final, tree, staking, payment_token, lazy_worker, stranger
):
    staking.unstake(payment_token, STAKED, sender=lazy_worker)
    boa.env.time_travel(seconds=7 * DAY)
    staking.withdraw(payment_token, sender=lazy_worker)

    assert slash_leaf(oracle, final, tree, 0, sender=stranger) == 0
    assert payment_token.balanceOf(lazy_worker) == STAKED


def test_slash_worker__indices_256_apart__have_bits_of_their_own(oracle, final, tree, stranger):
    places = (0, 3, 256, 259, len(tree) - 1)

    assert [slash_leaf(oracle, final, tree, each, sender=stranger) for each in places] == [
        *(301, 1, 1, 1, 1)
    ]
    marked = [oracle.is_worker_slashed(final.task_id, each) for each in (0, 3, 256, 259, 1, 255)]
    assert marked == [True, True, True, True, False, False]


def test_slash_worker__twice__is_refused(oracle, final, tree, facts, stranger):
    slash_leaf(oracle, final, tree, 0, sender=stranger)

    with refused("verdict: worker already slashed", facts):
        slash_leaf(oracle, final, tree, 0, sender=stranger)


def test_slash_worker__other_leaf_of_the_same_index__is_refused(
    oracle, final, tree, facts, stranger
):
    slash_leaf(oracle, final, tree, 0, sender=stranger)

    with refused("verdict: worker already slashed", facts):
        slash_leaf(oracle, final, tree, 300, sender=stranger)


def test_slash_worker__before_the_verdict_is_final__is_refused(
    oracle, posted, tree, facts, stranger
):
    boa.env.time_travel(seconds=CHALLENGE)

    with refused("verdict: not final", facts):
        slash_leaf(oracle, posted, tree, 0, sender=stranger)


def test_slash_worker__struck_down_verdict__is_refused(oracle, struck, tree, facts, stranger):
    with refused("verdict: not the live verdict", facts):
        slash_leaf(oracle, struck, tree, 0, sender=stranger)


def test_slash_worker__verdict_that_was_never_posted__is_refused(
    oracle, final, task, lazy_worker, facts, stranger
):
    tree = payouts(task, [(lazy_worker, STAKED)])

    with refused("verdict: not the live verdict", facts):
        slash_leaf(oracle, replace(final, slashes_root=tree.root), tree, 0, sender=stranger)


@pytest.mark.parametrize(
    ("place", "changes"), [(1, {1: 5}), (2, {2: 9}), (3, {3: 302})], ids=["index", "worker", "wei"]
)
def test_slash_worker__leaf_changed__is_refused(
    oracle, final, tree, facts, stranger, place, changes
):
    leaf = list(tree.rows[0])
    leaf[place] = stranger if place == 2 else changes[place]
    proof = list(tree.proof(0))

    with refused("merkle: invalid proof", facts):
        oracle.slash_worker(final.as_tuple(), *leaf[1:], proof, sender=stranger)


def test_slash_worker__leaf_of_another_task__is_refused(oracle, final, tree, facts, stranger):
    with refused("merkle: invalid proof", facts):
        slash_leaf(oracle, final, tree, 301, sender=stranger)


def test_slash_worker__proof_for_the_payouts__is_refused(
    oracle, final, task, lazy_worker, facts, stranger
):
    tree = payouts(task, [(lazy_worker, 301)])

    with refused("merkle: invalid proof", facts):
        slash_leaf(oracle, final, tree, 0, sender=stranger)
