"""What the Timelock says of itself, its operations and its ABI."""

import boa
import pytest
from vyper.compiler.output import build_abi_output

from tests.contracts.deploying import deployer_of
from tests.contracts.differential.playing import play
from tests.contracts.timelock.operations import (
    ADMIN_ROLE,
    CANCELLER_ROLE,
    DONE,
    EXECUTOR_ROLE,
    GRACE_SECONDS,
    MIN_DELAY,
    PROPOSER_ROLE,
    READY,
    UNSET,
    WAITING,
)
from tests.referees.compiling import referees

pytestmark = pytest.mark.chain

SUPPORTED = {"ERC-165": "01ffc9a7", "AccessControl": "7965db0b", "ERC-1155": "4e2312e0"}
UNSUPPORTED = {"nothing": "ffffffff", "zero": "00000000", "ERC-721 receiver": "150b7a02"}


def test_hash_operation__of_each_form__is_openzeppelins_id(timelock, operation):
    name = "hashOperationBatch" if operation.is_batch else "hashOperation"

    assert getattr(timelock, name)(*operation.terms) == operation.id


def facts_of(timelock, operation) -> tuple[int, bool, bool, bool, bool]:
    return (
        timelock.getOperationState(operation.id),
        timelock.isOperation(operation.id),
        timelock.isOperationPending(operation.id),
        timelock.isOperationReady(operation.id),
        timelock.isOperationDone(operation.id),
    )


def test_operation_state__through_its_life__follows_the_clock(timelock, scheduled, executor):
    start = boa.env.timestamp
    due = start + MIN_DELAY
    waiting = (WAITING, True, True, False, False)
    ready = (READY, True, True, True, False)
    unset = (UNSET, False, False, False, False)
    life = [(start, waiting), (due - 1, waiting), (due, ready)]
    life += [(due + GRACE_SECONDS, ready), (due + GRACE_SECONDS + 1, unset)]

    seen = []
    for moment, _ in life:
        boa.env.time_travel(seconds=moment - boa.env.timestamp)
        seen.append((moment, facts_of(timelock, scheduled)))

    assert seen == life
    assert timelock.getTimestamp(scheduled.id) == 0


def test_operation_state__done__is_done_for_ever(timelock, ready, executor):
    play(timelock, ready.execute, *ready.terms, sender=executor)
    boa.env.time_travel(seconds=100 * GRACE_SECONDS)

    assert facts_of(timelock, ready) == (DONE, True, False, False, True)


def test_operation_state__unknown__is_unset(timelock, operation):
    assert facts_of(timelock, operation) == (UNSET, False, False, False, False)
    assert timelock.getTimestamp(operation.id) == 0


def test_constants__of_the_timelock__are_openzeppelins(timelock):
    roles = (timelock.DEFAULT_ADMIN_ROLE(), timelock.PROPOSER_ROLE())
    roles += (timelock.EXECUTOR_ROLE(), timelock.CANCELLER_ROLE())

    assert roles == (ADMIN_ROLE, PROPOSER_ROLE, EXECUTOR_ROLE, CANCELLER_ROLE)
    assert timelock.grace_seconds() == GRACE_SECONDS
    assert timelock.getMinDelay() == MIN_DELAY


@pytest.mark.parametrize("interface", SUPPORTED.values(), ids=SUPPORTED)
def test_supports_interface__supported__is_true(timelock, interface):
    assert timelock.supportsInterface(bytes.fromhex(interface)) is True


@pytest.mark.parametrize("interface", UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_supports_interface__unsupported__is_false(timelock, interface):
    assert timelock.supportsInterface(bytes.fromhex(interface)) is False


def shapes(abi: list[dict]) -> set[tuple]:
    """What a caller or a reader of logs sees of an ABI, without the names of parameters."""
    return {
        (
            entry["type"],
            entry["name"],
            entry.get("stateMutability"),
            tuple((each["type"], each.get("indexed")) for each in entry["inputs"]),
            tuple(each["type"] for each in entry.get("outputs", [])),
        )
        for entry in abi
        if entry["type"] in ("function", "event")
    }


def test_abi__beside_openzeppelins__adds_the_grace_alone():
    ours = shapes(build_abi_output(deployer_of("Timelock").compiler_data))
    theirs = shapes(referees()["ReferenceTimelock"].abi)

    assert {name for _, name, *_ in ours - theirs} == {"grace_seconds"}
    # nobody can change the admin of a role, there or here, so it never comes
    assert {name for _, name, *_ in theirs - ours} == {"RoleAdminChanged"}


@pytest.mark.parametrize("version", ["cancun", "shanghai"])
def test_code__for_each_target__fits_in_a_contract(version):
    path = deployer_of("Timelock").compiler_data.contract_path
    deployer = boa.load_partial(str(path), compiler_args={"evm_version": version})

    assert len(deployer.compiler_data.bytecode_runtime) <= 24_576
