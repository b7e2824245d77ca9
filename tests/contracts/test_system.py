"""The four contracts name each other, and nobody else."""

import pytest

pytestmark = pytest.mark.chain


def test_deploy_system__predicted_addresses__are_those_deployed(system, treasury):
    assert system.staking.controller() == system.verdict_oracle.address
    assert system.staking.work_token() == system.work_token.address
    assert system.staking.treasury() == treasury
    assert system.work_token.minter() == "0x" + "00" * 20
    assert system.task_escrow.task_count() == 0
    assert system.verdict_oracle.total_operator_stake() == 0
