"""collect: the pool's half of slashed stakes comes in, whoever asks for it."""

import pytest

from tests.contracts.events import last_events
from tests.contracts.insurance_pool.conftest import SLASHED
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain


def test_collect__stake_was_slashed__brings_the_half_here(pool, token, stranger):
    pool.collect(token, sender=stranger)

    fields = {"token": token.address, "amount": SLASHED // 2}
    assert last_events(pool) == [("InsuranceCollected", fields)]
    assert pool.totals_of(token) == (SLASHED // 2, 0, 0, SLASHED // 2)
    assert token.balanceOf(pool) == SLASHED // 2
    assert token.balanceOf(stranger) == 0


def test_collect__twice__is_refused(pool, token, books, stranger):
    pool.collect(token, sender=stranger)

    with refused("staking: nothing to collect", books):
        pool.collect(token, sender=stranger)


def test_totals_of__tokens_sent_here__count_as_donated(pool, token, genesis_holder, stranger):
    token.transfer(pool, 40, sender=genesis_holder)
    pool.collect(token, sender=stranger)
    token.transfer(pool, 2, sender=genesis_holder)

    assert pool.totals_of(token) == (SLASHED // 2, 42, 0, SLASHED // 2 + 42)


def test_totals_of__credit_not_collected_yet__counts_nothing(pool, token):
    assert pool.totals_of(token) == (0, 0, 0, 0)
