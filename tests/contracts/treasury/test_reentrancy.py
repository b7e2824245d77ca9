"""A token that calls back while it moves gets nothing twice."""

import pytest

from tests.contracts.deploying import deploy
from tests.contracts.treasury.conftest import LIMIT, WEALTH, Grant, wait

pytestmark = pytest.mark.chain


@pytest.fixture
def hostile_token(vault):
    return deploy("mocks/ReentrantToken", vault.address, WEALTH)


def test_claim_grant__token_claims_again__pays_once(vault, hostile_token, timelock, holder):
    grant = Grant(holder).as_tuple()
    grant_id = vault.open_grant(hostile_token, *grant, sender=timelock)
    vault.open_grant(hostile_token, *Grant(holder, 10).as_tuple(), sender=timelock)
    wait(100 * 86_400)
    hostile_token.arm(vault, vault.claim_grant.prepare_calldata(grant_id + 1))

    vault.claim_grant(grant_id)

    assert hostile_token.was_attempted()
    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(holder) == 10_000
    assert vault.reserved_of(hostile_token) == 36_510 - 10_000


def test_spend__token_reads_the_books_meanwhile__is_refused(
    vault, hostile_token, timelock, stranger
):
    hostile_token.arm(vault, vault.free_balance.prepare_calldata(hostile_token))

    vault.spend(hostile_token, stranger, LIMIT, sender=timelock)

    assert hostile_token.was_attempted()
    assert hostile_token.was_refused()
    assert hostile_token.balanceOf(stranger) == LIMIT
