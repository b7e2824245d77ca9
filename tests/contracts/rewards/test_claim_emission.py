"""claim_emission: TES for each accepted payout, once, in proportion to pay, inside every bound."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.rewards.conftest import wait
from tests.contracts.rewards.settling import settle_work
from tests.contracts.rewards.stage import HOUSE_CAP, SUPPLY, TES, WEEK
from tests.contracts.task_escrow.tasks import NOBODY

pytestmark = pytest.mark.chain


def test_claim_emission__week_over__creates_what_the_pay_asked_for(
    stage, rewards, ripe, honest_worker, stranger
):
    rewards.claim_emission(*ripe.claim(0), sender=stranger)

    fields = {"task_id": ripe.task_id, "worker": honest_worker, "index": 0}
    amounts = {"amount": 60 * TES, "points": 60 * TES}
    assert last_events(rewards) == [("EmissionClaimed", fields | amounts)]
    assert stage.tes.balanceOf(honest_worker) == 60 * TES
    assert stage.tes.totalSupply() == SUPPLY + 60 * TES
    assert stage.house.getVotes(honest_worker) == 60 * TES
    assert rewards.emission_minted() == 60 * TES
    assert rewards.is_emission_claimed(ripe.task_id, 0)
    assert not rewards.is_emission_claimed(ripe.task_id, 1)


def test_claim_emission__same_proof__pays_in_escrow_too(
    stage, rewards, payment_token, ripe, honest_worker
):
    rewards.claim_emission(*ripe.claim(0))
    stage.escrow.claim(*ripe.claim(0))

    assert payment_token.balanceOf(honest_worker) == 60_000_000


def test_claim_emission__twice__is_refused(rewards, ripe, emission_books):
    rewards.claim_emission(*ripe.claim(0))

    for seconds in (0, WEEK):
        wait(seconds)
        with refused("emission: already claimed", emission_books):
            rewards.claim_emission(*ripe.claim(0))


def test_claim_emission__week_not_over__is_refused(rewards, registered, emission_books):
    while rewards.epoch() == rewards.emission_task(registered.task_id).epoch:
        with refused("emission: week is not over", emission_books):
            rewards.claim_emission(*registered.claim(0))
        wait(86_400)

    rewards.claim_emission(*registered.claim(0))


def test_claim_emission__task_not_registered__is_refused(rewards, work, emission_books):
    wait(WEEK)

    with refused("emission: not registered", emission_books):
        rewards.claim_emission(*work.claim(0))


def test_claim_emission__anything_changed__is_refused(rewards, ripe, stranger, emission_books):
    task_id, index, worker, amount, proof = ripe.claim(0)
    changed = [
        (task_id, index + 2, worker, amount, proof),
        (task_id, index, stranger, amount, proof),
        (task_id, index, worker, amount + 1, proof),
        (task_id, index, worker, amount, []),
        (task_id, index, worker, amount, ripe.claim(1)[-1]),
        (task_id, index, worker, 2**256 - 1, proof),
    ]

    for arguments in changed:
        with refused("merkle: invalid proof", emission_books):
            rewards.claim_emission(*arguments)


def test_claim_emission__proof_of_another_task__is_refused(
    stage, rewards, payment_token, ripe, stranger, emission_books
):
    other = settle_work(stage, payment_token, [(stranger, 9_000_000)] * 2)
    rewards.register_task(other.verdict.as_tuple())
    wait(WEEK)

    with refused("merkle: invalid proof", emission_books):
        rewards.claim_emission(ripe.task_id, *other.claim(0)[1:])


def test_claim_emission__root_that_promises_too_much__is_bounded_by_the_verdict(
    stage, rewards, payment_token, work, honest_worker, lazy_worker, stranger, emission_books
):
    pays = [(honest_worker, 60_000_000), (stranger, 50_000_000), (lazy_worker, 2**256 - 1)]
    greedy = settle_work(stage, payment_token, pays, total=80_000_000)
    rewards.register_task(greedy.verdict.as_tuple())
    wait(WEEK)
    rewards.claim_emission(*greedy.claim(0))

    for index in (1, 2):
        with refused("emission: exceeds the payout", emission_books):
            rewards.claim_emission(*greedy.claim(index))

    assert rewards.emission_minted() == 60 * TES
    assert rewards.emission_task(greedy.task_id).pay_left == 20_000_000


def test_claim_emission__more_work_than_budget__scales_all_alike(
    stage, rewards, payment_token, honest_worker, lazy_worker
):
    pays = [(honest_worker, 3_000_000_000), (lazy_worker, 1_000_000_001)]
    work = settle_work(stage, payment_token, pays)
    rewards.register_task(work.verdict.as_tuple())
    epoch = rewards.epoch()
    wait(WEEK)
    for index in (0, 1):
        rewards.claim_emission(*work.claim(index))

    budget, demand = rewards.budget_of(epoch), rewards.demand_of(epoch)
    assert (budget, demand) == (1_000 * TES, 4_000_000_001 * 10**12)
    minted = [stage.tes.balanceOf(worker) for worker, _ in pays]
    assert minted == [pay * 10**12 * budget // demand for _, pay in pays]
    assert budget - 2 <= sum(minted) <= budget
    # the house counts the work itself, up to its cap
    assert stage.house.getVotes(honest_worker) == HOUSE_CAP == stage.house.getVotes(lazy_worker)


def test_claim_emission__another_week__has_its_own_budget(
    stage, rewards, payment_token, ripe, honest_worker
):
    later = settle_work(stage, payment_token, [(honest_worker, 5_000_000_000)])
    rewards.register_task(later.verdict.as_tuple())
    wait(WEEK)

    rewards.claim_emission(*ripe.claim(0))
    rewards.claim_emission(*later.claim(0))

    assert stage.tes.balanceOf(honest_worker) == 60 * TES + 1_000 * TES


def test_claim_emission__worker_is_nobody__is_refused(
    stage, rewards, payment_token, work, emission_books
):
    odd = settle_work(stage, payment_token, [(NOBODY, 1_000_000)])
    rewards.register_task(odd.verdict.as_tuple())
    wait(WEEK)

    with refused("erc20: mint to the zero address", emission_books):
        rewards.claim_emission(*odd.claim(0))


def test_claim_emission__registered_and_claimed_late__power_has_halved_meanwhile(
    stage, rewards, payment_token, work, honest_worker
):
    wait(365 * 86_400)
    rewards.register_task(work.verdict.as_tuple())
    wait(WEEK)
    rewards.claim_emission(*work.claim(0))

    assert stage.tes.balanceOf(honest_worker) == 60 * TES
    assert stage.house.getVotes(honest_worker) == 30 * TES


def test_claim_emission__after_a_century__creates_nothing_and_counts_the_work(
    stage, rewards, payment_token, honest_worker
):
    wait(100 * 52 * WEEK)
    work = settle_work(stage, payment_token, [(honest_worker, 5_000_000)])
    rewards.register_task(work.verdict.as_tuple())
    wait(WEEK)
    rewards.claim_emission(*work.claim(0))

    assert rewards.emission_minted() == stage.tes.balanceOf(honest_worker) == 0
    assert stage.house.getVotes(honest_worker) == 5 * TES
