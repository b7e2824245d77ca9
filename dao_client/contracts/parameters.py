"""Every protocol number, its hard bounds, and which value a task keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from dao_client.chain import BlockTag, Chain
from dao_client.contracts.contract import Call, Contract
from dao_client.contracts.events import Event
from dao_client.types import Address, Digest, TaskId, Timestamp, Wei

ONE_TES = 10**18


class ParameterId(IntEnum):
    """The numbers by which contracts know the parameters (contracts/modules/parameter_ids.vy)."""

    PROTOCOL_FEE_BPS = 0
    CHALLENGE_SECONDS = 1
    RULING_SECONDS = 2
    GRACE_SECONDS = 3
    OPERATOR_SLASH_BPS = 4
    OPERATOR_QUORUM_BPS = 5
    CHALLENGE_BOND_PRICES = 6
    SEAT_SIZE_PRICES = 7
    SEAT_SIZE_TES = 8
    WEIGHT_CAP = 9
    MIN_OPERATOR_STAKE_TES = 10
    UNBONDING_SECONDS = 11
    JURY_SLASH_BPS = 12
    JURY_SILENT_SLASH_BPS = 13
    AUDIT_RATE_BPS = 14
    OVERLAP_FIRST = 15
    OVERLAP_STEP = 16
    OVERLAP_MOST = 17
    SLASH_PER_ANSWER_BPS = 18
    PRICE_FLOOR_PER_HOUR = 19
    REVEAL_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as tasks that are created now get it; `changed_at` is zero at first."""

    value: int
    least: int
    most: int
    is_protected: bool
    changed_at: Timestamp


@dataclass(frozen=True, slots=True)
class ParameterSet(Event):
    """A parameter was changed for the tasks from `first_task` on."""

    id: int
    old_value: int
    new_value: int
    first_task: TaskId


@dataclass(frozen=True, slots=True)
class MethodAllowed(Event):
    """An aggregation method came onto the list."""

    method_hash: Digest
    first_task: TaskId


@dataclass(frozen=True, slots=True)
class MethodForbidden(Event):
    """An aggregation method was taken off the list."""

    method_hash: Digest
    first_task: TaskId


class Parameters:
    """The protocol's numbers and its list of methods; only the Timelock changes them."""

    def __init__(self, chain: Chain, address: Address) -> None:
        self.contract = Contract(chain, "Parameters", address)
        self.address = address

    def value_of(self, name: ParameterId, block: BlockTag = "latest") -> int:
        """Return what a task created now would get."""
        return int(self.contract.read("value_of", name, block=block))

    def values_of(
        self, names: Iterable[ParameterId], block: BlockTag = "latest"
    ) -> Mapping[ParameterId, int]:
        """Return what a task created now would get, in few requests."""
        wanted = list(names)
        found = self.contract.read_many("value_of", [(each,) for each in wanted], block)
        return dict(zip(wanted, found, strict=True))

    def value_for_task(self, name: ParameterId, task_id: TaskId, block: BlockTag = "latest") -> int:
        """Return what a task keeps from its creation on."""
        return int(self.contract.read("value_for_task", name, task_id, block=block))

    def parameter(self, name: ParameterId, block: BlockTag = "latest") -> Parameter:
        """Return everything about one parameter."""
        return Parameter(*self.contract.read("parameter", name, block=block))

    def parameters(self, block: BlockTag = "latest") -> Mapping[ParameterId, Parameter]:
        """Return everything about every parameter, in few requests."""
        rows = self.contract.read_many("parameter", [(each,) for each in ParameterId], block)
        return {name: Parameter(*row) for name, row in zip(ParameterId, rows, strict=True)}

    def min_operator_stake(self, block: BlockTag = "latest") -> Wei:
        """Return what an operator locks at least."""
        return Wei(self.value_of(ParameterId.MIN_OPERATOR_STAKE_TES, block) * ONE_TES)

    def is_method_allowed(
        self, method_hash: Digest, task_id: TaskId, block: BlockTag = "latest"
    ) -> bool:
        """Return whether verdicts of a task may use a method."""
        return bool(self.contract.read("is_method_allowed", method_hash, task_id, block=block))

    def changes(
        self, name: ParameterId, first: int = 0, last: int | None = None
    ) -> list[ParameterSet]:
        """Return every change of one parameter, in order."""
        return list(self.contract.events(ParameterSet, first=first, last=last, id=name))

    def set_parameter(self, name: ParameterId, value: int) -> Call:
        """Change a parameter for tasks created from then on, as the Timelock."""
        return self.contract.write("set_parameter", name, value)

    def allow_method(self, method_hash: Digest) -> Call:
        """Let verdicts use a method, as the Timelock."""
        return self.contract.write("allow_method", method_hash)

    def forbid_method(self, method_hash: Digest) -> Call:
        """Take a method off the list, as the Timelock."""
        return self.contract.write("forbid_method", method_hash)
