"""Gas of posting and finalising a verdict, exact, beside the limits of the engineering anchors."""

import boa
import pytest
from eth_account import Account
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.gas import own_chain, transaction_gas
from tests.contracts.task_escrow.tasks import EVIDENCE, ROOT, Terms, payouts
from tests.contracts.verdict_oracle.verdicts import (
    CHALLENGE,
    DOCUMENT,
    REVEAL_ENDS,
    STAKE,
    Verdict,
    sign_all,
)
from tests.system import Roles, deploy_system

pytestmark = pytest.mark.chain

LIMITS = {"post_verdict": 120_000, "post_verdict of 100,000 answers": 120_000, "finalise": 80_000}
GAS: dict[str, dict[str, int]] = {
    "shanghai": {
        "post_verdict": 119_466,
        "post_verdict of 100,000 answers": 119_454,
        "finalise": 78_305,
    },
    "cancun": {
        "post_verdict": 118_455,
        "post_verdict of 100,000 answers": 118_443,
        "finalise": 78_227,
    },
}


AFTER: dict[str, dict[str, int]] = {
    "shanghai": {
        "set_sealing_key": 47_908,
        "delay_worker": 77_471,
        "slash_worker first": 171_738,
        "slash_worker": 103_340,
    },
    "cancun": {
        "set_sealing_key": 47_907,
        "delay_worker": 72_702,
        "slash_worker first": 166_918,
        "slash_worker": 98_526,
    },
}
"""Steps without a limit: by a final verdict of two slashes, in another token than TES."""


def start() -> tuple:
    """Return a system with three operators and three closed tasks; the last has 100,000 answers."""
    holder, requester, gateway = map(account_of, ("genesis_holder", "requester", "gateway"))
    roles = [account_of(role) for role in ("treasury", "arbitrator", "fee_recipient", "timelock")]
    system = deploy_system(Roles(holder, *roles))
    keys = [Account.from_key(keccak(text=f"operator {number}")) for number in range(3)]
    keys.sort(key=lambda key: int(key.address, 16))
    for key in keys:
        system.work_token.transfer(key.address, STAKE, sender=holder)
        system.work_token.approve(system.staking, STAKE, sender=key.address)
        system.staking.deposit(system.work_token, STAKE, sender=key.address)
        system.verdict_oracle.register_operator(STAKE, sender=key.address)
    token = deploy("mocks/PaymentToken", "Dollar", "USD", 18, requester, 10**26)
    token.approve(system.task_escrow, 2**256 - 1, sender=requester)
    terms = Terms(token.address, gateway, price=10**16, budget=10**20).as_tuple()
    for answers in (100, 100, 100_000):
        task_id = system.task_escrow.create_task(terms, sender=requester)
        system.task_escrow.anchor_submissions(task_id, ROOT, answers, EVIDENCE, sender=gateway)
    boa.env.time_travel(seconds=REVEAL_ENDS)
    return system.verdict_oracle, keys, token, system.staking


def measure() -> dict[str, int]:
    """Post and finalise; another task in the same token paid its fee before."""
    with own_chain():
        oracle, keys, _, _ = start()
        poster = keys[0].address
        verdicts = [Verdict(task_id, total_payout=10**19) for task_id in (1, 2, 3)]
        first, second, large = (
            (verdict.as_tuple(), DOCUMENT, sign_all(verdict, oracle, keys)) for verdict in verdicts
        )
        oracle.post_verdict(*first, sender=poster)
        gas = {
            "post_verdict": transaction_gas(oracle, "post_verdict", *second, sender=poster),
            "post_verdict of 100,000 answers": transaction_gas(
                oracle, "post_verdict", *large, sender=poster
            ),
        }
        boa.env.time_travel(seconds=CHALLENGE)
        oracle.finalise(first[0], sender=poster)
        gas["finalise"] = transaction_gas(oracle, "finalise", second[0], sender=poster)
        return gas


def measure_slashes() -> dict[str, int]:
    """Publish a key, delay a worker of 1,024, then slash for the first and the second time."""
    with own_chain():
        oracle, keys, token, staking = start()
        poster, worker = keys[0].address, account_of("worker")
        token.transfer(worker, 10**18, sender=account_of("requester"))
        token.approve(staking, 10**18, sender=worker)
        staking.deposit(token, 10**18, sender=worker)
        tree = payouts(1, [(worker, 10**15)] * 1_024)
        verdict = Verdict(1, total_payout=10**19, slashes_root=tree.root)
        signed = sign_all(verdict, oracle, keys)
        oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signed, sender=poster)
        leaves = [
            (verdict.as_tuple(), *tree.rows[index][1:], list(tree.proof(index))) for index in (0, 1)
        ]
        staking.unstake(token, 1, sender=worker)
        boa.env.time_travel(seconds=CHALLENGE)
        delay = transaction_gas(oracle, "delay_worker", *leaves[0], sender=poster)
        oracle.finalise(verdict.as_tuple(), sender=poster)
        return {
            "set_sealing_key": transaction_gas(oracle, "set_sealing_key", ROOT, sender=poster),
            "delay_worker": delay,
            "slash_worker first": transaction_gas(
                oracle, "slash_worker", *leaves[0], sender=poster
            ),
            "slash_worker": transaction_gas(oracle, "slash_worker", *leaves[1], sender=poster),
        }


def test_gas__slashes_of_workers__are_as_committed():
    assert measure_slashes() == AFTER[EVM_VERSION]


def test_gas__verdict_of_three_operators__is_as_committed():
    assert measure() == GAS[EVM_VERSION]


def test_gas__on_cancun__stays_below_the_limits():
    over = {name: gas for name, gas in GAS["cancun"].items() if gas > LIMITS[name]}

    assert over == {}
    assert GAS["cancun"].keys() == LIMITS.keys()


def test_gas__thousand_times_the_answers__costs_the_same():
    few = GAS[EVM_VERSION]["post_verdict"]
    many = GAS[EVM_VERSION]["post_verdict of 100,000 answers"]

    assert abs(many - few) * 100 <= few
