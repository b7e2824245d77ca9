"""Calls, answers and events of contracts, on a node in memory."""

import pytest
from eth_abi import encode
from eth_utils import keccak

from dao_client.chain import Chain, Log
from dao_client.contracts import (
    Staking,
    TaskEscrow,
    VerdictOracle,
    events,
    governance_events,
    parameters,
    stake_events,
)
from dao_client.contracts.abi import Abi
from dao_client.contracts.events import Event, RewardPaid, TaskCreated
from dao_client.errors import MalformedMessage, RpcRefused, TransactionRefused
from dao_client.types import TaskId
from tests.dao_client.fake_rpc import FakeRpc

pytestmark = pytest.mark.unit

ESCROW = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"
WORKER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
EVENTS = {
    kind
    for module in (events, governance_events, parameters, stake_events)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}
COMPLETE = (
    "TaskEscrow", "VerdictOracle", "Staking", "Parameters", "Rewards", "Treasury", "WorkerHouse",
    "EntryStake", "InsurancePool",
)  # fmt: skip
"""Every event of these has a kind; of the Governor's only those that somebody reads."""


def escrow(**answers) -> TaskEscrow:
    return TaskEscrow(Chain(FakeRpc(**answers)), ESCROW)


@pytest.mark.parametrize("kind", sorted(EVENTS, key=str), ids=lambda kind: kind.__name__)
def test_event__each_kind__has_the_fields_of_its_interface(kind: type[Event]) -> None:
    owners = [Abi.load(name) for name in (*COMPLETE, "Governor")]
    (owner,) = [abi for abi in owners if ("event", kind.__name__) in abi.entries]

    inputs = owner.entries[("event", kind.__name__)]["inputs"]

    assert list(kind.__dataclass_fields__) == ["place", *(each["name"] for each in inputs)]


@pytest.mark.parametrize("contract", COMPLETE)
def test_event__each_of_an_interface__has_a_kind(contract: str) -> None:
    known = {kind.__name__ for kind in EVENTS}

    names = {name for kind, name in Abi.load(contract).entries if kind == "event"}

    assert names - known == set()


def test_event__log__decodes_with_its_place() -> None:
    log = Log(
        address=ESCROW,
        topics=(
            keccak(text="RewardPaid(uint256,address,uint256,uint256)"),
            encode(["uint256"], [7]),
            encode(["address"], [WORKER]),
        ),
        data=encode(["uint256", "uint256"], [3, 500]),
        block_number=12,
        block_hash=b"\1" * 32,
        log_index=4,
        transaction_hash=b"\2" * 32,
    )

    (event,) = escrow().contract.events_in(RewardPaid, [log])

    assert (event.task_id, event.worker, event.index, event.amount) == (7, WORKER, 3, 500)
    assert (event.place.block_number, event.place.log_index) == (12, 4)


def test_events__filter__asks_by_topic() -> None:
    rpc = FakeRpc(eth_getLogs=[])

    TaskEscrow(Chain(rpc), ESCROW).forced(TaskId(7), 3, 5)

    query = rpc.asked[-1][1][0]
    assert query["address"] == [ESCROW]
    assert query["topics"][1:] == ["0x" + encode(["uint256"], [7]).hex(), None]
    assert (query["fromBlock"], query["toBlock"]) == ("0x3", "0x5")


def test_events__field_without_index__is_refused() -> None:
    with pytest.raises(MalformedMessage, match="TaskCreated is not indexed by price"):
        list(escrow().contract.events(TaskCreated, price=5))


def test_read__revert__names_function_and_reason() -> None:
    text = "0x08c379a0" + encode(["string"], ["escrow: unknown task"]).hex()
    refusal = RpcRefused("eth_call", 3, "execution reverted", text)

    with pytest.raises(TransactionRefused) as refused:
        escrow(eth_call=refusal).settlement_terms(TaskId(9), 200)

    shown = "TaskEscrow.settlement_terms(9, 200) was refused: escrow: unknown task"
    assert (str(refused.value), refused.value.reason) == (shown, "escrow: unknown task")


def test_read__no_contract_there__says_so() -> None:
    with pytest.raises(MalformedMessage, match="task_count answered 0 bytes that do not decode"):
        escrow(eth_call="0x").task_count()


def test_write__argument_of_another_type__is_refused_before_sending() -> None:
    with pytest.raises(MalformedMessage, match=r"\('seven',\) of TaskEscrow.refund do not encode"):
        escrow().refund("seven")


def test_stakes_of__many_accounts__keeps_them_apart_and_at_one_block() -> None:
    rpc = FakeRpc(eth_call=lambda call, tag: "0x" + call["data"][-64:])
    accounts = [WORKER, ESCROW]

    stakes = Staking(Chain(rpc), ESCROW).stakes_of(ESCROW, accounts, block=5)

    assert stakes == {account: int(account, 16) for account in accounts}
    assert {params[1] for method, params in rpc.asked if method == "eth_call"} == {"0x5"}


def test_phase__unknown_task__is_refused() -> None:
    oracle = VerdictOracle(Chain(FakeRpc(eth_call="0x" + "00" * 32)), ESCROW)

    with pytest.raises(TransactionRefused, match="task 9 does not exist"):
        oracle.phase(TaskId(9))
