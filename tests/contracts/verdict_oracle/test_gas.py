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
    BOND,
    CHALLENGE,
    DOCUMENT,
    REVEAL_ENDS,
    STAKE,
    Verdict,
    sign_all,
)
from tests.system import Roles, deploy_system

pytestmark = pytest.mark.chain

RELEASE = (7 + 21 + 3) * 86_400
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


IN_TES: dict[str, dict[str, int]] = {
    "shanghai": {
        "slash_worker of free stake": 290_257,
        "slash_worker of a pledge": 221_109,
        "slash_worker of a bond": 232_154,
        "retire_operator": 32_995,
        "finalise that takes a bond": 234_770,
        "release_operator": 39_917,
    },
    "cancun": {
        "slash_worker of free stake": 263_455,
        "slash_worker of a pledge": 214_198,
        "slash_worker of a bond": 225_238,
        "retire_operator": 32_993,
        "finalise that takes a bond": 230_411,
        "release_operator": 32_224,
    },
}
"""Steps without a limit: slashes in TES of who pledges it, and how operators leave."""


def deploy_and_register() -> tuple:
    """Return a system with three operators, and their keys."""
    holder = account_of("genesis_holder")
    roles = [account_of(role) for role in ("treasury", "arbitrator", "fee_recipient", "timelock")]
    system = deploy_system(Roles(holder, *roles))
    keys = [Account.from_key(keccak(text=f"operator {number}")) for number in range(3)]
    keys.sort(key=lambda key: int(key.address, 16))
    for key in keys:
        system.work_token.transfer(key.address, STAKE, sender=holder)
        system.work_token.approve(system.staking, STAKE, sender=key.address)
        system.staking.deposit(system.work_token, STAKE, sender=key.address)
        system.verdict_oracle.register_operator(STAKE, sender=key.address)
    return system, keys


def start() -> tuple:
    """Return a system with three operators and three closed tasks; the last has 100,000 answers."""
    requester, gateway = map(account_of, ("requester", "gateway"))
    system, keys = deploy_and_register()
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


def measure_in_tes() -> dict[str, int]:
    """Slash free stake, a pledge and a bond, which pays when its dispute ends; free an operator."""
    with own_chain():
        system, keys = deploy_and_register()
        oracle, poster = system.verdict_oracle, keys[0].address
        names = ("genesis_holder", "requester", "gateway", "worker")
        holder, requester, gateway, worker = map(account_of, names)
        for account, spender in ((requester, system.task_escrow), (worker, system.staking)):
            system.work_token.transfer(account, 2 * BOND, sender=holder)
            system.work_token.approve(spender, 2 * BOND, sender=account)
        system.staking.deposit(system.work_token, 2 * BOND, sender=worker)
        terms = Terms(system.work_token.address, gateway).as_tuple()
        for _ in (1, 2):
            system.task_escrow.create_task(terms, sender=requester)
        tree = payouts(1, [(worker, 10**15), (poster, 10**15), (worker, 2 * BOND)])
        final, disputed = Verdict(1, slashes_root=tree.root), Verdict(2)
        boa.env.time_travel(seconds=REVEAL_ENDS)
        for verdict in (final, disputed):
            signed = sign_all(verdict, oracle, keys)
            oracle.post_verdict(verdict.as_tuple(), DOCUMENT, signed, sender=poster)
            boa.env.time_travel(seconds=CHALLENGE // 2)
        boa.env.time_travel(seconds=CHALLENGE // 4)
        oracle.finalise(final.as_tuple(), sender=poster)
        gas = {}

        def play(step: str, *args: object, sender: str) -> None:
            boa.env.timestamp += 12
            gas[step] = transaction_gas(oracle, step.split()[0], *args, sender=sender)

        leaves = [
            (final.as_tuple(), *row[1:], list(tree.proof(place)))
            for place, row in enumerate(tree.rows)
        ]
        play("slash_worker of free stake", *leaves[0], sender=poster)
        play("slash_worker of a pledge", *leaves[1], sender=poster)
        oracle.open_dispute(2, ROOT, sender=worker)
        play("slash_worker of a bond", *leaves[2], sender=poster)
        play("retire_operator", sender=keys[1].address)
        boa.env.time_travel(seconds=RELEASE)
        play("finalise that takes a bond", disputed.as_tuple(), sender=poster)
        play("release_operator", sender=keys[1].address)
        return gas


def test_gas__slashes_in_tes_and_leaving__are_as_committed():
    assert measure_in_tes() == IN_TES[EVM_VERSION]


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
