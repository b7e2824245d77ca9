"""finalise and expire_task: every task ends, by the clock if by nothing else."""

from dataclasses import replace

import boa
import pytest

from tests.contracts.events import last_events
from tests.contracts.refusals import refused
from tests.contracts.verdict_oracle.verdicts import (
    BOND,
    CHALLENGE,
    DOCUMENT,
    GRACE,
    RULING,
    VERDICT_ENDS,
    rule,
    sign_all,
)

pytestmark = pytest.mark.chain


def test_finalise__after_the_window__settles_the_task(oracle, posted, escrow, stranger):
    digest = oracle.hash_verdict(posted.as_tuple())
    boa.env.time_travel(seconds=CHALLENGE)

    oracle.finalise(posted.as_tuple(), sender=stranger)

    assert last_events(oracle) == [
        ("VerdictFinalised", {"task_id": posted.task_id, "digest": digest})
    ]
    task = escrow.task_of(posted.task_id)
    assert (task.payouts_root, task.claimable) == (posted.payouts_root, 80_000)
    assert oracle.phase_of(posted.task_id) == 6


def test_finalise__in_the_window__is_refused(oracle, posted, books):
    boa.env.time_travel(seconds=CHALLENGE - 1)

    with refused("verdict: challenge window open", books):
        oracle.finalise(posted.as_tuple())


def test_finalise__other_verdict__is_refused(oracle, posted, books):
    boa.env.time_travel(seconds=CHALLENGE)

    with refused("verdict: not the live verdict", books):
        oracle.finalise(replace(posted, total_payout=1).as_tuple())


def test_finalise__nothing_posted__is_refused(oracle, closed_task, verdict, books):
    with refused("verdict: not the live verdict", books):
        oracle.finalise(verdict.as_tuple())


def test_finalise__twice__is_refused(oracle, posted, books):
    boa.env.time_travel(seconds=CHALLENGE)
    oracle.finalise(posted.as_tuple())

    with refused("escrow: already settled", books):
        oracle.finalise(posted.as_tuple())


def test_finalise__open_dispute__is_refused(oracle, disputed, books):
    boa.env.time_travel(seconds=RULING - 1)

    with refused("verdict: dispute is open", books):
        oracle.finalise(disputed.as_tuple())


def test_finalise__dispute_without_a_ruling__stands_and_frees_the_bond(
    oracle, disputed, escrow, staking, tes, challenger
):
    boa.env.time_travel(seconds=RULING)

    oracle.finalise(disputed.as_tuple())

    names = [name for name, _ in last_events(oracle)]
    assert names == ["VerdictFinalised", "DisputeLapsed"]
    assert escrow.task_of(disputed.task_id).payouts_root == disputed.payouts_root
    assert (staking.lock_of(tes, challenger), staking.stake_of(tes, challenger)) == (0, 2 * BOND)


def test_finalise__rejected_dispute__is_final_at_once(oracle, disputed, arbitrator):
    rule(oracle, disputed, False, sender=arbitrator)

    oracle.finalise(disputed.as_tuple())

    assert oracle.phase_of(disputed.task_id) == 6


def test_finalise__struck_down__is_refused(oracle, struck, books):
    boa.env.time_travel(seconds=CHALLENGE)

    with refused("verdict: not the live verdict", books):
        oracle.finalise(struck.as_tuple())


def test_finalise__better_verdict__settles_by_it(oracle, struck, operators, escrow):
    better = replace(struck, total_payout=1, payouts_root=DOCUMENT)
    oracle.post_verdict(better.as_tuple(), DOCUMENT, sign_all(better, oracle, operators))
    boa.env.time_travel(seconds=CHALLENGE)

    oracle.finalise(better.as_tuple())

    assert escrow.task_of(struck.task_id).payouts_root == DOCUMENT


def test_expire_task__no_verdict_in_time__expires(oracle, task, escrow, stranger):
    boa.env.time_travel(seconds=VERDICT_ENDS + GRACE)

    oracle.expire_task(task, sender=stranger)

    assert escrow.task_of(task).is_expired
    assert escrow.task_of(task).flat_price == 1_000
    assert oracle.phase_of(task) == 8


def test_expire_task__in_the_grace__is_refused(oracle, task, books):
    boa.env.time_travel(seconds=VERDICT_ENDS + GRACE - 1)

    with refused("verdict: too early to expire", books):
        oracle.expire_task(task)


def test_expire_task__live_verdict__is_refused(oracle, posted, books):
    boa.env.time_travel(seconds=VERDICT_ENDS + GRACE)

    with refused("verdict: a verdict is live", books):
        oracle.expire_task(posted.task_id)


def test_expire_task__struck_down_and_no_other__expires(oracle, struck, escrow):
    boa.env.time_travel(seconds=GRACE)

    oracle.expire_task(struck.task_id)

    assert escrow.task_of(struck.task_id).is_expired


def test_expire_task__struck_down_just_now__is_refused(oracle, struck, books):
    boa.env.time_travel(seconds=GRACE - 1)

    with refused("verdict: too early to expire", books):
        oracle.expire_task(struck.task_id)


def test_expire_task__twice__is_refused(oracle, task, books):
    boa.env.time_travel(seconds=VERDICT_ENDS + GRACE)
    oracle.expire_task(task)

    with refused("escrow: task is over", books):
        oracle.expire_task(task)


def test_expire_task__final_task__is_refused(oracle, posted, books):
    boa.env.time_travel(seconds=CHALLENGE)
    oracle.finalise(posted.as_tuple())
    boa.env.time_travel(seconds=VERDICT_ENDS)

    with refused("escrow: already settled", books):
        oracle.expire_task(posted.task_id)


def test_expire_task__unknown_task__is_refused(oracle, task, books):
    with refused("escrow: unknown task", books):
        oracle.expire_task(task + 1)
