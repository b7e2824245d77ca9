"""mint and burn: one minter, one cap, and nobody else with any power."""

import pytest

from tests.contracts.conftest import SUPPLY
from tests.contracts.deploying import deploy
from tests.contracts.events import last_events
from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain

ZERO = "0x" + "00" * 20
MAX_SUPPLY = 1_000_000_000 * 10**18


@pytest.fixture
def supply(work_token, honest_worker):
    """What a refused mint could have changed."""
    return lambda: (work_token.totalSupply(), work_token.balanceOf(honest_worker))


def test_mint__by_the_minter__creates(work_token, minter, honest_worker):
    work_token.mint(honest_worker, 7, sender=minter)

    fields = {"sender": ZERO, "receiver": honest_worker, "value": 7}
    assert last_events(work_token) == [("Transfer", fields)]
    assert work_token.balanceOf(honest_worker) == 7
    assert work_token.totalSupply() == SUPPLY + 7


def test_mint__up_to_the_cap__works(work_token, minter, honest_worker):
    work_token.mint(honest_worker, MAX_SUPPLY - SUPPLY, sender=minter)

    assert work_token.totalSupply() == work_token.MAX_SUPPLY() == MAX_SUPPLY


@pytest.mark.parametrize("amount", [MAX_SUPPLY - SUPPLY + 1, 2**256 - 1])
def test_mint__past_the_cap__is_refused(work_token, minter, honest_worker, supply, amount):
    with refused("tes: supply exceeds cap", supply):
        work_token.mint(honest_worker, amount, sender=minter)


def test_mint__after_burning__fills_the_cap_again(
    work_token, minter, genesis_holder, honest_worker
):
    work_token.mint(honest_worker, MAX_SUPPLY - SUPPLY, sender=minter)
    work_token.burn(5, sender=genesis_holder)

    work_token.mint(honest_worker, 5, sender=minter)

    assert work_token.totalSupply() == MAX_SUPPLY


def test_mint__by_anybody_else__is_refused(
    work_token, genesis_holder, honest_worker, stranger, supply
):
    for intruder in (genesis_holder, honest_worker, stranger):
        with refused("tes: caller is not the minter", supply):
            work_token.mint(honest_worker, 1, sender=intruder)


def test_mint__token_without_minter__is_refused_to_all(genesis_holder):
    token = deploy("WorkToken", [(genesis_holder, SUPPLY)], ZERO)

    with refused("tes: caller is not the minter", token.totalSupply):
        token.mint(genesis_holder, 1, sender=genesis_holder)


def test_mint__for_the_zero_address__is_refused(work_token, minter, supply):
    with refused("erc20: mint to the zero address", supply):
        work_token.mint(ZERO, 1, sender=minter)


def test_burn__own_tokens__destroys(work_token, genesis_holder):
    work_token.burn(7, sender=genesis_holder)

    assert work_token.totalSupply() == work_token.balanceOf(genesis_holder) == SUPPLY - 7


def test_burn__more_than_one_has__is_refused(work_token, genesis_holder):
    with refused("erc20: burn amount exceeds balance", work_token.totalSupply):
        work_token.burn(SUPPLY + 1, sender=genesis_holder)


def test_init__genesis__is_with_the_holder(work_token, genesis_holder, minter):
    assert (work_token.name(), work_token.symbol(), work_token.decimals()) == ("Tessera", "TES", 18)
    assert work_token.totalSupply() == work_token.balanceOf(genesis_holder) == SUPPLY
    assert work_token.minter() == minter


def test_init__many_allocations__each_holder_has_its_own(honest_worker, lazy_worker):
    token = deploy("WorkToken", [(honest_worker, 5), (lazy_worker, 7), (honest_worker, 1)], ZERO)

    assert (token.balanceOf(honest_worker), token.balanceOf(lazy_worker)) == (6, 7)
    assert token.totalSupply() == 13


def test_init__no_allocation__starts_with_nothing(minter):
    assert deploy("WorkToken", [], minter).totalSupply() == 0


@pytest.mark.parametrize("last", [1, 2**256 - 1])
def test_init__allocations_past_the_cap__are_refused(genesis_holder, stranger, last):
    with refused("tes: supply exceeds cap", lambda: None):
        deploy("WorkToken", [(genesis_holder, MAX_SUPPLY), (stranger, last)], ZERO)


def test_abi__owner_functions__do_not_exist(work_token):
    names = {entry["name"] for entry in work_token.abi if entry["type"] == "function"}

    assert names == {
        *("name", "symbol", "decimals", "totalSupply", "balanceOf", "allowance", "MAX_SUPPLY"),
        *("transfer", "transferFrom", "approve", "permit", "nonces", "DOMAIN_SEPARATOR"),
        *("eip712Domain", "burn", "mint", "minter", "past_supply"),
    }
