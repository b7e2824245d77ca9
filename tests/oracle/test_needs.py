"""What an operator says of a task that still runs, and what it keeps to itself."""

import pytest

from dao_client.types import TaskId
from oracle.errors import NotDue, SnapshotRefused
from oracle.needs import Needs
from oracle.running import BoxKey
from tests.oracle.running_world import CROWD, KEY, OPERATOR, block, running_world
from tests.oracle.tasks import TASK_ID

pytestmark = pytest.mark.unit

CONTESTED = ["00000", "00011", "01..."]


@pytest.fixture
def world(tmp_path):
    found = running_world(tmp_path / "store")
    found.remember(*CROWD)
    return found


def wants(world, key=KEY):
    return dict(Needs(world.chain, world.store, key).wants(TASK_ID).of_item)


def test_wants__nobody_answered__is_the_overlap_of_every_item(world):
    assert wants(world) == {0: 5, 1: 5, 2: 5}


def test_wants__sealed_answers__tells_settled_from_contested(world):
    world.hand_in(CONTESTED)

    assert wants(world) == {1: 2, 2: 3}


def test_wants__labels_change_places__is_the_same_reply(tmp_path):
    replies = []
    for name, labels in {"first": ("cat", "dog"), "second": ("dog", "cat")}.items():
        world = running_world(tmp_path / name)
        world.remember(*CROWD)
        world.hand_in(CONTESTED, labels)
        replies.append(Needs(world.chain, world.store, KEY).wants(TASK_ID))

    assert replies[0] == replies[1]


def test_wants__strangers__go_to_the_most(tmp_path):
    world = running_world(tmp_path)
    world.hand_in(["00000", "00000000000", "0000000"])

    assert wants(world) == {0: 2, 2: 2}


def test_wants__worker_without_a_seat__does_not_count(world):
    world.hand_in(["00000", "00011", "01..."])
    del world.chain.stakes_held[CROWD[0].address]

    assert wants(world) == {0: 1, 1: 1, 2: 4}


def test_wants__answers_sealed_to_others__take_room_and_say_nothing(world):
    world.hand_in(["00000000", "00000000000", "0"], keys={})

    assert wants(world) == {0: 3, 2: 5}


def test_wants__key_of_another_operator__opens_nothing(world):
    world.hand_in(CONTESTED)

    assert wants(world, BoxKey(OPERATOR.address, bytes([7] * 32))) == {0: 5, 1: 5, 2: 5}


def test_wants__opened_answers__are_never_stored(world, tmp_path):
    world.hand_in(CONTESTED)
    before = {path.name for path in tmp_path.rglob("*") if path.is_file()}

    wants(world)

    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == before


def test_wants__same_block__is_computed_once(world):
    needs = Needs(world.chain, world.store, KEY)

    replies = [needs.wants(TASK_ID) for _ in range(3)]

    assert world.chain.readings == 1
    assert replies[0] is replies[2]


def test_wants__next_block_without_an_anchor__is_not_computed_again(world):
    needs = Needs(world.chain, world.store, KEY)
    needs.wants(TASK_ID)
    world.chain.latest = block(21, 901)

    needs.wants(TASK_ID)

    assert world.chain.readings == 1


def test_wants__anchor_in_a_new_block__is_computed_again(world):
    needs = Needs(world.chain, world.store, KEY)
    needs.wants(TASK_ID)
    world.hand_in(CONTESTED)
    world.chain.latest = block(21, 901)

    found = needs.wants(TASK_ID)

    assert (found.of_item, found.block.number) == ({1: 2, 2: 3}, 21)


def test_wants__after_the_submit_deadline__is_refused(world):
    world.chain.latest = block(21, 1_000)

    with pytest.raises(NotDue, match="took answers until 1000, it is 1000"):
        wants(world)


def test_wants__unknown_task__is_refused(world):
    with pytest.raises(SnapshotRefused, match="there is no task 8"):
        Needs(world.chain, world.store, KEY).wants(TaskId(8))
