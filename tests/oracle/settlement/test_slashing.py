"""Who is slashed: by peers while the crowd is healthy, by audits always."""

import pytest

from oracle.integers import UNIT
from oracle.settlement import HEALTHY, Score, Terms, settle
from oracle.settlement.slashing import judge_by_audits, judge_by_peers

from .crowds import PRICE, case_of

pytestmark = pytest.mark.unit

WRONG_HALF = ["00001", "11110"]


@pytest.mark.parametrize(("audited", "is_hit"), [(7, False), (8, True)])
def test_settle__audited_answers_all_wrong__slashes_from_eight_on(audited, is_hit):
    rows = WRONG_HALF * 5
    case = case_of(rows, {item: int(rows[item][0]) for item in range(audited)})

    liar = case.settle().accounts[4]

    assert liar.audit_test.is_hit == is_hit
    assert liar.audit_test.is_open == is_hit
    assert liar.pay == 0


def test_settle__worker_against_all_peers__is_slashed_per_judged_answer():
    case = case_of(WRONG_HALF * 30)

    *honest, liar = case.settle().accounts

    assert liar.peers_test.is_hit
    assert liar.slash == 60 * (PRICE * 3 // 10)
    assert [account.slash for account in honest] == [0] * 4


def test_settle__few_answers_against_all_peers__slash_nobody():
    liar = case_of(WRONG_HALF[:1] * 3).settle().accounts[4]

    assert liar.peers_test.is_open
    assert liar.peers_test.shortfall > 0
    assert not liar.is_slashed


@pytest.mark.parametrize(("health", "is_hit"), [(HEALTHY - 1, False), (HEALTHY, True)])
def test_judge_by_peers__at_the_least_health__may_slash(health, is_hit):
    assert judge_by_peers(-40 * UNIT, 20 * UNIT, 60, health).is_hit == is_hit


@pytest.mark.parametrize(("points", "is_hit"), [(-25 * UNIT, False), (-25 * UNIT - 1, True)])
def test_judge_by_peers__two_and_a_half_deviations__slash_from_there_on(points, is_hit):
    assert judge_by_peers(points, 0, 400, UNIT).is_hit == is_hit


@pytest.mark.parametrize(
    ("points", "is_hit"), [(36 * UNIT // 10, False), (36 * UNIT // 10 - 1, True)]
)
def test_judge_by_audits__three_deviations__slash_from_there_on(points, is_hit):
    assert judge_by_audits(Score(points, 36 * UNIT), UNIT).is_hit == is_hit


def test_settle__peers_whom_audits_refute__slash_nobody():
    rows = WRONG_HALF * 30
    case = case_of(rows, {item: int(rows[item][4 * (item % 4 > 1)]) for item in range(8)})

    found = case.settle()

    assert not found.is_healthy
    assert not any(account.peers_test.is_hit for account in found.accounts)


def test_settle__bad_history__is_slashed_from_it_alone():
    case = case_of(["00", "11"], history=[(0, 0), (-8 * UNIT, 8 * UNIT)])

    honest, known_liar = case.settle().accounts

    assert not honest.is_slashed
    assert known_liar.audit_test.is_hit
    assert known_liar.slash == known_liar.judged * (PRICE * 3 // 10) > 0


def test_settle__other_terms__slash_that_share_of_the_price():
    case = case_of(WRONG_HALF * 30)

    found = settle(case.answers, case.scores, case.possible, Terms(1_001, slash_bps=500))

    assert found.accounts[4].slash == 60 * 50
