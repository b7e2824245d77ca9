"""What the snapshot says of audits: the beacon, who may judge, histories, gold that came or not."""

from dataclasses import replace

import pytest

from dao_client.documents import History, parse_histories, parse_missing
from dao_client.types import ItemIndex, Timestamp
from dao_client.windows import Windows
from ipfs_store import cid_from_digest, cid_of
from oracle.beacon import seed_of
from oracle.collect import collect
from oracle.errors import EvidenceMissing
from oracle.history import EPOCH_SECONDS
from tests.oracle.fake_chain import BLOCK, DUE, OPERATORS, REVEAL
from tests.oracle.tasks import DOMAIN, GOLD, JURORS, SEAT, TASK_ID, WORKERS
from tests.oracle.test_history import HALF, row
from tests.oracle.test_read_histories import final_verdict
from tests.oracle.worlds import settled_world

pytestmark = pytest.mark.unit


@pytest.fixture
def world(tmp_path):
    return settled_world(tmp_path / "store")


def test_collect__beacon__seeds_the_draw_and_stands_in_the_snapshot(world):
    found = collect(*world, TASK_ID)

    snapshot = found.snapshot
    assert snapshot.beacon.hash == BLOCK.hash
    seed = seed_of(BLOCK.hash, DOMAIN.chain_id, DOMAIN.verifying_contract, TASK_ID)
    assert found.evidence.draw.seed == seed


def test_collect__nothing_known_of_anybody__doubles_the_audits_and_lets_operators_judge(world):
    found = collect(*world, TASK_ID)

    assert found.evidence.draw.rate == 1_000
    assert found.evidence.draw.jury.candidates == ()
    assert set(found.evidence.draw.jury.fillers) == {each.address for each in OPERATORS}
    assert found.snapshot.histories == ()


def test_collect__gold_opened__is_known_by_its_labels(world):
    assert collect(*world, TASK_ID).evidence.gold == {
        ItemIndex(item): label for item, label in enumerate(GOLD)
    }


def test_collect__gold_not_opened__is_waited_for_and_at_half_time_given_up(tmp_path):
    chain, store = settled_world(tmp_path / "closed", is_gold_open=False)

    with pytest.raises(EvidenceMissing, match="gold"):
        collect(chain, store, TASK_ID)
    chain.now = Timestamp((REVEAL + DUE) // 2)
    found = collect(chain, store, TASK_ID)

    assert found.evidence.gold == {}
    assert len(parse_missing(found.pages[-1])) == 1


def test_collect__operator_who_works_on_the_task__does_not_judge_it(world):
    chain, store = world
    chain.registered = {**chain.registered, WORKERS[0].address: 1}

    assert WORKERS[0].address not in collect(chain, store, TASK_ID).evidence.draw.jury.members


def test_collect__windows__are_thirds_of_the_reveal_phase(world):
    chain, _ = world
    windows = Windows.of(replace(chain.found_task, reveal_deadline=Timestamp(1_300)))

    assert (windows.opening_deadline, windows.audit_deadline) == (1_100, 1_200)
    assert [windows.takes_audits(at) for at in (1_099, 1_100, 1_199, 1_200)] == [
        False,
        True,
        True,
        False,
    ]


def test_collect__known_worker__brings_its_history_and_where_it_comes_from(world):
    chain, store = world
    worker = WORKERS[0].address
    week = BLOCK.timestamp // EPOCH_SECONDS
    chain.ended = [final_verdict(store, 3, [row(worker, 8, 4 * HALF)], week)]

    found = collect(chain, store, TASK_ID)
    snapshot = found.snapshot

    expected = {worker: History(4 * HALF, 8 * HALF)}
    assert found.evidence.histories == expected
    pages = {cid_of(page): page for page in found.pages}
    assert parse_histories(pages[snapshot.histories[0]]) == expected
    assert snapshot.sources == (cid_from_digest(chain.ended[0].posted.input_digest),)


def test_collect__proven_worker_of_other_tasks_with_a_seat__is_a_candidate(world):
    chain, store = world
    chain.ended = [
        final_verdict(store, 3, [row(JURORS[0].address, 16, 16 * HALF)], week=0),
        final_verdict(store, 2, [row(WORKERS[0].address, 16, 16 * HALF)], week=0),
    ]
    chain.stakes_held[JURORS[0].address] = SEAT

    jury = collect(chain, store, TASK_ID).evidence.draw.jury

    assert jury.candidates == (JURORS[0].address,)
