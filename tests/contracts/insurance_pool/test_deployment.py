"""What a pool is told for ever."""

import boa
import pytest

from tests.contracts.deploying import deploy
from tests.contracts.task_escrow.tasks import NOBODY

pytestmark = pytest.mark.chain


def test_deployment__of_a_pool__names_both(pool, timelock, staking):
    assert (pool.timelock(), pool.staking()) == (timelock, staking.address)


def test_deployment__zero_timelock__is_refused(staking):
    with boa.reverts("insurance: timelock is zero"):
        deploy("InsurancePool", NOBODY, staking)


def test_deployment__zero_staking__is_refused(timelock):
    with boa.reverts("insurance: staking is zero"):
        deploy("InsurancePool", timelock, NOBODY)
