"""The same random calls to our Governor and to OpenZeppelin's Governor 5.7 with seven extensions.

Results, revert data, logs, states, votes and settings are the same, to the byte, except for what we
chose:

1. At most 8 calls of 1,024 bytes, descriptions and reasons of 4,096 bytes, params and signatures
   of 1,024 bytes: more reverts without data.
2. Grace: queued and not executed by eta + 14 days is Expired. `BoundedGovernor` is theirs with
   this and with 3; `PlainMachine` compares with theirs as it stands, within bounds and grace.
3. Settings have hard bounds, refused as "governor: ..."; the threshold is set in basis points of
   all votes, and no quorum is below 2 % of all TES (both also in `ReferenceGovernor`).
4. Classes: number proposals are theirs without exception. Protected ones also need a majority of
   the workers' house and log WorkerVoteCast after VoteCast, spending ones wait 7 days, critical
   ones need both and twice as many for as against. `CriticalMachine` makes both rules the same:
   two houses with equal votes, a delay of 7 days on both sides, nobody against.
5. The guardian's term ends; its proposers then cancel while pending only.
6. Calls to the Governor itself must end with their arguments.
7. `execute` cannot be entered again, nor `queue` and `cancel` while it runs.
8. `updateTimelock` refuses zero and itself; `relay` passes on 1,024 bytes of what was thrown.
9. Our ABI says `fallback` where theirs says `receive`, lacks EIP712DomainChanged, which theirs
   never logs, and the errors, which Vyper cannot declare. It has more readers: `proposal_class`,
   `worker_votes`, `worker_house`, `guardian_expires_at`, `guardian_seconds`.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.differential.governor_machine import (
    CriticalMachine,
    NumberMachine,
    PlainMachine,
)
from tests.contracts.differential.governor_sides import Rules, sides_of

pytestmark = pytest.mark.chain

STEPS = settings(
    max_examples=15,
    stateful_step_count=20,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_governor__under_random_votes_on_numbers__does_as_openzeppelins() -> None:
    run_state_machine_as_test(NumberMachine, settings=STEPS)


def test_governor__under_random_votes_on_anything__does_as_openzeppelins() -> None:
    run_state_machine_as_test(CriticalMachine, settings=STEPS)


def test_governor__within_bounds_and_grace__does_as_openzeppelins_as_it_stands() -> None:
    run_state_machine_as_test(PlainMachine, settings=STEPS)


@pytest.mark.parametrize(
    "reader",
    [
        "name",
        "version",
        "COUNTING_MODE",
        "CLOCK_MODE",
        "clock",
        "token",
        "timelock",
        "quorumDenominator",
        "BALLOT_TYPEHASH",
        "EXTENDED_BALLOT_TYPEHASH",
        "eip712Domain",
    ],
)
def test_governor__each_constant__is_openzeppelins(reader: str) -> None:
    assert sides_of(Rules()).play(f"{reader}()").succeeded


@given(interface=st.binary(min_size=4, max_size=4))
@settings(max_examples=50, deadline=None)
def test_governor__any_interface__is_supported_where_openzeppelin_does(interface: bytes) -> None:
    known = ("01ffc9a7", "cdbdfcee", "65455a86", "4e2312e0", "150b7a02", "ffffffff")
    for each in (interface, *map(bytes.fromhex, known)):
        assert sides_of(Rules()).play("supportsInterface(bytes4)", each).succeeded


addresses = st.binary(min_size=20, max_size=20).map(lambda raw: "0x" + raw.hex())
calls = st.tuples(addresses, st.integers(0, 2**256 - 1), st.binary(max_size=200))


@given(batch=st.lists(calls, max_size=8), description=st.binary(min_size=32, max_size=32))
@settings(max_examples=50, deadline=None)
def test_governor__any_proposal__has_openzeppelins_id(batch, description) -> None:
    columns = ([call[column] for call in batch] for column in range(3))
    reader = "hashProposal(address[],uint256[],bytes[],bytes32)"

    assert sides_of(Rules()).play(reader, *columns, description).succeeded
