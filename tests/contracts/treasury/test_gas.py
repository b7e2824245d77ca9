"""Gas of spending and granting, exact on each EVM: any change is meant, or is a fault."""

import boa
import pytest

from tests.contracts.conftest import account_of
from tests.contracts.deploying import EVM_VERSION, deploy, predict_addresses
from tests.contracts.gas import own_chain, transaction_gas
from tests.contracts.treasury.conftest import DAY, LIMIT, WEALTH, Grant

pytestmark = pytest.mark.chain

TIMELOCK, HOLDER, ANYBODY = (
    account_of("timelock"),
    account_of("grant holder"),
    account_of("anybody"),
)
GAS = {
    "cancun": {
        "spend": 83_700,
        "spend_again": 71_967,
        "open_grant": 223_626,
        "claim_grant": 81_922,
        "cancel_grant": 66_452,
        "spend_over_limit": 70_805,
    },
    "shanghai": {
        "spend": 105_670,
        "spend_again": 74_037,
        "open_grant": 225_653,
        "claim_grant": 84_353,
        "cancel_grant": 68_787,
        "spend_over_limit": 72_869,
    },
}


def test_gas__of_the_treasury__is_as_pinned() -> None:
    gas = {}
    with own_chain():
        (vault_at,) = predict_addresses(2)[1:]
        token = deploy("WorkToken", [(vault_at, WEALTH)], ANYBODY)
        vault = deploy("Treasury", TIMELOCK, ANYBODY, [])
        spending = (token, HOLDER, LIMIT // 4)

        gas["spend"] = transaction_gas(vault, "spend", *spending, sender=TIMELOCK)
        boa.env.timestamp += DAY
        gas["spend_again"] = transaction_gas(vault, "spend", *spending, sender=TIMELOCK)
        grant = (token, *Grant(HOLDER, LIMIT // 4).as_tuple())
        gas["open_grant"] = transaction_gas(vault, "open_grant", *grant, sender=TIMELOCK)
        boa.env.timestamp += 100 * DAY
        gas["claim_grant"] = transaction_gas(vault, "claim_grant", 1, sender=ANYBODY)
        boa.env.timestamp += DAY
        gas["cancel_grant"] = transaction_gas(vault, "cancel_grant", 1, sender=TIMELOCK)
        beyond = (token, HOLDER, LIMIT)
        gas["spend_over_limit"] = transaction_gas(
            vault, "spend_over_limit", *beyond, sender=TIMELOCK
        )

    assert gas == GAS[EVM_VERSION]


COLLECT = {"cancun": 59_993, "shanghai": 83_931}


def test_gas__of_collecting_a_slash__is_as_pinned() -> None:
    with own_chain():
        treasury = predict_addresses(3)[2]
        dollar = deploy("mocks/PaymentToken", "Dollar", "USD", 6, HOLDER, WEALTH)
        staking = deploy("Staking", ANYBODY, TIMELOCK, treasury, ANYBODY, ANYBODY)
        vault = deploy("Treasury", TIMELOCK, staking, [])
        dollar.approve(staking, WEALTH, sender=HOLDER)
        staking.deposit(dollar, 1_001, sender=HOLDER)
        staking.slash(dollar, HOLDER, 500, ANYBODY, sender=TIMELOCK)

        gas = transaction_gas(vault, "collect", dollar, sender=ANYBODY)

        assert vault.address == treasury
    assert gas == COLLECT[EVM_VERSION]
