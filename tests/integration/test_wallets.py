"""What contract wallets answer, and what becomes of those that break off, on both real nodes."""

from collections.abc import Iterator

import pytest

from dao_client.chain import Chain
from dao_client.errors import RpcRefused
from dao_client.keys import LocalSigner
from dao_client.nodes import start_chain, stop_chain
from dao_client.transactions import Call, Sender
from dao_client.types import Address, Digest
from dao_client.wallets import CALLER, GAS, MAGIC, erc1271

pytestmark = pytest.mark.integration

DIGEST = Digest(b"\7" * 32)
YES = "7f" + MAGIC.ljust(32, b"\0").hex() + "60005260206000f3"
BROKEN = {
    "invalid opcode": "fe",
    "unknown opcode": "0c",
    "endless loop": "5b600056",
    "stack underflow": "50",
    "stack overflow": "5b6000600056",
    "invalid jump": "600156",
    "memory that nothing pays": "60001960005260206000f3",
    "return data out of bounds": "60ff600060003e",
    "revert": "60006000fd",
    "no answer": "00",
    "another answer": "60206000f3",
}
LOOP = "62{turns:06x}5b6001900380600457" + YES
"""Count down, then say yes; a turn takes 26 gas."""


@pytest.fixture(scope="module", params=["ganache", "anvil"])
def sender(request, tmp_path_factory) -> Iterator[Sender]:
    state = tmp_path_factory.mktemp(request.param)
    node = start_chain(request.param, state_dir=state, accounts=1)
    yield Sender(Chain.connect(node.url), LocalSigner.from_mnemonic(0))
    stop_chain(state)


def wallet(sender: Sender, code: str) -> Address:
    """Deploy a contract with this code."""
    size = len(code) // 2
    init = bytes.fromhex(f"61{size:04x}600e60003961{size:04x}6000f3")
    contract = sender.send(Call(None, init + bytes.fromhex(code), "wallet")).contract
    assert contract is not None
    assert sender.chain.code(contract).hex() == code
    return contract


def test_erc1271__wallet_that_says_yes__is_believed(sender: Sender) -> None:
    assert erc1271(sender.chain)(wallet(sender, YES), DIGEST, b"\1" * 65)


@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN)
def test_erc1271__wallet_that_breaks_off__is_not_believed(sender: Sender, code: str) -> None:
    assert not erc1271(sender.chain)(wallet(sender, code), DIGEST, b"\1" * 65)


@pytest.mark.parametrize(("turns", "is_valid"), [(GAS // 40, True), (GAS // 20, False)])
def test_erc1271__wallet_that_works_long__has_the_same_gas_everywhere(
    sender: Sender, turns: int, is_valid: bool
) -> None:
    long = wallet(sender, LOOP.format(turns=turns))

    assert erc1271(sender.chain)(long, DIGEST, b"\1" * 65) is is_valid


def test_erc1271__wallet_that_tells_callers_apart__sees_the_same_everywhere(
    sender: Sender,
) -> None:
    picky = wallet(sender, "3315600757" + "fe" + "00" + "5b" + YES)

    assert int(CALLER, 16) == 0
    assert erc1271(sender.chain)(picky, DIGEST, b"\1" * 65)


def test_erc1271__block_that_the_node_does_not_have__is_the_nodes_failure(sender: Sender) -> None:
    with pytest.raises(RpcRefused):
        erc1271(sender.chain, 10**6)(wallet(sender, YES), DIGEST, b"\1" * 65)
