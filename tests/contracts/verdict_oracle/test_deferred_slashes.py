"""What a slash does not get because a dispute holds it: taken in the call that ends the dispute."""

from collections.abc import Callable

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import Terms, payouts
from tests.contracts.verdict_oracle.slashing import slash_leaf
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    DOCUMENT,
    EVIDENCE,
    REVEAL_ENDS,
    RULING,
    Verdict,
    rule,
    sign_all,
)

pytestmark = pytest.mark.chain

LEAVES = (BOND, 1, 3 * BOND, BOND // 4)  # what the four slashes of the worker ask for


@pytest.fixture
def worker(lazy_worker, fund_stake) -> str:
    """A worker whose whole stake is two bonds."""
    fund_stake(lazy_worker, 2 * BOND)
    return lazy_worker


@pytest.fixture
def verdicts(oracle, escrow, tes, requester, gateway, genesis_holder, worker, operators):
    """One verdict with slashes, which can be final, and three that can still be disputed."""
    tes.transfer(requester, 10**9, sender=genesis_holder)
    tes.approve(escrow, 10**9, sender=requester)
    terms = Terms(tes.address, gateway).as_tuple()
    first, *others = (escrow.create_task(terms, sender=requester) for _ in range(4))
    tree = payouts(first, [(worker, amount) for amount in LEAVES])
    found = [Verdict(first, slashes_root=tree.root), *map(Verdict, others)]
    boa.env.time_travel(seconds=REVEAL_ENDS)
    for number, verdict in enumerate(found):
        boa.env.time_travel(seconds=3_600 if number == 1 else 0)
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, sign_all(verdict, oracle, operators))
    boa.env.time_travel(seconds=CHALLENGE - 3_600)
    return tree, *found


@pytest.fixture
def slash(oracle, verdicts) -> Callable[[int, str], int]:
    """Send one of the leaves and return what it took."""
    tree, final, *_ = verdicts

    def send(place: int, sender: str) -> int:
        return slash_leaf(oracle, final, tree, place, sender=sender)

    return send


@pytest.fixture
def dispute(oracle, worker) -> Callable[[Verdict], None]:
    def open_one(verdict: Verdict) -> None:
        oracle.open_dispute(verdict.task_id, EVIDENCE, sender=worker)

    return open_one


@pytest.fixture
def facts(oracle, staking, tes, worker, system) -> Callable[[], object]:
    """Everything that a refused call could have changed."""

    def read() -> object:
        return (
            staking.stake_of(tes, worker),
            staking.lock_of(tes, worker),
            staking.credit_of(tes, system.insurance_pool),
            oracle.deferred_slash_of(worker),
        )

    return read


@pytest.fixture
def shielded(oracle, verdicts, slash, dispute, worker) -> Verdict:
    """The attack: all stake in bonds, then the own slash of one bond, in one second."""
    _, final, held, also_held, _ = verdicts
    dispute(held)
    dispute(also_held)
    oracle.finalise(final.as_tuple(), sender=worker)
    assert slash(0, worker) == 0
    return held


def test_deferred_slash__no_ruling_came__is_taken_with_the_end(
    oracle, shielded, staking, tes, worker, system
):
    boa.env.time_travel(seconds=RULING)

    oracle.finalise(shielded.as_tuple(), sender=worker)

    fields = {"task_id": shielded.task_id, "worker": worker, "amount": BOND}
    assert last_events(oracle)[-1] == ("DeferredSlashTaken", fields)
    assert (staking.stake_of(tes, worker), staking.lock_of(tes, worker)) == (BOND, BOND)
    assert staking.credit_of(tes, system.insurance_pool) == BOND // 2
    assert oracle.deferred_slash_of(worker) == 0


def test_deferred_slash__dispute_was_right__is_taken_all_the_same(
    oracle, shielded, staking, tes, worker, arbitrator
):
    rule(oracle, shielded, True, sender=arbitrator)

    assert staking.stake_of(tes, worker) == BOND
    assert oracle.deferred_slash_of(worker) == 0


def test_deferred_slash__freed_bond__cannot_be_pledged_again(
    oracle, verdicts, shielded, dispute, facts, arbitrator
):
    rule(oracle, shielded, True, sender=arbitrator)

    with refused("staking: amount exceeds free", facts):
        dispute(verdicts[4])


def test_deferred_slash__leaf_sent_again__is_refused_and_no_more_is_taken(
    oracle, verdicts, shielded, slash, staking, tes, worker, stranger, facts
):
    with refused("verdict: worker already slashed", facts):
        slash(0, stranger)
    boa.env.time_travel(seconds=RULING)
    for verdict in verdicts[2:4]:
        oracle.finalise(verdict.as_tuple())
    with refused("verdict: worker already slashed", facts):
        slash(0, stranger)

    assert (staking.stake_of(tes, worker), staking.lock_of(tes, worker)) == (BOND, 0)
    assert staking.totals_of(tes).slashed == LEAVES[0]


def test_deferred_slash__more_leaves_than_bonds__waits_for_what_the_bonds_hold(
    oracle, verdicts, shielded, slash, staking, tes, worker, stranger
):
    assert [slash(place, stranger) for place in (1, 2, 3)] == [0, 0, 0]
    assert oracle.deferred_slash_of(worker) == 2 * BOND

    boa.env.time_travel(seconds=RULING)
    for verdict in verdicts[2:4]:
        oracle.finalise(verdict.as_tuple())

    assert staking.stake_of(tes, worker) == 0
    assert oracle.deferred_slash_of(worker) == 0


def test_deferred_slash__less_than_the_bond__frees_the_rest(
    oracle, verdicts, slash, dispute, staking, tes, worker, stranger
):
    _, final, held, also_held, _ = verdicts
    dispute(held)
    dispute(also_held)
    oracle.finalise(final.as_tuple())
    assert slash(3, stranger) == 0

    boa.env.time_travel(seconds=RULING)
    oracle.finalise(held.as_tuple())

    stake = 2 * BOND - LEAVES[3]
    assert (staking.stake_of(tes, worker), staking.lock_of(tes, worker)) == (stake, BOND)


def test_deferred_slash__one_of_two_bonds_is_lost__the_other_pays(
    oracle, verdicts, shielded, staking, tes, worker, arbitrator, system
):
    rule(oracle, shielded, False, sender=arbitrator)
    assert oracle.deferred_slash_of(worker) == BOND

    rule(oracle, verdicts[3], True, sender=arbitrator)

    assert staking.stake_of(tes, worker) == 0
    assert staking.credit_of(tes, system.insurance_pool) == BOND // 2


def test_deferred_slash__every_bond_is_lost__is_forgotten(
    oracle, verdicts, shielded, staking, tes, worker, arbitrator, system
):
    for verdict in verdicts[2:4]:
        rule(oracle, verdict, False, sender=arbitrator)

    assert staking.stake_of(tes, worker) == 0
    assert staking.credit_of(tes, system.insurance_pool) == 0
    assert oracle.deferred_slash_of(worker) == 0


def test_deferred_slash__stake_deposited_meanwhile__is_spared_beyond_the_bond(
    oracle, shielded, staking, tes, worker, fund_stake
):
    fund_stake(worker, 5 * BOND)
    boa.env.time_travel(seconds=RULING)

    oracle.finalise(shielded.as_tuple())

    assert staking.stake_of(tes, worker) == 6 * BOND
