"""Gas of a task's life, exact, beside the limits of the engineering anchors.

The payment token has 18 decimals and dirty balances; a tree has 1,024 payouts.
"""

import pytest

from dao_client.merkle import StandardMerkleTree
from tests.contracts.conftest import account_of
from tests.contracts.deploying import EVM_VERSION, deploy
from tests.contracts.gas import own_chain, transaction_gas
from tests.contracts.task_escrow.tasks import (
    EVIDENCE,
    FEE_BPS,
    ROOT,
    Terms,
    claim_of,
    pass_reveal_deadline,
    payouts,
)

pytestmark = pytest.mark.chain

BUDGET = 10**20
PAY = 10**16
LEAVES = 1_024
TASKS = 10
LIMITS = {
    "create_task": 120_000,
    "anchor_submissions": 50_000,
    "anchor_submissions of 100,000 answers": 50_000,
    "force_submission": 32_000,
    "claim, fresh recipient": 75_000,
    "claim, dirty recipient": 58_000,
    "claim_many, each further task, used word": 25_000,
    "claim_many, each further task, fresh word": 42_000,
}
GAS: dict[str, dict[str, int]] = {
    "shanghai": {
        "create_task": 120_844,
        "anchor_submissions": 49_621,
        "anchor_submissions of 100,000 answers": 49_645,
        "force_submission": 30_313,
        "claim, fresh recipient": 75_057,
        "claim, dirty recipient": 57_957,
        "claim_many, each further task, fresh word": 41_197,
        "claim_many, each further task, used word": 21_848,
    },
    "cancun": {
        "create_task": 118_654,
        "anchor_submissions": 49_598,
        "anchor_submissions of 100,000 answers": 49_622,
        "force_submission": 30_313,
        "claim, fresh recipient": 74_988,
        "claim, dirty recipient": 57_888,
        "claim_many, each further task, fresh word": 40_883,
        "claim_many, each further task, used word": 21_535,
    },
}


def start(requester: str, oracle: str) -> tuple:
    """Return an escrow, an approved token, and the terms of a task."""
    token = deploy("mocks/PaymentToken", "Dollar", "USD", 18, requester, 10**26)
    escrow = deploy("TaskEscrow", oracle, account_of("fee_recipient"))
    token.approve(escrow, 2**256 - 1, sender=requester)
    terms = Terms(token.address, account_of("gateway"), price=PAY, budget=BUDGET)
    return escrow, token, terms


def measure_submissions() -> dict[str, int]:
    """Create, anchor and force, each on a chain where another task exists."""
    requester, gateway, worker = map(account_of, ("requester", "gateway", "honest_worker"))
    with own_chain():
        escrow, _, terms = start(requester, account_of("oracle"))
        asked = terms.as_tuple()
        escrow.create_task(asked, sender=requester)
        anchor = (ROOT, 100, EVIDENCE)
        return {
            "create_task": transaction_gas(escrow, "create_task", asked, sender=requester),
            "anchor_submissions": transaction_gas(
                escrow, "anchor_submissions", 1, *anchor, sender=gateway
            ),
            "anchor_submissions of 100,000 answers": transaction_gas(
                escrow, "anchor_submissions", 2, ROOT, 100_000, EVIDENCE, sender=gateway
            ),
            "force_submission": transaction_gas(
                escrow, "force_submission", 1, 7, ROOT, EVIDENCE, sender=worker
            ),
        }


def settle_tasks(escrow, terms, requester: str, oracle: str) -> list[StandardMerkleTree]:
    """Settle tasks that pay two workers in turn."""
    workers = (account_of("honest_worker"), account_of("lazy_worker"))
    trees = []
    for _ in range(TASKS):
        task_id = escrow.create_task(terms.as_tuple(), sender=requester)
        pays = [(workers[index % 2], PAY + index) for index in range(LEAVES)]
        trees.append(payouts(task_id, pays))
    pass_reveal_deadline()
    for tree in trees:
        total = sum(row[3] for row in tree.rows)
        escrow.settle(tree.rows[0][0], tree.root, total, FEE_BPS, sender=oracle)
    return trees


def measure_claims() -> dict[str, int]:
    """Claim one by one, then many."""
    requester, oracle, sender = map(account_of, ("requester", "oracle", "stranger"))
    worker = account_of("honest_worker")
    with own_chain():
        escrow, _, terms = start(requester, oracle)
        trees = settle_tasks(escrow, terms, requester, oracle)
        escrow.claim(*claim_of(trees[0], 0), sender=sender)

        def claim(index: int) -> int:
            return transaction_gas(escrow, "claim", *claim_of(trees[0], index), sender=sender)

        def many(first: int, last: int, index: int) -> int:
            claims = [
                (*tree.rows[index][:2], tree.rows[index][3], list(tree.proof(index)))
                for tree in trees[first:last]
            ]
            return transaction_gas(escrow, "claim_many", worker, claims, sender=sender)

        gas = {"claim, fresh recipient": claim(1), "claim, dirty recipient": claim(2)}
        one, eight = many(1, 2, 0), many(2, 10, 0)
        gas["claim_many, each further task, fresh word"] = (eight - one) // 7
        one, eight = many(1, 2, 2), many(2, 10, 2)
        gas["claim_many, each further task, used word"] = (eight - one) // 7
        return gas


def test_gas__life_of_a_task__is_as_committed():
    gas = measure_submissions() | measure_claims()

    assert gas == GAS[EVM_VERSION]


def test_gas__on_cancun__stays_below_the_limits():
    over = {name: gas for name, gas in GAS["cancun"].items() if gas > LIMITS[name]}

    assert over == {}
    assert GAS["cancun"].keys() == LIMITS.keys()


def test_gas__thousand_times_the_answers__costs_the_same():
    few = GAS[EVM_VERSION]["anchor_submissions"]
    many = GAS[EVM_VERSION]["anchor_submissions of 100,000 answers"]

    assert abs(many - few) * 100 <= few
