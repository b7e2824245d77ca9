"""Gas of sharing profit, exact on each EVM: a change of any figure is meant, or is a fault."""

from dataclasses import dataclass

import boa
import pytest
from boa.contracts.vyper.vyper_contract import VyperContract

from tests.contracts.conftest import account_of
from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.gas import own_chain, transaction_gas
from tests.contracts.rewards.settling import settle_work
from tests.contracts.rewards.stage import HOLDER, RATE, TES, WEEK, Stage, deploy_stage

pytestmark = pytest.mark.chain

STAKER, WORKER, OTHER = account_of("staker"), account_of("worker"), account_of("other worker")
GAS = {
    "cancun": {
        "distribute": 157_399,
        "claim_fees": 120_044,
        "distribute_again": 91_280,
        "claim_fees_again": 67_277,
        "register_task": 122_300,
        "claim_emission": 193_835,
        "claim_emission_again": 164_836,
    },
    "shanghai": {
        "distribute": 179_348,
        "claim_fees": 122_150,
        "distribute_again": 93_329,
        "claim_fees_again": 69_383,
        "register_task": 124_742,
        "claim_emission": 239_993,
        "claim_emission_again": 171_188,
    },
}


@dataclass(frozen=True)
class Meter:
    stage: Stage

    def of(self, function: str, *args: object) -> int:
        """Send a transaction of its own second and return what it cost."""
        boa.env.timestamp += 12
        return transaction_gas(self.stage.rewards, function, *args, sender=OTHER)


def play_fees(meter: Meter, dollar: VyperContract) -> dict[str, int]:
    """Share two rounds and claim both."""
    stage, gas = meter.stage, {}
    stage.stake(STAKER, 100 * TES)
    for suffix in ("", "_again"):
        stage.earn(dollar, 10**9)
        gas[f"distribute{suffix}"] = meter.of("distribute", dollar)
        gas[f"claim_fees{suffix}"] = meter.of("claim_fees", dollar, STAKER)
    return gas


def play_emission(meter: Meter, dollar: VyperContract) -> dict[str, int]:
    """Register a task and claim what two workers earned in it."""
    gas = {}
    work = settle_work(meter.stage, dollar, [(WORKER, 60_000_000), (OTHER, 40_000_000)])
    gas["register_task"] = meter.of("register_task", work.verdict.as_tuple())
    boa.env.timestamp += WEEK
    gas["claim_emission"] = meter.of("claim_emission", *work.claim(0))
    gas["claim_emission_again"] = meter.of("claim_emission", *work.claim(1))
    return gas


def test_gas__of_sharing_profit__is_as_pinned() -> None:
    with own_chain():
        dollar = deploy("mocks/PaymentToken", "Test Dollar", "TUSD", 6, HOLDER, 10**15)
        meter = Meter(deploy_stage([(dollar.address, RATE)]))

        gas = play_fees(meter, dollar) | play_emission(meter, dollar)

    assert gas == GAS[EVM_VERSION]
