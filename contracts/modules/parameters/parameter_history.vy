# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title parameter_history
@license GNU Affero General Public License v3.0 only
@notice What was in force for each task: the versions of a word, each from its first task on.
@dev A version is 224 bits and, above them, the first task that gets it. The first version of a key
     starts at task 0, later ones at ever higher tasks, so the past is sorted and never rewritten. Reading
     the newest version costs one slot. No function checks the caller; the importer does.
"""

VALUE_BITS: constant(uint256) = 224
VALUE_MASK: constant(uint256) = 2**VALUE_BITS - 1
TASK_LIMIT: constant(uint256) = 2**32

_head: HashMap[bytes32, uint256]
_past: HashMap[bytes32, HashMap[uint256, uint256]]
_past_count: HashMap[bytes32, uint256]


@internal
def _record(key: bytes32, bits: uint256, first_task: uint256):
    """
    @dev Puts `bits`, which fit 224 bits, in force from `first_task` on, which never falls. A second
         change before any further task replaces the first, which no task has seen.
    """
    assert first_task < TASK_LIMIT, "parameters: too many tasks"
    head: uint256 = self._head[key]
    if head >> VALUE_BITS != first_task:
        count: uint256 = self._past_count[key]
        self._past[key][count] = head
        self._past_count[key] = count + 1
    self._head[key] = (first_task << VALUE_BITS) | bits


@internal
@view
def _newest(key: bytes32) -> uint256:
    """
    @dev What a task created now gets.
    """
    return self._head[key] & VALUE_MASK


@internal
@view
def _for_task(key: bytes32, task_id: uint256) -> uint256:
    """
    @dev What a task got at its creation.
    """
    head: uint256 = self._head[key]
    if head >> VALUE_BITS <= task_id:
        return head & VALUE_MASK
    return self._search(key, task_id)


@internal
@view
def _search(key: bytes32, task_id: uint256) -> uint256:
    """
    @dev The last past version that starts at or before a task which the newest does not cover.
    """
    low: uint256 = 0  # starts at task 0, so it always covers
    high: uint256 = self._past_count[key]
    for _: uint256 in range(32):  # each change needs a new task, and tasks are fewer than 2**32
        if high - low <= 1:
            break
        middle: uint256 = (low + high) // 2
        if self._past[key][middle] >> VALUE_BITS <= task_id:
            low = middle
        else:
            high = middle
    return self._past[key][low] & VALUE_MASK
