"""Who may call what: the table knows every function, and the check says what is wrong."""

from collections.abc import Mapping

import pytest

from dao_client.authority import (
    RECIPIENTS,
    ROLES,
    TABLE,
    Access,
    changing_functions,
)
from dao_client.authority_check import AuthorityCheck, blank
from dao_client.chain import Chain
from dao_client.contracts.abi import Abi, encode_arguments
from dao_client.deploying import create_address
from dao_client.deployment import NAMES, Deployment
from tests.dao_client.fake_rpc import FakeRpc

pytestmark = pytest.mark.unit

DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
ADDRESSES = [create_address(DEPLOYER, nonce) for nonce in range(len(NAMES))]
DEPLOYMENT = Deployment(1337, "shanghai", 1, *ADDRESSES)


def names_in(contract: str) -> set[str]:
    return {entry["name"] for entry in changing_functions(Abi.load(contract))}


def views_of(contract: str) -> set[str]:
    changing = names_in(contract)
    entries = Abi.load(contract).entries.values()
    return {each["name"] for each in entries if each["type"] == "function"} - changing


@pytest.mark.parametrize("contract", NAMES)
def test_table__each_contract__classes_every_function_and_no_other(contract: str) -> None:
    assert set(TABLE[contract]) == names_in(contract)


@pytest.mark.parametrize("contract", NAMES)
def test_table__guarded_function__names_a_view_or_role_and_its_refusal(contract: str) -> None:
    rules: Mapping[str, object] = TABLE[contract]

    for rule in rules.values():
        if rule.access is Access.ROLE:
            assert rule.holder in ROLES.values()
        elif rule.access is not Access.ANYONE:
            assert rule.holder in {*views_of(contract), "address"}
        assert bool(rule.refusal) == (rule.access is not Access.ANYONE)


@pytest.mark.parametrize("contract", RECIPIENTS)
def test_recipients__each__is_told_by_a_view(contract: str) -> None:
    assert set(RECIPIENTS[contract]) <= views_of(contract)


def test_table__contracts__are_those_that_are_deployed() -> None:
    assert set(TABLE) == set(NAMES)


@pytest.mark.parametrize("contract", NAMES)
def test_blank__arguments_of_each_function__encode(contract: str) -> None:
    for entry in changing_functions(Abi.load(contract)):
        arguments = [blank(each) for each in entry["inputs"]]

        assert len(encode_arguments(entry, arguments)) % 32 == 0


def test_run__nothing_at_the_addresses__names_each_contract_and_asks_no_more() -> None:
    chain = Chain(FakeRpc(eth_getCode="0x"))

    findings = AuthorityCheck(chain, DEPLOYMENT).run()

    assert [each.contract for each in findings] == list(NAMES)
    for each, address in zip(findings, ADDRESSES, strict=True):
        assert each.problems == (f"the code at {address} is not {each.contract}'s",)
