"""open_dispute and rule_dispute: one dispute for each verdict, and a bond on it."""

from dataclasses import replace

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.task_escrow.tasks import NOBODY, ZERO
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    DOCUMENT,
    EVIDENCE,
    RULING,
    rule,
    sign_all,
)

pytestmark = pytest.mark.chain


def test_open_dispute__in_the_window__locks_the_bond(oracle, disputed, staking, tes, challenger):
    assert oracle.dispute_of(disputed.task_id) == (challenger, BOND, boa.env.timestamp)
    assert staking.lock_of(tes, challenger) == BOND
    assert oracle.phase_of(disputed.task_id) == 5


def test_open_dispute__success__is_logged_once(oracle, posted, challenger):
    oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)

    fields = {
        "task_id": posted.task_id,
        "challenger": challenger,
        "bond": BOND,
        "evidence": EVIDENCE,
    }
    assert last_events(oracle) == [("DisputeOpened", fields)]


def test_open_dispute__after_the_window__is_refused(oracle, posted, challenger, books):
    boa.env.time_travel(seconds=CHALLENGE)

    with refused("verdict: challenge window over", books):
        oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)


def test_open_dispute__second__is_refused(oracle, disputed, challenger, books):
    with refused("verdict: disputed before", books):
        oracle.open_dispute(disputed.task_id, EVIDENCE, sender=challenger)


def test_open_dispute__after_a_rejected_one__is_refused(
    oracle, posted, challenger, arbitrator, books
):
    oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)
    rule(oracle, posted, False, sender=arbitrator)

    with refused("verdict: disputed before", books):
        oracle.open_dispute(posted.task_id, EVIDENCE, sender=challenger)


def test_open_dispute__no_verdict__is_refused(oracle, closed_task, challenger, books):
    with refused("verdict: no live verdict", books):
        oracle.open_dispute(closed_task, EVIDENCE, sender=challenger)


def test_open_dispute__without_a_bond__is_refused(oracle, posted, stranger, books):
    with refused("staking: amount exceeds free", books):
        oracle.open_dispute(posted.task_id, EVIDENCE, sender=stranger)


def test_open_dispute__on_a_second_verdict__is_taken(oracle, struck, operators, challenger):
    better = replace(struck, total_payout=1)
    oracle.post_verdict(better.as_tuple(), DOCUMENT, sign_all(better, oracle, operators))

    oracle.open_dispute(struck.task_id, EVIDENCE, sender=challenger)

    assert oracle.phase_of(struck.task_id) == 5


def test_rule_dispute__upheld__strikes_the_verdict_down(
    oracle, struck, staking, tes, challenger, escrow
):
    record = oracle.verdict_of(struck.task_id)

    assert (record.digest, record.posted_at) == (ZERO, 0)
    assert record.reopened_at == boa.env.timestamp
    assert oracle.dispute_of(struck.task_id) == (NOBODY, 0, 0)
    assert (staking.lock_of(tes, challenger), staking.stake_of(tes, challenger)) == (0, 2 * BOND)
    assert oracle.phase_of(struck.task_id) == 3


def test_rule_dispute__rejected__costs_the_bond(
    oracle, disputed, staking, tes, challenger, arbitrator, treasury
):
    supply = tes.totalSupply()

    rule(oracle, disputed, False, sender=arbitrator)

    assert (staking.lock_of(tes, challenger), staking.stake_of(tes, challenger)) == (0, BOND)
    assert staking.credit_of(tes, treasury) == BOND // 2
    assert tes.totalSupply() == supply - BOND // 2
    assert oracle.verdict_of(disputed.task_id).digest == oracle.hash_verdict(disputed.as_tuple())
    assert oracle.dispute_of(disputed.task_id) == (NOBODY, 0, 0)


@pytest.mark.parametrize("is_upheld", [True, False])
def test_rule_dispute__success__is_logged_once(oracle, disputed, challenger, arbitrator, is_upheld):
    rule(oracle, disputed, is_upheld, sender=arbitrator)

    fields = {"task_id": disputed.task_id, "challenger": challenger, "is_upheld": is_upheld}
    assert last_events(oracle) == [("DisputeResolved", fields)]


def test_rule_dispute__last_second__is_taken(oracle, disputed, arbitrator):
    boa.env.time_travel(seconds=RULING - 1)

    rule(oracle, disputed, True, sender=arbitrator)

    assert oracle.verdict_of(disputed.task_id).digest == ZERO


def test_rule_dispute__too_late__is_refused(oracle, disputed, arbitrator, books):
    boa.env.time_travel(seconds=RULING)

    with refused("verdict: ruling is too late", books):
        rule(oracle, disputed, True, sender=arbitrator)


def test_rule_dispute__by_somebody_else__is_refused(oracle, disputed, challenger, books):
    with refused("verdict: not the arbitrator", books):
        rule(oracle, disputed, True, sender=challenger)


@pytest.mark.parametrize(
    ("is_upheld", "reason"),
    [(True, "verdict: not the live verdict"), (False, "verdict: no open dispute")],
)
def test_rule_dispute__twice__is_refused(oracle, disputed, arbitrator, books, is_upheld, reason):
    rule(oracle, disputed, is_upheld, sender=arbitrator)

    with refused(reason, books):
        rule(oracle, disputed, True, sender=arbitrator)


@pytest.mark.parametrize("is_upheld", [True, False])
def test_rule_dispute__other_verdict__is_refused(
    oracle, struck, operators, challenger, arbitrator, books, is_upheld
):
    better = replace(struck, total_payout=1)
    oracle.post_verdict(better.as_tuple(), DOCUMENT, sign_all(better, oracle, operators))
    oracle.open_dispute(better.task_id, EVIDENCE, sender=challenger)

    with refused("verdict: not the live verdict", books):
        rule(oracle, struck, is_upheld, sender=arbitrator)


@pytest.mark.parametrize("is_upheld", [True, False])
def test_rule_dispute__no_verdict__is_refused(oracle, closed_task, arbitrator, books, is_upheld):
    with refused("verdict: no open dispute", books):
        oracle.rule_dispute(closed_task, ZERO, is_upheld, sender=arbitrator)


def test_rule_dispute__no_dispute__is_refused(oracle, posted, arbitrator, books):
    with refused("verdict: no open dispute", books):
        rule(oracle, posted, True, sender=arbitrator)
