"""A deployment on a chain in memory: functions answer what a test says, others refuse."""

from collections.abc import Callable, Mapping
from typing import Any

from eth_abi import encode
from eth_utils import to_checksum_address

from dao_client.chain import Chain
from dao_client.contracts.abi import Abi, type_of
from dao_client.deployment import NAMES, Deployment, System
from dao_client.errors import RpcRefused
from tests.dao_client.fake_rpc import FakeRpc, block
from tests.dao_client.governance.books import CONTRACTS

NOW = 1_800_000_000
Answers = Mapping[str, Any]
"""`Contract.function` → values, or what makes them of the arguments; one value may stand alone."""


def refusal(reason: str) -> RpcRefused:
    """What a node says when a contract refuses with a text."""
    returned = "0x08c379a0" + encode(["string"], [reason]).hex()
    return RpcRefused("eth_call", 3, "execution reverted", returned)


def fake_system(answers: Answers, logs: Callable[..., Any] | list[Any] = ()) -> System:
    """Join a deployment with a chain in memory."""
    rpc = FakeRpc(
        eth_call=lambda call, tag: _answer(answers, call),
        eth_getCode=lambda address, tag: "0x01" if address in CONTRACTS.values() else "0x",
        eth_getBlockByNumber=lambda tag, whole: block(9, NOW),
        eth_getLogs=logs if callable(logs) else list(logs),
    )
    known = {field: CONTRACTS[name] for name, field in NAMES.items() if name in CONTRACTS}
    return System.connect(Chain(rpc), Deployment(1337, "shanghai", 1, **known))


def _answer(answers: Answers, call: Mapping[str, str]) -> Any:
    names = {address: name for name, address in CONTRACTS.items()}
    contract = names.get(to_checksum_address(call["to"]))
    if contract is None:
        return "0x"
    found = Abi.load(contract).decode_call(bytes.fromhex(call["data"][2:]))
    assert found is not None, call
    entry, arguments = found
    value = answers.get(f"{contract}.{entry['name']}", refusal("nobody said what to answer"))
    value = value(*arguments) if callable(value) else value
    if isinstance(value, RpcRefused):
        return value
    values = value if isinstance(value, list) else [value]
    outputs = [type_of(each) for each in entry["outputs"]]
    return "0x" + encode(outputs, values if outputs else []).hex()
