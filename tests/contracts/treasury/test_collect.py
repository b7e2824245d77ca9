"""collect: the treasury's part of slashed stakes comes in, whoever asks for it."""

import pytest

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain


@pytest.fixture
def vault(work_token, payment_token, timelock, genesis_holder, honest_worker, stranger):
    """The treasury, credited its half of a slash."""
    controller = account_of("controller")
    _, treasury = predict_addresses(2)
    staking = deploy("Staking", work_token, controller, treasury, stranger, stranger)
    vault = deploy("Treasury", timelock, staking, [])
    payment_token.approve(staking, 1_001, sender=genesis_holder)
    staking.deposit(payment_token, 1_001, sender=genesis_holder)
    staking.slash(payment_token, genesis_holder, 1_001, honest_worker, sender=controller)
    return vault


def test_collect__stake_was_slashed__brings_the_half_here(vault, payment_token, stranger):
    vault.collect(payment_token, sender=stranger)

    assert vault.free_balance(payment_token) == payment_token.balanceOf(vault) == 501


def test_collect__twice__is_refused(vault, payment_token, stranger):
    vault.collect(payment_token, sender=stranger)

    with refused("staking: nothing to collect", lambda: payment_token.balanceOf(vault)):
        vault.collect(payment_token, sender=stranger)
