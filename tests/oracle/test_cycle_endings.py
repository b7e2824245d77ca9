"""How a task ends: finalised once, or expired when no verdict came."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from dao_client.types import Phase
from oracle.aggregate.choice.anchored import method as anchored
from oracle.cycle import Step
from tests.oracle.desks import open_office, step
from tests.oracle.fake_chain import OPERATORS
from tests.oracle.tasks import TASK_ID
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


@pytest.fixture
def office(world, tmp_path):
    return open_office(*world, tmp_path / "operators")


def test_run__window_over__finalises_once(world, office):
    chain, _ = world
    for cycle in office.cycles[:2]:
        step(cycle)
    chain.is_window_over = True

    steps = [step(cycle) for cycle in office.cycles]

    assert steps == [Step.FINALISED, Step.ENDED, Step.ENDED]
    assert chain.sent == ["post", "finalise"]


def test_run__dispute_lapsed__finalises(world, office):
    chain, _ = world
    for cycle in office.cycles[:2]:
        step(cycle)
    chain.phase, chain.is_window_over = Phase.DISPUTED, True

    assert step(office.cycles[2]) is Step.FINALISED


def test_run__no_verdict_in_time__expires(world, office):
    world[0].is_expiry_time = True

    assert step(office.cycles[0]) is Step.EXPIRED
    assert world[0].sent == ["expire"]


def test_run__others_posted_something_else__finalises_but_says_so(world, office):
    chain, _ = world
    step(office.cycles[0])
    signed = office.signatures[0].latest(TASK_ID)
    chain.stand(replace(signed.verdict, total_payout=1), signed.document)

    with capture_logs() as logs:
        result = step(office.cycles[0])

    assert result is Step.WINDOW_OPEN
    assert "posted verdict differs from the one signed here" in [log["event"] for log in logs]


@pytest.mark.parametrize("due", ["is_window_over", "is_expiry_time"])
def test_run__another_operators_turn_to_end_it__waits(world, tmp_path, due):
    chain, store = world
    office = open_office(chain, store, tmp_path / "turns", stagger_seconds=10)
    last = sorted(range(3), key=lambda place: OPERATORS[place].address.lower())[(TASK_ID + 2) % 3]
    if due == "is_window_over":
        step(office.cycles[last])
        signed = office.signatures[last].latest(TASK_ID)
        chain.stand(signed.verdict, signed.document)
    setattr(chain, due, True)

    assert step(office.cycles[last]) is Step.NOT_MY_TURN
    assert chain.sent == []


def test_run__no_longer_an_operator__comes_after_all_others(world, tmp_path):
    chain, store = world
    chain.is_expiry_time = True
    chain.registered.pop(OPERATORS[0].address)
    office = open_office(chain, store, tmp_path / "turns", stagger_seconds=10)

    early = step(office.cycles[0])
    office.clock.now = 20.0

    assert (early, step(office.cycles[0])) == (Step.NOT_MY_TURN, Step.EXPIRED)


def test_run__task_too_large_for_its_method__gets_no_verdict_and_expires(tmp_path, monkeypatch):
    monkeypatch.setattr(anchored, "MOST_BELIEFS", 5)
    chain, store = settled_world(tmp_path / "store", "anchored")
    office = open_office(chain, store, tmp_path / "operators")

    with capture_logs() as logs:
        early = step(office.cycles[0])
    chain.is_expiry_time = True

    assert early is Step.REFUSED
    held = next(log for log in logs if log["event"] == "verdict held back")
    assert "3 items with 2 labels are 6 beliefs, anchored takes 5" in held["error"]
    assert step(office.cycles[0]) is Step.EXPIRED
    assert chain.sent == ["expire"]
