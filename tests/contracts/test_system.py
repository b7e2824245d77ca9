"""The contracts name each other, and nobody else."""

from dataclasses import astuple

import pytest

from tests.system import METHOD, PARAMETER_IDS, ParameterValues

pytestmark = pytest.mark.chain


def test_deploy_system__predicted_addresses__are_those_deployed(system, treasury, timelock):
    assert system.staking.controller() == system.verdict_oracle.address
    assert system.staking.work_token() == system.work_token.address
    assert system.staking.treasury() == treasury
    assert system.task_escrow.verdict_oracle() == system.verdict_oracle.address
    assert system.work_token.minter() == "0x" + "00" * 20
    assert system.parameters.timelock() == timelock
    assert system.parameters.task_escrow() == system.task_escrow.address
    assert system.staking.entry_stake() == system.entry_stake.address
    assert system.entry_stake.task_escrow() == system.task_escrow.address
    assert system.entry_stake.staking() == system.staking.address
    assert system.verdict_oracle.insurance() == system.insurance_pool.address
    assert system.insurance_pool.timelock() == timelock
    assert system.insurance_pool.staking() == system.staking.address
    assert system.task_escrow.task_count() == 0
    assert system.verdict_oracle.total_operator_stake() == 0


def test_deploy_system__first_values__are_the_defaults(system):
    values = [system.parameters.value_of(place) for place in PARAMETER_IDS.values()]
    names = [system.parameters.name_of(place) for place in PARAMETER_IDS.values()]

    assert values == list(astuple(ParameterValues()))
    assert names == list(PARAMETER_IDS)
    assert system.parameters.is_method_allowed(METHOD, 1)
