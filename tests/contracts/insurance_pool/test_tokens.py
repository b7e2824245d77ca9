"""Tokens that call back, or that lose what they held."""

import pytest

from tests.contracts.deploying import deploy
from tests.contracts.insurance_pool.conftest import REASON, TASK

pytestmark = pytest.mark.chain


@pytest.fixture
def hostile_token(pool):
    return deploy("mocks/ReentrantToken", pool.address, 1_000)


def test_pay__token_pays_again_or_collects__is_refused_inside(
    pool, hostile_token, timelock, stranger
):
    for call in (
        pool.pay.prepare_calldata(hostile_token, stranger, 1, TASK, REASON),
        pool.collect.prepare_calldata(hostile_token),
        pool.totals_of.prepare_calldata(hostile_token),
    ):
        hostile_token.arm(pool, call)

        pool.pay(hostile_token, stranger, 100, TASK, REASON, sender=timelock)

        assert hostile_token.was_attempted()
        assert hostile_token.was_refused()
    assert pool.totals_of(hostile_token) == (0, 1_000, 300, 700)


def test_totals_of__token_that_shrank__donated_is_zero_and_pay_goes_on(
    pool, staking, genesis_holder, controller, timelock, stranger
):
    token = deploy("mocks/RebasingToken", genesis_holder, 10_000)
    token.approve(staking, 1_000, sender=genesis_holder)
    staking.deposit(token, 1_000, sender=genesis_holder)
    staking.slash(token, genesis_holder, 1_000, pool, sender=controller)
    pool.collect(token)
    token.rebase(5 * 10**17)  # half of every balance is gone

    totals = pool.totals_of(token)

    assert (totals.collected, totals.donated, totals.held) == (500, 0, token.balanceOf(pool))
    assert totals.held < 500
    pool.pay(token, stranger, totals.held, TASK, REASON, sender=timelock)
    assert token.balanceOf(stranger) == totals.held
