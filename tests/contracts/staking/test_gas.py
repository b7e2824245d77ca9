"""Gas of staking, exact; the limits of the engineering anchors are 165,000 and 110,000."""

import boa
import pytest

from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.gas import own_chain, transaction_gas

pytestmark = pytest.mark.chain

GAS = {"shanghai": (104_506, 109_612), "cancun": (102_391, 107_497)}


def test_deposit__first_and_again__stay_below_the_limits(
    staker, other_staker, controller, treasury, stranger
):
    with own_chain():
        token = deploy("WorkToken", [(staker, 10**24)], controller)
        staking = deploy("Staking", token, controller, treasury, stranger, stranger)
        token.transfer(other_staker, 10**20, sender=staker)
        for account in (staker, other_staker):
            token.approve(staking, 10**24, sender=account)
        staking.deposit(token, 10**18, sender=other_staker)

        boa.env.timestamp += 12
        first = transaction_gas(staking, "deposit", token, 10**18, sender=staker)
        boa.env.timestamp += 12
        again = transaction_gas(staking, "deposit", token, 10**18, sender=staker)

    assert (first, again) == GAS[EVM_VERSION]
    assert first <= 165_000
    assert again <= 110_000
