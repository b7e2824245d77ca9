"""getVotes and its past: halved every year, equal to a Python twin, read like OpenZeppelin's."""

from fractions import Fraction

import boa
import pytest
from eth_abi import encode
from eth_utils import function_signature_to_4byte_selector as selector
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.worker_house.conftest import CAP, YEAR

pytestmark = pytest.mark.chain

WORKERS = [account_of(f"worker {number}") for number in range(3)]


def test_getVotes__years_pass__halve_at_each_boundary(house, rewards, honest_worker):
    boa.env.timestamp += YEAR - 1
    house.credit(honest_worker, 1_000, boa.env.timestamp, sender=rewards)

    seen = []
    for seconds in (0, 1, YEAR - 1, 1, YEAR):
        boa.env.timestamp += seconds
        seen.append(house.getVotes(honest_worker))

    assert seen == [1_000, 500, 500, 250, 125]


def test_getVotes__odd_points__lose_nothing_but_the_fraction(house, rewards, honest_worker):
    house.credit(honest_worker, 3, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += YEAR
    assert house.getVotes(honest_worker) == 1

    house.credit(honest_worker, 1, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += YEAR

    assert house.getVotes(honest_worker) == 1  # (3 / 2 + 1) / 2 = 1.25


def test_getVotes__after_64_years__halve_no_more(house, rewards, honest_worker):
    boa.env.timestamp += 64 * YEAR
    house.credit(honest_worker, 1_000, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += 36 * YEAR

    assert house.getVotes(honest_worker) == 1_000


def test_getPastTotalSupply__less_than_the_least__counts_as_the_least(rewards, honest_worker):
    house = deploy("WorkerHouse", rewards, CAP, 100)
    totals = []

    for points in (0, 99, 1, 1):
        house.credit(honest_worker, points, boa.env.timestamp, sender=rewards)
        boa.env.timestamp += 1
        totals.append(house.getPastTotalSupply(boa.env.timestamp - 1))

    assert totals == [100, 100, 100, 101]
    assert house.least_total() == 100


def test_getPastVotes__points_credited_later__count_nothing(house, rewards, honest_worker):
    before = boa.env.timestamp
    boa.env.timestamp += 10
    house.credit(honest_worker, 7, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += 1

    assert house.getPastVotes(honest_worker, before + 9) == 0
    assert house.getPastVotes(honest_worker, before + 10) == 7
    assert house.getPastTotalSupply(before + 9) == 0
    assert house.getPastVotes(honest_worker, 0) == 0


def test_getPastVotes__second_that_is_not_over__is_refused_like_openzeppelin(house, honest_worker):
    now = boa.env.timestamp
    calls = [
        house.getPastVotes.prepare_calldata(honest_worker, now),
        house.getPastTotalSupply.prepare_calldata(now),
    ]

    for data in calls:
        computation = boa.env.execute_code(to_address=house.address, data=data)
        assert computation.is_error
        assert computation.output == selector("ERC5805FutureLookup(uint256,uint48)") + encode(
            ["uint256", "uint48"], [now, now]
        )


def test_clock__now__is_a_timestamp(house, honest_worker):
    assert house.clock() == boa.env.timestamp
    assert house.CLOCK_MODE() == "mode=timestamp"
    assert house.delegates(honest_worker) == honest_worker


def test_checkpoints__changes__are_listed_in_order(house, rewards, honest_worker):
    first_at = boa.env.timestamp
    house.credit(honest_worker, 7, boa.env.timestamp, sender=rewards)
    house.credit(honest_worker, 1, boa.env.timestamp, sender=rewards)
    boa.env.timestamp += YEAR
    house.credit(honest_worker, 2, boa.env.timestamp, sender=rewards)

    assert house.numCheckpoints(honest_worker) == 2
    assert house.checkpoints(honest_worker, 0) == (first_at, 8)
    assert house.checkpoints(honest_worker, 1) == (first_at + YEAR, 6)
    with refused("house: no such checkpoint", lambda: house.numCheckpoints(honest_worker)):
        house.checkpoints(honest_worker, 2)


steps = st.tuples(
    st.sampled_from([0, 1, 86_400, YEAR // 3, YEAR, 3 * YEAR]),
    st.sampled_from(WORKERS),
    st.integers(0, CAP * 3 // 2),
)


@given(story=st.lists(steps, max_size=20))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_credit__any_story__agrees_with_a_twin(house, rewards, story):
    with boa.env.anchor():
        start, power, year = house.started_at(), dict.fromkeys(WORKERS, Fraction(0)), 0
        history = {}
        for seconds, worker, points in story:
            boa.env.timestamp += seconds
            elapsed = (boa.env.timestamp - start) // YEAR - year
            year += elapsed
            power = {name: old / 2**elapsed for name, old in power.items()}
            house.credit(worker, points, boa.env.timestamp, sender=rewards)
            power[worker] = min(power[worker] + points, Fraction(CAP))

            assert last_events(house)[0][1]["new_power"] == int(power[worker])
            assert [house.getVotes(name) for name in WORKERS] == [int(p) for p in power.values()]
            history[boa.env.timestamp] = dict(power)

        boa.env.timestamp += 10 * YEAR
        for timepoint, then in history.items():
            past = [house.getPastVotes(name, timepoint) for name in WORKERS]
            assert past == [int(p) for p in then.values()]
            assert house.getPastTotalSupply(timepoint) == int(sum(then.values()))
