"""What holds for every settlement, and for crowds that are hardly one."""

from dataclasses import replace

import pytest
from eth_hash.auto import keccak
from hypothesis import assume, given, settings, strategies as st

from oracle.integers import UNIT
from oracle.settlement import HEALTHY, Settlement

from .crowds import ERRING, PRICE, SEED, Case, case_of, cases

pytestmark = pytest.mark.unit

MANY = settings(max_examples=200, deadline=None)


def lot(item: int, label: int) -> bytes:
    return keccak(SEED + item.to_bytes(32, "big") + label.to_bytes(32, "big"))


def results(found: Settlement) -> tuple[object, ...]:
    return found.labels.tolist(), found.health, found.accounts


@MANY
@given(cases(may_withhold=True), st.randoms(use_true_random=False))
def test_settle__answers_in_another_order__gives_the_same(case: Case, chance):
    mixed = [dict(sorted(item.items(), key=lambda _: chance.random())) for item in case.items]

    assert results(replace(case, items=mixed).settle()) == results(case.settle())


@MANY
@given(cases(may_withhold=True), st.randoms(use_true_random=False))
def test_settle__workers_renamed__renames_accounts(case: Case, chance):
    new = chance.sample(range(len(case.weights)), len(case.weights))
    old = [new.index(worker) for worker in range(len(new))]
    renamed = replace(
        case,
        items=[{new[worker]: label for worker, label in item.items()} for item in case.items],
        weights=[case.weights[worker] for worker in old],
        history=[case.history[worker] for worker in old],
        withheld=case.withheld and [case.withheld[worker] for worker in old],
    )

    found, plain = renamed.settle(), case.settle()

    assert found.labels.tolist() == plain.labels.tolist()
    assert found.accounts == tuple(plain.accounts[worker] for worker in old)


@MANY
@given(cases(may_withhold=True))
def test_settle__any_crowd__pays_and_slashes_within_its_bounds(case: Case):
    each = PRICE * 3_000 // 10_000

    found = case.settle()

    assert 0 <= found.health <= UNIT
    assert found.is_healthy == (found.health >= HEALTHY)
    for account in found.accounts:
        opened = account.judged - account.withheld
        assert 0 <= account.pay <= PRICE * opened
        assert account.slash == each * (account.judged if account.is_slashed else account.withheld)
        assert account.pay == 0 or not account.is_slashed
        assert account.history.possible <= 20 * found.by_audits.spread


@MANY
@given(cases())
def test_settle__peers_of_an_unhealthy_crowd__slash_nobody(case: Case):
    found = case.settle()

    if not found.is_healthy:
        assert not any(account.peers_test.is_hit for account in found.accounts)
    for account in found.accounts:
        if account.evidence.possible < 8 * found.by_audits.spread:
            assert not account.audit_test.is_hit


@MANY
@given(cases(), st.integers(0, 6), st.integers(1, 50))
def test_settle__more_withheld__never_pays_more_or_slashes_less(case: Case, worker, more):
    worker %= len(case.weights)
    unaudited = len(case.items)
    case = replace(case, items=[*case.items, {}])
    lost: list[list[int]] = [[] for _ in case.weights]
    before = replace(case, withheld=lost).settle()

    hidden = [*lost[:worker], [unaudited] * more, *lost[worker + 1 :]]
    after = replace(case, withheld=hidden).settle()

    assert before.accounts == case.settle().accounts
    assert after.labels.tolist() == before.labels.tolist()
    assert after.accounts[worker].history == before.accounts[worker].history
    assert after.accounts[worker].pay <= before.accounts[worker].pay
    assert after.accounts[worker].slash > before.accounts[worker].slash
    for other, account in enumerate(after.accounts):
        assert other == worker or account == before.accounts[other]


