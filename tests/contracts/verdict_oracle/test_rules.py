"""A task is judged by the parameters it was created under, a later one by the new ones."""

from dataclasses import replace

import boa
import pytest

from tests.contracts.refusals import refused
from tests.contracts.verdict_oracle.verdicts import (
    CHALLENGE,
    DOCUMENT,
    GRACE,
    NEW_CHALLENGE,
    NEW_GRACE,
    REVEAL_ENDS,
    VERDICT_ENDS,
    sign_all,
)
from tests.system import METHOD

pytestmark = pytest.mark.chain


def test_finalise__fee_changed__each_task_pays_its_own(oracle, escrow, old, new, post):
    for verdict, fee, refundable in ((old, 1_600, 18_400), (new, 2_000, 18_000)):
        with boa.env.anchor():
            post(verdict)
            boa.env.time_travel(seconds=CHALLENGE)
            oracle.finalise(verdict.as_tuple())

            assert escrow.fees_of(escrow.task_of(verdict.task_id).token) == fee
            assert escrow.task_of(verdict.task_id).refundable == refundable


def test_post_verdict__fee_rose__largest_payout_is_the_tasks_own(
    oracle, escrow, old, new, operators, books
):
    largest = {old: 100_000 * 10_000 // 10_200 + 1, new: 97_561}
    boa.env.time_travel(seconds=REVEAL_ENDS)
    for verdict, total in largest.items():
        greedy = replace(verdict, total_payout=total + 1)
        with refused("verdict: exceeds the budget", books):
            oracle.post_verdict(greedy.as_tuple(), DOCUMENT, sign_all(greedy, oracle, operators))
        exact = replace(verdict, total_payout=total)
        oracle.post_verdict(exact.as_tuple(), DOCUMENT, sign_all(exact, oracle, operators))


def test_finalise__challenge_time_changed__each_task_waits_its_own(oracle, old, new, post, books):
    for verdict, seconds in ((old, CHALLENGE), (new, NEW_CHALLENGE)):
        with boa.env.anchor():
            post(verdict)
            boa.env.time_travel(seconds=seconds - 1)
            with refused("verdict: challenge window open", books):
                oracle.finalise(verdict.as_tuple())
            boa.env.time_travel(seconds=1)
            oracle.finalise(verdict.as_tuple())

            assert oracle.phase_of(verdict.task_id) == 6


def test_post_verdict__quorum_raised__each_task_needs_its_own(oracle, old, new, operators, books):
    boa.env.time_travel(seconds=REVEAL_ENDS)
    two = {verdict: sign_all(verdict, oracle, operators)[:2] for verdict in (old, new)}

    with refused("verdict: too little stake", books):
        oracle.post_verdict(new.as_tuple(), DOCUMENT, two[new])
    oracle.post_verdict(old.as_tuple(), DOCUMENT, two[old])

    assert oracle.verdict_of(old.task_id).digest == oracle.hash_verdict(old.as_tuple())


def test_post_verdict__methods_changed__each_task_has_its_own_list(
    oracle, old, new, operators, post, books
):
    boa.env.time_travel(seconds=REVEAL_ENDS)
    for verdict, foreign in ((old, DOCUMENT), (new, METHOD)):
        other = replace(verdict, method_hash=foreign)
        with refused("parameters: method not allowed", books):
            oracle.post_verdict(other.as_tuple(), DOCUMENT, sign_all(other, oracle, operators))
        post(verdict, since=0)


def test_expire_task__grace_changed__each_task_waits_its_own(oracle, old, new, books):
    for verdict, grace in ((old, GRACE), (new, NEW_GRACE)):
        with boa.env.anchor():
            boa.env.time_travel(seconds=VERDICT_ENDS + grace - 1)
            with refused("verdict: too early to expire", books):
                oracle.expire_task(verdict.task_id)
            boa.env.time_travel(seconds=1)
            oracle.expire_task(verdict.task_id)

            assert oracle.phase_of(verdict.task_id) == 8


def test_post_verdict__grace_changed__each_task_may_be_late_by_its_own(
    oracle, old, new, operators, post, books
):
    for verdict, grace in ((old, GRACE), (new, NEW_GRACE)):
        with boa.env.anchor():
            boa.env.time_travel(seconds=VERDICT_ENDS + grace - 1)
            signatures = sign_all(verdict, oracle, operators)
            with boa.env.anchor():
                boa.env.time_travel(seconds=1)
                with refused("verdict: too late", books):
                    oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)
            oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signatures)
