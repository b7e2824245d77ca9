"""Gas of staking, exact; the limits of the engineering anchors are 165,000 and 110,000."""

import boa
import pytest

from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.gas import own_chain, transaction_gas
from tests.contracts.staking.conftest import UNBONDING_SECONDS, deploy_parameters

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


OTHERS: dict[str, dict[str, int]] = {
    "shanghai": {
        "deposit_entry": 157_076,
        "lock": 53_111,
        "unlock": 33_325,
        "unstake": 165_531,
        "delay_withdrawal": 39_348,
        "slash": 211_509,
        "withdraw": 64_311,
        "collect": 41_650,
    },
    "cancun": {
        "deposit_entry": 154_947,
        "lock": 51_080,
        "unlock": 31_312,
        "unstake": 163_379,
        "delay_withdrawal": 37_325,
        "slash": 187_447,
        "withdraw": 62_268,
        "collect": 39_613,
    },
}
"""Steps without a limit: each moves a part of a stake in TES, whose votes move with it."""


def measure(staker: str, controller: str, treasury: str) -> dict[str, int]:
    """Play the life of a stake; every slot was written before but those of first times."""
    gas = {}
    with own_chain():
        token = deploy("WorkToken", [(staker, 10**24), (treasury, 10**24)], controller)
        staking = deploy("Staking", token, controller, treasury, deploy_parameters(), treasury)
        for account in (staker, treasury):
            token.approve(staking, 10**24, sender=account)
        staking.deposit(token, 10**20, sender=staker)

        def play(function: str, *args: object, sender: str) -> None:
            boa.env.timestamp += 12
            gas[function] = transaction_gas(staking, function, token, *args, sender=sender)

        play("deposit_entry", staker, 10**18, 10**19, sender=treasury)
        play("lock", staker, 10**19, False, sender=controller)
        play("unlock", staker, 10**18, False, sender=controller)
        play("unstake", 10**19, sender=staker)
        play("delay_withdrawal", staker, sender=controller)
        play("slash", staker, 10**18, treasury, sender=controller)
        boa.env.timestamp += UNBONDING_SECONDS
        play("withdraw", sender=staker)
        play("collect", sender=treasury)
    return gas


def test_gas__of_the_life_of_a_stake__is_as_pinned(staker, controller, treasury):
    assert measure(staker, controller, treasury) == OTHERS[EVM_VERSION]