@MANY
@given(cases(), st.data())
def test_settle__wrong_audited_answer__is_never_better_hidden(case: Case, data):
    """What an audit finds wrong scores the same or less, and costs the slash, when it is hidden."""
    wrong = [
        (item, worker)
        for item, truth in case.audits.items()
        for worker, label in case.items[item].items()
        if label != truth and len(case.items[item]) > 1
    ]
    assume(wrong)
    item, worker = data.draw(st.sampled_from(wrong))
    shown = {who: label for who, label in case.items[item].items() if who != worker}
    items = [shown if place == item else row for place, row in enumerate(case.items)]
    withheld = [[item] if who == worker else [] for who in range(len(case.weights))]

    opened = case.settle().accounts[worker]
    hidden = replace(case, items=items, withheld=withheld).settle().accounts[worker]

    assert hidden.audited == opened.audited
    assert hidden.hits == opened.hits
    assert hidden.audited_withheld == 1
    assert hidden.earned.possible == opened.earned.possible
    assert hidden.earned.points <= opened.earned.points
    assert hidden.slash > 0


def test_settle__worker_who_only_withheld__is_slashed_for_each_and_known_for_nothing():
    found = case_of(["00.", "11.", "00."], {0: 0}, withheld=[[], [], [1, 2]]).settle()

    lazy_worker = found.accounts[2]
    assert (lazy_worker.pay, lazy_worker.slash) == (0, 2 * (PRICE * 3 // 10))
    assert (lazy_worker.judged, lazy_worker.audited, lazy_worker.history.possible) == (2, 0, 0)
    assert lazy_worker.points == -2 * int(found.by_labels.shares.max())


def test_settle__honest_crowd__pays_the_whole_price():
    found = case_of(["000", "111"] * 3, {0: 0, 1: 1}).settle()

    assert found.health == UNIT
    assert [account.pay for account in found.accounts] == [6 * PRICE] * 3


def test_settle__audit_against_the_crowd__stands_in_labels_alone():
    found = case_of(ERRING, {0: 0, 1: 1, 2: 0, 3: 1}).settle()

    assert found.labels.tolist() == [0, 1, 0, 1, 1]
    assert found.consensus.tolist() == [1, 1, 0, 1, 1]
    assert found.audited == 4


@pytest.mark.parametrize("row", ["01", "10", "0011", "1100"])
def test_settle__labels_of_equal_weight__go_to_the_smallest_hash(row):
    found = case_of([row] * 20).settle()

    assert found.labels.tolist() == [min((0, 1), key=lambda k: lot(i, k)) for i in range(20)]


def test_settle__no_stake_at_all__draws_among_all_labels():
    found = case_of(["00", "00"], label_count=5, weights=[0, 0]).settle()

    assert found.labels.tolist() == [min(range(5), key=lambda k: lot(i, k)) for i in range(2)]
    assert found.references.tolist() == [-1] * 4
    assert [account.judged for account in found.accounts] == [0, 0]


def test_settle__item_without_answers__has_no_label_and_no_say():
    case = case_of(["011", "...", "110", "..."], {1: 0, 2: 1})
    without = case_of(["011", "110"], {1: 1})

    found = case.settle()

    assert found.labels.tolist() == [1, -1, 1, -1]
    assert (found.audited, found.accounts) == (1, without.settle().accounts)


def test_settle__one_label_alone__counts_as_two():
    found = case_of(["000", "000"], {0: 0}, label_count=1).settle()

    assert found.accounts == case_of(["000", "000"], {0: 0}, label_count=2).settle().accounts
    assert found.labels.tolist() == [0, 0]


@pytest.mark.parametrize(("items", "workers"), [(0, 0), (0, 2), (2, 0)])
def test_settle__nobody_answered__gives_no_label_and_pays_nothing(items, workers):
    case = Case(2, [{} for _ in range(items)], {}, [UNIT] * workers, [(0, 0)] * workers)

    found = case.settle()

    assert (found.labels.tolist(), found.health) == ([-1] * items, UNIT)
    assert [(account.pay, account.slash) for account in found.accounts] == [(0, 0)] * workers


def test_settle__single_worker__has_no_reference_but_audits():
    found = case_of(["0", "1", "0"], {1: 1}).settle()

    assert found.references.tolist() == [-1, -1, -1]
    assert [account.judged for account in found.accounts] == [1]
