"""Gas of the pool, exact on each EVM: any change is meant, or is a fault."""

import pytest

from tests.contracts.conftest import account_of
from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.gas import own_chain, transaction_gas
from tests.contracts.insurance_pool.conftest import REASON, TASK

pytestmark = pytest.mark.chain

HOLDER, CONTROLLER, TIMELOCK, ANYBODY = (
    account_of(role) for role in ("genesis_holder", "controller", "timelock", "anybody")
)
GAS = {
    "cancun": {"collect_first": 84_879, "collect": 45_879, "pay_first": 81_032, "pay": 46_832},
    "shanghai": {"collect_first": 108_818, "collect": 52_095, "pay_first": 83_075, "pay": 48_875},
}


def test_gas__of_the_pool__is_as_pinned() -> None:
    gas = {}
    with own_chain():
        token = deploy("WorkToken", [(HOLDER, 10**9)], ANYBODY)
        staking = deploy("Staking", token, CONTROLLER, HOLDER, ANYBODY, ANYBODY)
        pool = deploy("InsurancePool", TIMELOCK, staking)
        token.approve(staking, 1_000, sender=HOLDER)
        staking.deposit(token, 1_000, sender=HOLDER)
        for name in ("collect_first", "collect"):
            staking.slash(token, HOLDER, 500, pool, sender=CONTROLLER)
            gas[name] = transaction_gas(pool, "collect", token, sender=ANYBODY)
        payment = (token, ANYBODY, 100, TASK, REASON)
        for name in ("pay_first", "pay"):
            gas[name] = transaction_gas(pool, "pay", *payment, sender=TIMELOCK)

    assert gas == GAS[EVM_VERSION]
