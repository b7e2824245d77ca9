"""Operators bring a task from SETTLING to its end, whoever is down and whenever they are killed."""

from dataclasses import replace

import pytest

from dao_client.errors import TransactionRefused
from dao_client.types import Timestamp
from ipfs_store import cid_from_digest
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


def in_turn():
    """Order the operators' places as they take turns for the task."""
    ordered = sorted(range(3), key=lambda place: OPERATORS[place].address.lower())
    return [ordered[(TASK_ID + turn) % 3] for turn in range(3)]


def sign_alone(office):
    """Let everybody sign before anybody sees another signature."""
    for peer in office.peers:
        peer.is_down = True
    for cycle in office.cycles:
        step(cycle)
    for peer in office.peers:
        peer.is_down = False


def test_run__two_of_three_signed__the_second_posts(world, office):
    chain, _ = world

    steps = [step(cycle) for cycle in office.cycles[:2]]

    assert steps == [Step.NO_QUORUM, Step.POSTED]
    assert chain.sent == ["post"]


def test_run__one_down_for_ever__the_others_go_on(world, office):
    office.peers[2].is_down = True

    assert [step(cycle) for cycle in office.cycles[:2]] == [Step.NO_QUORUM, Step.POSTED]


def test_run__two_down__nothing_is_posted(world, office):
    office.peers[1].is_down = office.peers[2].is_down = True

    assert [step(office.cycles[0]) for _ in range(3)] == [Step.NO_QUORUM] * 3
    assert world[0].sent == []


def test_run__three_operators__sign_identical_verdicts(world, office):
    office.peers[0].is_down = office.peers[1].is_down = office.peers[2].is_down = True

    for cycle in office.cycles:
        step(cycle)

    signed = [each.latest(TASK_ID) for each in office.signatures]
    assert len({each.verdict for each in signed}) == 1
    assert len({each.document for each in signed}) == 1


def test_run__after_signing__everything_behind_the_verdict_is_in_the_store(world, office):
    step(office.cycles[0])

    signed = office.signatures[0].latest(TASK_ID)
    assert world[1].has(cid_from_digest(signed.document))
    assert world[1].has(cid_from_digest(signed.verdict.input_digest))


def test_run__killed_after_signing__keeps_its_signature(world, office, tmp_path):
    step(office.cycles[0])
    before = office.signatures[0].latest(TASK_ID)

    again = open_office(*world, tmp_path / "operators")
    step(again.cycles[0])

    assert again.signatures[0].latest(TASK_ID) == before


def test_run__killed_after_posting__posts_nothing_twice(world, office, tmp_path):
    for cycle in office.cycles[:2]:
        step(cycle)

    again = open_office(*world, tmp_path / "operators")

    assert [step(cycle) for cycle in again.cycles] == [Step.WINDOW_OPEN] * 3
    assert world[0].sent == ["post"]


def test_run__someone_posts_between_check_and_send__is_no_fault(world, office, tmp_path):
    chain, _ = world
    step(office.cycles[0])
    signed = office.signatures[0].latest(TASK_ID)
    real_post = chain.post

    def slower(verdict, document, signatures):
        chain.stand(signed.verdict, signed.document)
        real_post(verdict, document, signatures)

    chain.post = slower

    assert step(office.cycles[1]) is Step.DONE_BY_OTHERS


def test_run__contract_refuses__is_reported_and_tried_again(world, office):
    chain, _ = world

    def refuse(*_):
        raise TransactionRefused("post_verdict was refused", "verdict: too late")

    chain.post = refuse
    step(office.cycles[0])

    assert [step(office.cycles[1]) for _ in range(2)] == [Step.REFUSED] * 2


def test_run__not_its_turn__waits_and_then_posts(world, tmp_path):
    chain, store = world
    office = open_office(chain, store, tmp_path / "turns", stagger_seconds=10)
    last = in_turn()[-1]
    sign_alone(office)

    early = step(office.cycles[last])
    office.clock.now = 25.0
    late = step(office.cycles[last])

    assert (early, late) == (Step.NOT_MY_TURN, Step.POSTED)


def test_run__one_signature_missing__waits_a_turn_for_it(world, tmp_path):
    chain, store = world
    office = open_office(chain, store, tmp_path / "turns", stagger_seconds=10)
    first, second, _ = in_turn()
    step(office.cycles[first])
    step(office.cycles[second])

    early = step(office.cycles[first])
    office.clock.now = 10.0
    late = step(office.cycles[first])

    assert (early, late) == (Step.NOT_ALL_SIGNED, Step.POSTED)


def test_run__struck_down__signs_the_next_round_apart(world, office):
    chain, _ = world
    step(office.cycles[0])
    chain.found_record = replace(chain.found_record, reopened_at=Timestamp(2_500))

    step(office.cycles[0])

    assert office.signatures[0].find(TASK_ID, Timestamp(2_500)) is not None
    assert office.signatures[0].find(TASK_ID, Timestamp(0)) is not None


def test_run__evidence_changed_after_signing__keeps_the_first_verdict(world, office):
    chain, _ = world
    step(office.cycles[0])
    before = office.signatures[0].latest(TASK_ID)
    chain.stakes_held = {}

    step(office.cycles[0])

    assert office.signatures[0].latest(TASK_ID) == before


def test_run__peer_saw_other_evidence__its_signature_is_not_counted(world, office):
    chain, _ = world
    step(office.cycles[0])
    chain.stakes_held = dict.fromkeys(chain.stakes_held, 0)

    assert step(office.cycles[1]) is Step.NO_QUORUM
    assert chain.sent == []
