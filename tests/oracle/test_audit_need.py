"""How many items to audit, as far as answers and jurors' sealed audits tell."""

import numpy as np
import pytest

from dao_client.types import Bps
from oracle import audit_level
from oracle.audits import audited_items
from oracle.beacon import beacon_of
from oracle.errors import NotDue
from oracle.needs import Needs
from tests.oracle.running_world import CROWD, KEY, block, running_world
from tests.oracle.tasks import TASK_ID

pytestmark = pytest.mark.unit

ITEMS = 200
WORKERS, JURORS = CROWD[:5], CROWD[5:10]
IN_AUDIT = 1_400
TRUTHS = np.random.default_rng(3).integers(0, 2, ITEMS)


@pytest.fixture
def world(tmp_path):
    found = running_world(tmp_path, item_count=ITEMS)
    found.remember(*WORKERS, *JURORS)
    return found


def answer(world, accuracy, confusing=()):
    """Let every worker answer every item, then let the beacon come; some items fool them all."""
    chance = np.random.default_rng(4)
    is_right = chance.random((ITEMS, len(WORKERS))) < accuracy
    is_right[list(confusing)] = False
    labels = np.where(is_right, TRUTHS[:, None], 1 - TRUTHS[:, None])
    world.hand_in(["".join(map(str, row)) for row in labels], crowd=WORKERS)
    world.chain.latest = block(30, IN_AUDIT)


def audit(world, rate):
    """Let all jurors say what is true of the items drawn at a rate."""
    seed = beacon_of(world.chain, world.chain.found_task).seed
    drawn = set(audited_items(seed, ITEMS, rate))
    rows = [str(truth) * len(JURORS) if item in drawn else "." for item, truth in enumerate(TRUTHS)]
    world.hand_in(rows, received_at=IN_AUDIT, crowd=JURORS)


def needed(world):
    return Needs(world.chain, world.store, KEY).audits(TASK_ID)


def test_audits__no_juror_has_answered__is_the_first_rate_and_its_items(world):
    answer(world, 0.5)

    found = needed(world)

    seed = beacon_of(world.chain, world.chain.found_task).seed
    assert (found.rate, found.items) == (500, audited_items(seed, ITEMS, 500))
    assert found.items


@pytest.mark.parametrize(
    ("accuracy", "audited", "rate"),
    [(0.95, 500, 500), (0.5, 500, 1_500), (0.5, 1_500, 3_000), (0.5, 3_000, 3_000)],
)
def test_audits__health_of_the_crowd__decides_the_rate(world, accuracy, audited, rate):
    answer(world, accuracy)
    audit(world, audited)

    assert needed(world).rate == rate


@pytest.mark.parametrize(("limit", "rate"), [(None, 500), (Bps(1), 1_500)])
def test_audits__requester_wants_fewer_errors__goes_up_too(tmp_path, limit, rate):
    world = running_world(tmp_path, item_count=ITEMS, error_limit=limit)
    world.remember(*WORKERS, *JURORS)
    answer(world, 0.95, confusing=[4])
    audit(world, 500)

    assert needed(world).rate == rate


@pytest.mark.parametrize(("limit", "rate"), [(None, 500), (Bps(100), 1_500)])
def test_audits__first_rate_draws_no_item__goes_up_where_the_requester_has_a_limit(
    tmp_path, monkeypatch, limit, rate
):
    world = running_world(tmp_path, item_count=ITEMS, error_limit=limit)
    world.remember(*WORKERS, *JURORS)
    answer(world, 0.95)
    monkeypatch.setattr(
        audit_level,
        "audited_items",
        lambda seed, count, at: () if at == 500 else audited_items(seed, count, at),
    )

    assert needed(world).rate == rate


@pytest.mark.parametrize("moment", [900, 1_332, 1_666, 2_500])
def test_audits__outside_of_the_audit_window__is_refused(world, moment):
    answer(world, 0.95)
    world.chain.latest = block(31, moment)

    with pytest.raises(NotDue, match=rf"is audited from 1333 until 1666, it is {moment}"):
        needed(world)


def test_audits__beacon_not_final__is_refused(world):
    answer(world, 0.95)
    world.chain.first_final_block_at = lambda timestamp: None

    with pytest.raises(NotDue, match="beacon of task 7 is in no final block"):
        needed(world)
