"""The same random calls to our Timelock and to OpenZeppelin's TimelockController 5.7.

Results, revert data, logs, states, roles and balances are the same, to the byte, except for what we
chose:

1. Grace: an operation that was not executed by its timestamp + 14 days is unset again; theirs waits
   for ever. `BoundedTimelock` is theirs with `getTimestamp` overridden so.
2. The least delay, also in the constructor, is within 2 and 30 days ("timelock: delay too short",
   "timelock: delay too long"); theirs is unbounded.
3. At most 8 calls of at most 1,024 bytes each, and 4 proposers and executors at deployment: more
   reverts without data.
4. What a target throws is passed on up to 1,024 bytes; theirs passes on everything.
5. A delay past the end of time reverts without data; theirs with Panic(0x11).
6. `onERC721Received` and its two sisters take notes up to 16,384 bytes and 256 kinds of tokens.
7. Our ABI says `fallback` where theirs says `receive`, which does the same, and lacks
   RoleAdminChanged, which theirs never logs, and the errors, which Vyper cannot declare.
8. One more reader: `grace_seconds()`.
9. Call data that breaks the rules of the ABI (cut short, offsets past its end) reverts there; Vyper
   reads zeros past the end. The id is of what was read, so that nothing else can be executed.
"""

from functools import cache

import pytest
from eth_utils import keccak
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.differential.timelock_machine import BoundedTimelockMachine, TimelockMachine
from tests.contracts.differential.timelock_sides import Sides
from tests.contracts.timelock.operations import MIN_DELAY, Operation

pytestmark = pytest.mark.chain

STEPS = settings(
    max_examples=25,
    stateful_step_count=30,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@cache
def sides() -> Sides:
    """For tests that change nothing."""
    return Sides("ReferenceTimelock")


def test_timelock__under_random_calls__does_as_openzeppelins() -> None:
    run_state_machine_as_test(TimelockMachine, settings=STEPS)


def test_timelock__past_the_grace_and_the_bounds__does_as_openzeppelins_with_both() -> None:
    run_state_machine_as_test(BoundedTimelockMachine, settings=STEPS)


@pytest.mark.parametrize(
    "reader",
    ["PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE", "DEFAULT_ADMIN_ROLE", "getMinDelay"],
)
def test_timelock__each_constant__is_openzeppelins(reader: str) -> None:
    assert sides().play(f"{reader}()").succeeded


@given(interface=st.binary(min_size=4, max_size=4))
@settings(max_examples=50, deadline=None)
def test_timelock__any_interface__is_supported_where_openzeppelin_does(interface: bytes) -> None:
    for each in (interface, *map(bytes.fromhex, ("01ffc9a7", "7965db0b", "4e2312e0", "ffffffff"))):
        assert sides().play("supportsInterface(bytes4)", each).succeeded


addresses = st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex())
calls = st.tuples(addresses, st.integers(0, 2**256 - 1), st.binary(max_size=200))
words = st.binary(min_size=32, max_size=32)


@given(batch=st.lists(calls, max_size=8), predecessor=words, salt=words)
@settings(max_examples=100, deadline=None)
def test_timelock__any_operation__has_openzeppelins_id(batch, predecessor, salt) -> None:
    operation = Operation(tuple(batch), predecessor, salt, is_batch=len(batch) != 1)
    reader = operation.execute.replace("execute", "hashOperation")

    assert sides().play(reader, *operation.terms).values("bytes32") == operation.id


@pytest.mark.parametrize(
    ("function", "args"),
    [
        ("onERC721Received(address,address,uint256,bytes)", (1, b"note")),
        ("onERC1155Received(address,address,uint256,uint256,bytes)", (1, 2, b"")),
        ("onERC1155BatchReceived(address,address,uint256[],uint256[],bytes)", ([1], [2, 3], b"")),
    ],
)
def test_timelock__each_token__is_accepted_as_openzeppelin_does(function, args) -> None:
    stranger = sides().cast.stranger

    outcome = sides().play(function, stranger, stranger, *args, sender=stranger)

    assert outcome.returned[:4] == keccak(text=function)[:4]


def test_timelock__ether_with_a_call_that_takes_none__is_refused_by_both() -> None:
    operation = Operation(())
    terms = {"sender": sides().cast.governor, "value": 1}

    call = (operation.schedule, *operation.terms, MIN_DELAY)
    assert not sides().play(*call, **terms).succeeded
