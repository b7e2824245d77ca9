"""How large a seat a task may ask for: beyond ten of the DAO's nobody could fill it."""

from dataclasses import replace

import pytest

from dao_client.canonical import digest_of
from dao_client.contracts.parameters import ParameterId
from dao_client.documents import build_task, parse_task
from dao_client.seats import MOST_SEATS_ASKED, most_seat_size
from dao_client.types import Wei
from ipfs_store import cid_from_digest
from oracle.collect import collect
from oracle.cycle import Step
from oracle.errors import VerdictRefused
from oracle.needs import Needs
from tests.oracle.desks import open_office, step
from tests.oracle.fake_chain import VOTED
from tests.oracle.running_world import KEY, running_world
from tests.oracle.tasks import PRICE, TASK_ID
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit

MOST = most_seat_size(PRICE, VOTED[ParameterId.SEAT_SIZE_PRICES])


def asking(world, seat_size, **changes):
    """Let the requester ask for a seat."""
    chain, store = world
    document = parse_task(store.get_block(cid_from_digest(chain.created.spec)))
    block = build_task(replace(document, seat_size=Wei(seat_size), **changes))
    store.put_block(block)
    chain.created = replace(chain.created, spec=digest_of(block))
    return world


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


def test_most_seat_size__of_a_price__is_ten_of_the_seats_that_the_dao_voted():
    assert MOST == MOST_SEATS_ASKED * 100 * PRICE == 10_000


def test_collect__ten_seats__are_taken(world):
    found = collect(*asking(world, MOST), TASK_ID)

    assert found.evidence.rules.seat_size == MOST


@pytest.mark.parametrize("has_entry", [True, False])
@pytest.mark.parametrize("seat_size", [MOST + 1, 10**30])
def test_collect__more_than_ten_seats__has_no_verdict_and_pays_flat(world, seat_size, has_entry):
    asking(world, seat_size, has_entry=has_entry)

    with pytest.raises(VerdictRefused) as refused:
        collect(*world, TASK_ID)

    assert str(refused.value) == (
        f"task {TASK_ID} has no verdict, it will expire and pay the flat price: it asks for a seat "
        f"of {seat_size} wei, the most is 10000 (10 x 100 prices of 10)"
    )


def test_collect__dao_voted_larger_seats_for_the_task__takes_more(world):
    voted = {**VOTED, ParameterId.SEAT_SIZE_PRICES: 101}
    world[0].parameter = lambda name, task_id, block: voted[name]

    assert collect(*asking(world, MOST + 100), TASK_ID) is not None


def test_run__more_than_ten_seats__is_held_back_until_the_task_expires(world, tmp_path):
    chain, store = asking(world, 10**30, has_entry=True)
    operator = open_office(chain, store, tmp_path / "operators").cycles[0]

    held = step(operator)
    chain.is_expiry_time = True

    assert (held, step(operator)) == (Step.REFUSED, Step.EXPIRED)
    assert chain.sent == ["expire"]


def test_wants__more_than_ten_seats__tells_workers_while_it_is_open(tmp_path):
    running = running_world(tmp_path / "running", seat_size=Wei(MOST + 1))

    with pytest.raises(VerdictRefused, match="will expire and pay the flat price"):
        Needs(running.chain, running.store, KEY).wants(TASK_ID)
