"""Every function of every contract, sent by fresh wallets: nothing changes that is not theirs."""

from collections.abc import Iterator

import pytest

from dao_client.authority import TABLE, Access
from dao_client.contracts.contract import Contract
from tests.integration.strangers import OWNER, Besieged, besieged

pytestmark = pytest.mark.integration

PLAY_MONEY = {"PaymentToken.mint"}
"""Anyone makes the coin of development chains; no real deployment has it."""


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def world(request, tmp_path_factory) -> Iterator[Besieged]:
    with besieged(request.param, tmp_path_factory.mktemp(request.param)) as built:
        yield built


def access(contract: Contract, name: str) -> Access:
    return TABLE[contract.abi.contract][name].access


def test_guarded_functions__sent_by_a_fresh_wallet_and_the_deployer__all_fail(world) -> None:
    before = world.fingerprint()
    guarded = [each for each in world.functions() if access(each[0], each[1]["name"]) != "anyone"]

    attempts = [
        attempt
        for signer in (world.stranger(), OWNER)
        for contract, entry in guarded
        for attempt in world.attempts(contract, entry, signer)
    ]

    assert [each for each in attempts if each.mined.is_success] == []
    assert len({each.function for each in attempts}) == len(guarded) == 37
    assert world.fingerprint() == before


def test_open_functions__sent_by_fresh_wallets__change_nothing_of_others(world) -> None:
    before = world.fingerprint()
    system, tried = world.system, set()

    for contract, entry in world.functions():
        function = f"{contract.abi.contract}.{entry['name']}"
        if access(contract, entry["name"]) is not Access.ANYONE or function in PLAY_MONEY:
            continue
        stranger = world.stranger()
        attempts = world.attempts(contract, entry, stranger)
        tried.add(function)
        if any(each.mined.is_success for each in attempts):
            assert world.fingerprint() == before, function
        coin = system.token(system.deployment.payment_token)
        assert system.work_token.balance_of(stranger.address) == 0, function
        assert coin.balance_of(stranger.address) == 0, function

    everything = {f"{each.abi.contract}.{entry['name']}" for each, entry in world.functions()}
    guarded = {
        f"{name}.{function}"
        for name, rules in TABLE.items()
        for function, rule in rules.items()
        if rule.access is not Access.ANYONE
    }
    assert tried == everything - guarded - PLAY_MONEY
