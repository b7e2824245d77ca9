"""register_task: only what a final verdict paid asks for emission, once, in the present week."""

from dataclasses import replace

import boa
import pytest
from eth_utils import keccak

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.rewards.conftest import wait
from tests.contracts.rewards.settling import post_work, settle_work
from tests.contracts.rewards.stage import RATE, TES, TIMELOCK, WEEK
from tests.contracts.task_escrow.tasks import HOUR
from tests.contracts.verdict_oracle.verdicts import CHALLENGE

pytestmark = pytest.mark.chain


def test_register_task__settled_by_this_verdict__asks_for_its_pay(rewards, work, stranger):
    epoch = rewards.epoch()

    rewards.register_task(work.verdict.as_tuple(), sender=stranger)

    fields = {"task_id": work.task_id, "epoch": epoch, "rate": RATE, "demand": 80 * TES}
    assert last_events(rewards) == [("TaskRegistered", fields)]
    assert rewards.demand_of(epoch) == 80 * TES
    hour = (boa.env.timestamp - CHALLENGE) // HOUR * HOUR
    assert rewards.emission_task(work.task_id) == (work.tree.root, 80_000_000, RATE, epoch, hour)


def test_register_task__twice__is_refused(rewards, registered, emission_books):
    for seconds in (0, WEEK):
        wait(seconds)
        with refused("emission: already registered", emission_books):
            rewards.register_task(registered.verdict.as_tuple())


@pytest.mark.parametrize(
    "change",
    [
        {"total_payout": 80_000_001},
        {"payouts_root": keccak(b"another root")},
        {"labels_root": keccak(b"another root")},
        {"task_id": 2},
        {"task_id": 0},
        {"task_id": 2**256 - 1},
    ],
)
def test_register_task__verdict_that_nobody_posted__is_refused(
    rewards, work, emission_books, change
):
    with refused("emission: foreign verdict", emission_books):
        rewards.register_task(replace(work.verdict, **change).as_tuple())


def test_register_task__verdict_not_final__is_refused(
    stage, rewards, payment_token, work, honest_worker, emission_books
):
    posted = post_work(stage, payment_token, [(honest_worker, 7_000_000)])

    with refused("emission: task is not settled", emission_books):
        rewards.register_task(posted.verdict.as_tuple())

    wait(CHALLENGE)
    with refused("emission: task is not settled", emission_books):
        rewards.register_task(posted.verdict.as_tuple())
    stage.oracle.finalise(posted.verdict.as_tuple())
    rewards.register_task(posted.verdict.as_tuple())


def test_register_task__token_without_a_rate__is_refused(
    stage, rewards, no_return_token, work, honest_worker, emission_books
):
    other = settle_work(stage, no_return_token, [(honest_worker, 7_000_000)])
    with refused("emission: nothing to ask for", emission_books):
        rewards.register_task(other.verdict.as_tuple())

    rewards.set_emission_rate(no_return_token, RATE, sender=TIMELOCK)
    rewards.register_task(other.verdict.as_tuple())

    assert rewards.emission_task(other.task_id).pay_left == 7_000_000


def test_register_task__rate_changed_later__keeps_its_own(
    stage, rewards, payment_token, registered, honest_worker
):
    rewards.set_emission_rate(payment_token, RATE // 2, sender=TIMELOCK)
    later = settle_work(stage, payment_token, [(honest_worker, 8_000_000)])
    rewards.register_task(later.verdict.as_tuple())

    assert rewards.emission_task(registered.task_id).rate == RATE
    assert rewards.emission_task(later.task_id).rate == RATE // 2


def test_register_task__by_a_stranger_in_a_crowded_week__shares_it_like_all_others(
    stage, rewards, payment_token, work, honest_worker, stranger
):
    crowd = settle_work(stage, payment_token, [(stranger, 3_920_000_000)])
    rewards.register_task(crowd.verdict.as_tuple(), sender=stranger)
    rewards.register_task(work.verdict.as_tuple(), sender=stranger)
    wait(WEEK)

    rewards.claim_emission(*work.claim(0))

    assert rewards.demand_of(rewards.epoch() - 1) == 4 * rewards.budget_of(0)
    assert stage.tes.balanceOf(honest_worker) == 15 * TES  # of 60
    assert stage.house.getVotes(honest_worker) == 60 * TES  # power is not scaled


def test_set_emission_rate__by_the_timelock__is_logged(rewards, payment_token):
    rewards.set_emission_rate(payment_token, 0, sender=TIMELOCK)

    fields = {"token": payment_token.address, "old_rate": RATE, "new_rate": 0}
    assert last_events(rewards) == [("EmissionRateSet", fields)]
    assert rewards.emission_rate(payment_token) == 0


def test_set_emission_rate__by_anybody_else__is_refused(rewards, payment_token, staker, stranger):
    for intruder in (staker, stranger, boa.env.eoa, rewards.address):
        with refused("rewards: not the timelock", lambda: rewards.emission_rate(payment_token)):
            rewards.set_emission_rate(payment_token, 0, sender=intruder)


def test_set_emission_rate__too_large__is_refused(rewards, payment_token):
    with refused("emission: rate too large", lambda: rewards.emission_rate(payment_token)):
        rewards.set_emission_rate(payment_token, 2**120, sender=TIMELOCK)

    rewards.set_emission_rate(payment_token, 2**120 - 1, sender=TIMELOCK)


def test_epoch__weeks_pass__counts_from_the_deployment(rewards):
    started_at = rewards.started_at()
    assert rewards.epoch() == 0

    boa.env.timestamp = started_at + WEEK - HOUR
    assert rewards.epoch() == 0
    wait(HOUR)
    assert rewards.epoch() == 1
