"""While a verdict can be disputed, operators delay withdrawals that its slashes would miss."""

from dataclasses import replace

import pytest

from dao_client.contracts.staking import Unbonding
from dao_client.errors import TransactionRefused
from dao_client.types import Phase, Timestamp, Wei
from oracle.cycle import Step
from oracle.withdrawals import PAUSE_SECONDS, SOON_SECONDS, Watch
from tests.oracle.desks import open_office, step
from tests.oracle.fake_chain import DUE, OPERATORS, UNBONDING_SECONDS
from tests.oracle.tasks import TASK_ID, honest_worker, lazy_worker
from tests.oracle.test_slashing import post_other, withhold
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit

DAY = 86_400
NOW = Timestamp(DUE - 1)


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


@pytest.fixture
def chain(world, tmp_path):
    """A posted verdict that slashes the lazy worker; two withdrawals end in a day."""
    chain, store = world
    withhold(chain, store)
    chain.now = NOW
    for cycle in open_office(*world, tmp_path / "operators").cycles[:2]:
        step(cycle)
    assert chain.sent == ["post"]
    for worker in (lazy_worker, honest_worker):
        chain.leaving[worker.address] = Unbonding(Wei(5), Timestamp(NOW + DAY))
    return chain


@pytest.fixture
def office(world, chain, tmp_path):
    return open_office(*world, tmp_path / "operators")


def ends_at(chain, worker=lazy_worker):
    return chain.leaving[worker.address].ends_at


@pytest.mark.parametrize("phase", [Phase.CHALLENGE, Phase.DISPUTED])
def test_run__slashed_worker_leaves_soon__is_delayed_once_and_nobody_else(chain, office, phase):
    chain.phase = phase

    steps = [step(cycle) for cycle in (*office.cycles, *office.cycles)]

    assert steps == [Step.DELAYED, *[Step.WINDOW_OPEN] * 5]
    assert chain.sent == ["post", "delay"]
    assert ends_at(chain) == NOW + UNBONDING_SECONDS
    assert ends_at(chain, honest_worker) == NOW + DAY


@pytest.mark.parametrize(
    ("left", "outcome"), [(SOON_SECONDS - 1, Step.DELAYED), (SOON_SECONDS, Step.WINDOW_OPEN)]
)
def test_run__time_left__decides(chain, office, left, outcome):
    chain.leaving[lazy_worker.address] = Unbonding(Wei(5), Timestamp(NOW + left))

    assert step(office.cycles[0]) is outcome


def test_run__three_weeks_of_dispute__the_stake_is_still_there_for_the_slash(chain, office):
    chain.phase = Phase.DISPUTED
    for hour in range(1, 21 * 24):
        chain.now = Timestamp(NOW + hour * 3_600)
        step(office.cycles[hour % 3])
        assert ends_at(chain) > chain.now, f"the stake could leave after {hour} hours"

    chain.is_window_over = True

    assert [step(office.cycles[0]) for _ in range(2)] == [Step.FINALISED, Step.SLASHED]
    assert chain.sent.count("delay") == 5, "one at once, then one in five days"


def test_run__final_is_due__is_finalised_and_not_delayed(chain, office):
    chain.is_window_over = True

    assert step(office.cycles[0]) is Step.FINALISED
    assert chain.sent == ["post", "finalise"]


def test_run__nothing_found__looks_again_after_an_hour(chain, office):
    soon = chain.leaving.pop(lazy_worker.address)
    step(office.cycles[0])
    chain.leaving[lazy_worker.address] = soon

    early = step(office.cycles[0])
    chain.now = Timestamp(NOW + PAUSE_SECONDS)
    late = step(office.cycles[0])

    assert (early, late) == (Step.WINDOW_OPEN, Step.DELAYED)


def test_run__not_its_turn__waits_anew_for_each_delay(world, chain, tmp_path):
    slow = open_office(*world, tmp_path / "operators", stagger_seconds=10)
    ordered = sorted(range(3), key=lambda place: OPERATORS[place].address.lower())
    last = slow.cycles[ordered[(TASK_ID + 2) % 3]]

    first = [step(last)]
    slow.clock.now += 20.0
    first.append(step(last))
    chain.now = Timestamp(NOW + 6 * DAY)
    second = [step(last)]
    slow.clock.now += 20.0
    second.append(step(last))

    assert first == second == [Step.NOT_MY_TURN, Step.DELAYED]


def test_run__verdict_that_this_operator_doubts__is_not_helped(chain, office):
    posted = chain.posts[-1]
    signed = office.signatures[0].latest(TASK_ID)
    chain.stand(replace(signed.verdict, total_payout=1), posted.document)

    assert step(office.cycles[0]) is Step.WINDOW_OPEN
    assert "delay" not in chain.sent


def test_run__another_is_faster__is_no_fault(chain, office):
    def slower(verdict, leaf, proof):
        chain.leaving[leaf.worker] = Unbonding(Wei(5), Timestamp(NOW + UNBONDING_SECONDS))
        raise TransactionRefused("delay_worker was refused", "nonce too low")

    chain.delay = slower

    assert step(office.cycles[0]) is Step.DONE_BY_OTHERS


@pytest.mark.parametrize("change", ["withdrawn", "final"])
def test_run__too_late_for_a_delay__is_no_fault(chain, office, change):
    def late(verdict, leaf, proof):
        if change == "withdrawn":
            del chain.leaving[leaf.worker]
        else:
            chain.phase = Phase.FINAL
        raise TransactionRefused("delay_worker was refused", "too late")

    chain.delay = late

    assert step(office.cycles[0]) is Step.DONE_BY_OTHERS


def test_run__contract_refuses__is_reported_and_tried_again(chain, office):
    def refuse(*_):
        raise TransactionRefused("delay_worker was refused", "staking: paused")

    chain.delay = refuse

    assert [step(office.cycles[0]) for _ in range(2)] == [Step.REFUSED] * 2


def test_run__posted_with_another_document__who_signed_the_verdict_delays(chain, office):
    post_other(chain, b"\x66" * 32)

    assert step(office.cycles[0]) is Step.DELAYED


def test_run__document_in_no_store__waits_for_it_and_still_finalises(chain, office):
    """The third operator signed nothing, so it has no document of its own."""
    post_other(chain, b"\x66" * 32)

    early = step(office.cycles[2])
    chain.is_window_over = True

    assert (early, step(office.cycles[2])) == (Step.NO_EVIDENCE, Step.FINALISED)


def test_ending__verdict_posted_anew__is_looked_at_at_once(world, chain):
    watch = Watch(*world)
    soon = chain.leaving.pop(lazy_worker.address)
    assert not watch.ending(chain.posts[-1])
    chain.leaving[lazy_worker.address] = soon
    place = replace(chain.posts[-1].place, block_number=11)

    (found,) = watch.ending(replace(chain.posts[-1], place=place))

    assert found.slash.leaf.worker == lazy_worker.address
