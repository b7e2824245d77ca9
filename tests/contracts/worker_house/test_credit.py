"""credit: only Rewards gives power, never past the cap, and nobody can move it."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.worker_house.conftest import CAP, YEAR

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20


def test_credit__by_rewards__gives_power(house, rewards, honest_worker):
    house.credit(honest_worker, 7, boa.env.timestamp, sender=rewards)

    fields = {"worker": honest_worker, "points": 7, "new_power": 7}
    assert last_events(house) == [("PointsCredited", fields)]
    assert house.getVotes(honest_worker) == 7


def test_credit__again__adds_up(house, rewards, honest_worker, lazy_worker):
    house.credit(honest_worker, 7, boa.env.timestamp, sender=rewards)
    house.credit(lazy_worker, 1, boa.env.timestamp, sender=rewards)
    house.credit(honest_worker, 5, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += 1

    assert (house.getVotes(honest_worker), house.getVotes(lazy_worker)) == (12, 1)
    assert house.getPastTotalSupply(boa.env.timestamp - 1) == 13


@pytest.mark.parametrize("points", [CAP, CAP + 1, 2**256 - 1])
def test_credit__more_than_the_cap__stops_at_the_cap(house, rewards, honest_worker, points):
    house.credit(honest_worker, 3, boa.env.timestamp, sender=rewards)
    house.credit(honest_worker, points, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += 1

    assert house.getVotes(honest_worker) == CAP
    assert house.getPastTotalSupply(boa.env.timestamp - 1) == CAP


def test_credit__cap_reached_and_a_year_passed__fills_up_again(house, rewards, honest_worker):
    house.credit(honest_worker, CAP, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += YEAR
    assert house.getVotes(honest_worker) == CAP // 2

    house.credit(honest_worker, CAP, boa.env.timestamp, sender=rewards)

    assert house.getVotes(honest_worker) == CAP


def test_credit__largest_cap_after_a_century__still_works(rewards, honest_worker, lazy_worker):
    cap = 2**80 - 1
    house = deploy("WorkerHouse", rewards, cap, 0)
    boa.env.timestamp += 100 * YEAR

    for worker in (honest_worker, lazy_worker):
        house.credit(worker, 2**256 - 1, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += 1

    assert house.getVotes(honest_worker) == cap
    assert house.getPastTotalSupply(boa.env.timestamp - 1) == 2 * cap


def test_credit__by_anybody_else__is_refused(
    house, rewards, honest_worker, genesis_holder, stranger
):
    house.credit(honest_worker, 7, boa.env.timestamp, sender=rewards)

    def power():
        return house.getVotes(honest_worker), house.numCheckpoints(honest_worker)

    for intruder in (honest_worker, genesis_holder, stranger, boa.env.eoa):
        with refused("house: caller is not rewards", power):
            house.credit(honest_worker, 1, boa.env.timestamp, sender=intruder)


def test_credit__claimed_late__is_worth_what_it_would_be_now(house, rewards, honest_worker):
    earned_at = boa.env.timestamp
    boa.env.timestamp += 2 * YEAR

    house.credit(honest_worker, 1_000, earned_at, sender=rewards)
    assert house.getVotes(honest_worker) == 250
    house.credit(honest_worker, 2**256 - 1, earned_at, sender=rewards)

    assert house.getVotes(honest_worker) == 250 + CAP // 4


def test_credit__earned_before_the_first_year__counts_whole(house, rewards, honest_worker):
    house.credit(honest_worker, 7, 0, sender=rewards)

    assert house.getVotes(honest_worker) == 7


def test_credit__nothing__changes_nothing(house, rewards, honest_worker):
    house.credit(honest_worker, 0, boa.env.timestamp, sender=rewards)

    assert house.numCheckpoints(honest_worker) == house.getVotes(honest_worker) == 0


def test_abi__moving_power__does_not_exist(house):
    names = {entry["name"] for entry in house.abi if entry["type"] == "function"}

    assert names == {
        *("credit", "clock", "CLOCK_MODE", "getVotes", "getPastVotes", "getPastTotalSupply"),
        *("delegates", "numCheckpoints", "checkpoints"),
        *("rewards", "cap_per_worker", "least_total", "started_at"),
    }


def test_init__roles_and_cap__are_readable(house, rewards):
    assert (house.rewards(), house.cap_per_worker()) == (rewards, CAP)
    assert house.started_at() == boa.env.timestamp


@pytest.mark.parametrize(
    ("cap", "reason"), [(0, "house: cap is zero"), (2**80, "house: cap too large")]
)
def test_init__bad_cap__is_refused(rewards, cap, reason):
    with refused(reason, lambda: None):
        deploy("WorkerHouse", rewards, cap, 0)


def test_init__no_rewards__is_refused():
    with refused("house: rewards is zero", lambda: None):
        deploy("WorkerHouse", ZERO, CAP, 0)
