# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Parameters
@license GNU Affero General Public License v3.0 only
@notice Every number of the protocol that a vote may change, and the list of aggregation methods.
@dev Holds no money. A value never leaves its hard bounds, moves by at most a quarter in 14 days, and a
     change is for tasks created after it: a version starts at the task after the last one created, so a
     task keeps what was in force when it was created and creation costs nothing more.
@custom:kill Cannot be stopped. Without the Timelock every value stays as it is.
"""

from .interfaces import IParameters
from .interfaces import ITaskEscrow
from .modules.parameters import parameter_bounds
from .modules.parameters import parameter_history
from .modules import parameter_ids
from .modules.parameters import parameter_names

implements: IParameters

initializes: parameter_history

WORDS: constant(uint256) = 3
IDS_PER_WORD: constant(uint256) = 7
BITS: constant(uint256) = 32
MASK: constant(uint256) = 2**BITS - 1

timelock: public(immutable(address))
task_escrow: public(immutable(address))

_changed_at: HashMap[uint256, uint256]


@deploy
def __init__(
    timelock_: address,
    task_escrow_: address,
    values: uint256[parameter_ids.COUNT],
    methods: DynArray[bytes32, 16],
):
    """
    @notice Sets the first values and methods, which are in force for every task until a vote changes them.
    @param timelock_ The only account that may change anything: the Timelock.
    @param task_escrow_ Counts the tasks.
    @param values One for each parameter, in the order of their ids.
    @param methods Hashes of the aggregation methods that verdicts may use.
    """
    assert timelock_ != empty(address), "parameters: zero timelock"
    assert task_escrow_ != empty(address), "parameters: zero escrow"
    timelock = timelock_
    task_escrow = task_escrow_
    for word: uint256 in range(WORDS):
        packed: uint256 = 0
        for place: uint256 in range(IDS_PER_WORD):
            id: uint256 = word * IDS_PER_WORD + place
            parameter_bounds._check_bounds(id, values[id])
            packed |= values[id] << (BITS * place)
        parameter_history._record(convert(word, bytes32), packed, 0)
    self._check_unbonding()
    for method_hash: bytes32 in methods:
        self._set_method(method_hash, True, 0)


@external
def set_parameter(id: uint256, new_value: uint256):
    """
    @notice Changes one parameter for tasks created from now on. Only the Timelock.
    @dev Before: the value is in its hard bounds, at most a quarter away and the last change 14 days old.
         After: tasks created from now on get it; no existing task does. Refuses a captured vote that would
         move a number far at once, or change what a running task was promised.
    @param id Which parameter.
    @param new_value The new value.
    """
    self._check_timelock()
    old_value: uint256 = self._value_in(self._newest_word(id), id)
    last_change: uint256 = self._changed_at[id]
    if last_change != 0:
        waited: uint256 = block.timestamp - last_change
        assert waited >= parameter_bounds.CHANGE_SECONDS, "parameters: changed too recently"
    parameter_bounds._check_bounds(id, new_value)
    parameter_bounds._check_step(old_value, new_value)
    first_task: uint256 = self._next_task()
    self._changed_at[id] = block.timestamp
    self._write(id, new_value, first_task)
    self._check_unbonding()
    log IParameters.ParameterSet(
        id=id, old_value=old_value, new_value=new_value, first_task=first_task
    )


@external
def allow_method(method_hash: bytes32):
    """
    @notice Lets verdicts of tasks created from now on use an aggregation method. Only the Timelock.
    @param method_hash Hash of its name, version and parameters.
    """
    self._check_timelock()
    self._set_method(method_hash, True, self._next_task())


@external
def forbid_method(method_hash: bytes32):
    """
    @notice Takes a method off the list, for tasks created from now on. Only the Timelock.
    @param method_hash Hash of its name, version and parameters.
    """
    self._check_timelock()
    self._set_method(method_hash, False, self._next_task())


@external
@view
@reentrant
def value_of(id: uint256) -> uint256:
    """
    @notice What a task created now would get.
    @param id Which parameter.
    @return The value.
    """
    return self._value_in(self._newest_word(id), id)


@external
@view
@reentrant
def value_for_task(id: uint256, task_id: uint256) -> uint256:
    """
    @notice What a task keeps.
    @param id Which parameter.
    @param task_id The task.
    @return The value at its creation.
    """
    return self._value_in(parameter_history._for_task(self._key_of(id), task_id), id)


@external
@view
@reentrant
def rules(word: uint256) -> uint256:
    """
    @notice Seven parameters at once, as a task created now would get them.
    @param word Which seven: id // 7.
    @return Seven numbers of 32 bits, the lowest id in the lowest bits.
    """
    assert word < WORDS, "parameters: unknown word"
    return parameter_history._newest(convert(word, bytes32))


@external
@view
@reentrant
def rules_for_task(word: uint256, task_id: uint256) -> uint256:
    """
    @notice Seven parameters at once, as a task keeps them.
    @param word Which seven: id // 7.
    @param task_id The task.
    @return Seven numbers of 32 bits, the lowest id in the lowest bits.
    """
    assert word < WORDS, "parameters: unknown word"
    return parameter_history._for_task(convert(word, bytes32), task_id)


@external
@view
@reentrant
def verdict_rules(task_id: uint256, method_hash: bytes32) -> uint256:
    """
    @notice What a verdict of a task must respect. Reverts for a method that the task may not use.
    @param task_id The task.
    @param method_hash The method of the verdict.
    @return The first word of the task's parameters.
    """
    is_allowed: uint256 = parameter_history._for_task(keccak256(method_hash), task_id)
    assert is_allowed != 0, "parameters: method not allowed"
    return parameter_history._for_task(empty(bytes32), task_id)


@external
@view
@reentrant
def is_method_allowed(method_hash: bytes32, task_id: uint256) -> bool:
    """
    @notice Whether verdicts of a task may use a method.
    @param method_hash The method.
    @param task_id The task.
    @return True if it was on the list when the task was created.
    """
    return parameter_history._for_task(keccak256(method_hash), task_id) != 0


@external
@view
@reentrant
def parameter(id: uint256) -> IParameters.Parameter:
    """
    @notice Everything about one parameter.
    @param id Which parameter.
    @return Value, bounds, protection and last change.
    """
    return IParameters.Parameter(
        value=self._value_in(self._newest_word(id), id),
        least=parameter_bounds.LEAST[id],
        most=parameter_bounds.MOST[id],
        is_protected=parameter_ids.PROTECTED & (1 << id) != 0,
        changed_at=self._changed_at[id],
    )


@external
@view
@reentrant
def name_of(id: uint256) -> String[32]:
    """
    @notice The name of a parameter.
    @param id Which parameter.
    @return As in the documentation.
    """
    assert id < parameter_ids.COUNT, "parameters: unknown parameter"
    return parameter_names._name(id)


@external
@view
@reentrant
def parameter_count() -> uint256:
    """
    @notice How many parameters there are; ids start at 0.
    @return The number.
    """
    return parameter_ids.COUNT


@internal
@view
def _check_timelock():
    """
    @dev Refuses everybody but the Timelock.
    """
    assert msg.sender == timelock, "parameters: not the timelock"


@internal
@view
def _next_task() -> uint256:
    """
    @dev The first task that a change can reach: every task with a lower id exists already.
    """
    return staticcall ITaskEscrow(task_escrow).task_count() + 1


@internal
@view
def _check_unbonding():
    """
    @dev Refuses newest values under which a stake could leave before a verdict can be challenged.
    """
    challenge_seconds: uint256 = self._value_in(
        self._newest_word(parameter_ids.CHALLENGE_SECONDS), parameter_ids.CHALLENGE_SECONDS
    )
    unbonding_seconds: uint256 = self._value_in(
        self._newest_word(parameter_ids.UNBONDING_SECONDS), parameter_ids.UNBONDING_SECONDS
    )
    assert unbonding_seconds >= challenge_seconds, "parameters: unbonding too short"


@internal
def _write(id: uint256, new_value: uint256, first_task: uint256):
    """
    @dev Starts a version of the parameter's word that differs in this one place. Unguarded: the caller
         and the value were checked.
    """
    key: bytes32 = self._key_of(id)
    low_bit: uint256 = BITS * (id % IDS_PER_WORD)
    others: uint256 = parameter_history._newest(key) & ~(MASK << low_bit)
    parameter_history._record(key, others | (new_value << low_bit), first_task)


@internal
def _set_method(method_hash: bytes32, is_allowed: bool, first_task: uint256):
    """
    @dev Puts a method on the list or takes it off. The key is hashed once more, so that no method can
         take the place of a word of parameters. Unguarded: the caller was checked.
    """
    assert method_hash != empty(bytes32), "parameters: zero method"
    key: bytes32 = keccak256(method_hash)
    was_allowed: bool = parameter_history._newest(key) != 0
    if is_allowed:
        assert not was_allowed, "parameters: method is allowed"
        log IParameters.MethodAllowed(method_hash=method_hash, first_task=first_task)
    else:
        assert was_allowed, "parameters: method not allowed"
        log IParameters.MethodForbidden(method_hash=method_hash, first_task=first_task)
    parameter_history._record(key, convert(is_allowed, uint256), first_task)


@internal
@pure
def _key_of(id: uint256) -> bytes32:
    """
    @dev The key of the word that holds a parameter which exists.
    """
    assert id < parameter_ids.COUNT, "parameters: unknown parameter"
    return convert(id // IDS_PER_WORD, bytes32)


@internal
@view
def _newest_word(id: uint256) -> uint256:
    """
    @dev The newest version of the word that holds a parameter.
    """
    return parameter_history._newest(self._key_of(id))


@internal
@pure
def _value_in(word: uint256, id: uint256) -> uint256:
    """
    @dev The value of a parameter in its word.
    """
    return (word >> (BITS * (id % IDS_PER_WORD))) & MASK
