"""Bad roots and strangers: each reaches what is theirs, and nobody else's pay."""

import boa
import pytest

from dao_client.documents import PayoutRow
from dao_client.encoding import PAYOUT_TYPES
from dao_client.merkle import StandardMerkleTree
from tests.contracts.entry_stake.conftest import PAY, PROXIES, SEAT
from tests.contracts.refusals import refused

pytestmark = [pytest.mark.chain, PROXIES]

EMPTY_PURSE = "erc20: transfer amount exceeds balance"


def settle_leaves(contracts, token, leaves):
    """End a task by leaves that operators made up: (index, payee, amount), the rows behind them."""
    task_id = contracts.escrow.task_count() + 1
    tree = StandardMerkleTree.of(PAYOUT_TYPES, [(task_id, *leaf) for leaf in leaves])
    rows = [PayoutRow(index, payee, amount, SEAT) for index, payee, amount in leaves]
    return contracts.settle_tree(token, rows, tree, total=1)


@pytest.mark.parametrize("twin_index", [0, 96 << 128])
def test_credit__bad_root_that_pays_one_bit_twice__cannot_touch_what_waits_for_others(
    contracts, token, waiting, purse, stranger, honest_worker, twin_index
):
    """One wei to the attacker sets the bit that two leaves share; the other asks for all."""
    thief = contracts.entry.purse_of(stranger, SEAT)
    leaves = [(0, stranger, 1), (twin_index, thief, PAY)]
    bad = settle_leaves(contracts, token, leaves)
    contracts.escrow.claim(bad.task_id, *leaves[0], list(bad.tree.proof(0)))
    assert contracts.escrow.is_claimed(bad.task_id, twin_index)

    with refused(EMPTY_PURSE, lambda: token.balanceOf(purse)):
        contracts.entry.credit(
            bad.task_id, twin_index, stranger, SEAT, PAY, list(bad.tree.proof(1))
        )
    contracts.entry.credit(*waiting.credit_of(0))

    assert contracts.staking.stake_of(token, honest_worker) == PAY
    assert contracts.staking.stake_of(token, stranger) == 0


def test_credit__bad_root_that_names_a_full_purse__only_stakes_what_is_its_workers(
    contracts, token, waiting, purse, stranger, honest_worker
):
    leaves = [(0, stranger, 1), (0, purse, PAY)]
    bad = settle_leaves(contracts, token, leaves)
    contracts.escrow.claim(bad.task_id, *leaves[0], list(bad.tree.proof(0)))

    contracts.entry.credit(bad.task_id, 0, honest_worker, SEAT, PAY, list(bad.tree.proof(1)))

    assert contracts.staking.stake_of(token, honest_worker) == PAY
    with refused(EMPTY_PURSE, lambda: contracts.staking.totals_of(token)):
        contracts.entry.credit(*waiting.credit_of(0))


def test_credit__bad_root_that_promises_more_than_the_task_holds__is_refused(
    contracts, token, waiting, purse, stranger
):
    thief = contracts.entry.purse_of(stranger, SEAT)
    bad = settle_leaves(contracts, token, [(0, thief, PAY)])

    with refused("escrow: exceeds claimable", lambda: token.balanceOf(purse)):
        contracts.entry.credit(bad.task_id, 0, stranger, SEAT, PAY, [])


def test_credit__dust_of_strangers__counts_for_nobody(
    contracts, token, waiting, purse, honest_worker, genesis_holder
):
    for place in (purse, contracts.entry):
        token.transfer(place, 7, sender=genesis_holder)

    contracts.entry.credit(*waiting.credit_of(0))

    assert contracts.staking.entry_seat_of(token, honest_worker) == (SEAT, PAY)
    assert token.balanceOf(purse) == token.balanceOf(contracts.entry) == 7


def test_credit__address_of_a_purse_taken_before__is_impossible(contracts, waiting, purse):
    assert boa.env.get_code(purse) == b""
    contracts.entry.credit(*waiting.credit_of(0))

    code = boa.env.get_code(purse)

    assert code == (
        bytes.fromhex("363d3d373d3d3d363d73")
        + bytes.fromhex(contracts.entry.address[2:])
        + bytes.fromhex("5af43d82803e903d91602b57fd5bf3")
    )
