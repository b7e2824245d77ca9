"""Gas of TES, exact; the limits are those of the engineering anchors."""

import pytest

from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.gas import own_chain, transaction_gas

pytestmark = pytest.mark.chain

GAS = {"shanghai": (51_279, 34_179), "cancun": (51_249, 34_149)}


def test_transfer__fresh_and_dirty_recipient__stay_below_the_limits(genesis_holder, honest_worker):
    with own_chain():
        token = deploy("WorkToken", [(genesis_holder, 10**24)], genesis_holder)

        first = transaction_gas(token, "transfer", honest_worker, 10**18, sender=genesis_holder)
        again = transaction_gas(token, "transfer", honest_worker, 10**18, sender=genesis_holder)

    assert (first, again) == GAS[EVM_VERSION]
    assert first <= 51_400
    assert again <= 34_300
