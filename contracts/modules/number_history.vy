# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title number_history
@license GNU Affero General Public License v3.0 only
@notice Numbers that remember what they were at any past second, one for each key.
@dev One word for each change, low bits first: time 40 | count 40 | value 176. The newest word is the head,
     so that a change rewrites one word and adds one; changes within a second leave one word. A key is an
     address, or a number that is none. No function checks the caller; the importer does.
"""

NUMBER_MASK: constant(uint256) = 2**40 - 1
VALUE_LIMIT: constant(uint256) = 2**176

_heads: HashMap[uint256, uint256]
_older: HashMap[uint256, HashMap[uint256, uint256]]  # key → index, which is below count - 1


@internal
def _push(key: uint256, amount: uint256):
    """
    @dev Makes `amount` the present number of `key`.
    """
    assert amount < VALUE_LIMIT, "history: number too large"
    head: uint256 = self._heads[key]
    count: uint256 = self._count(head)
    if head & NUMBER_MASK != block.timestamp:
        if count != 0:
            self._older[key][count - 1] = head
        count += 1
    self._heads[key] = block.timestamp | (count << 40) | (amount << 80)


@internal
@view
def _latest(key: uint256) -> uint256:
    """
    @dev The present number of `key`, zero before its first change.
    """
    return self._heads[key] >> 80


@internal
@view
def _value_at(key: uint256, timepoint: uint256) -> uint256:
    """
    @dev The number of `key` at the end of the second `timepoint`, which the importer knows to be over.
    """
    head: uint256 = self._heads[key]
    if head & NUMBER_MASK <= timepoint:
        return head >> 80
    low: uint256 = 0
    high: uint256 = self._count(head) - 1
    for _: uint256 in range(40):
        if low == high:
            break
        middle: uint256 = (low + high) // 2
        if self._older[key][middle] & NUMBER_MASK > timepoint:
            high = middle
        else:
            low = middle + 1
    return 0 if low == 0 else self._older[key][low - 1] >> 80


@internal
@view
def _length(key: uint256) -> uint256:
    """
    @dev How many words `key` has.
    """
    return self._count(self._heads[key])


@internal
@view
def _entry(key: uint256, index: uint256) -> (uint256, uint256):
    """
    @dev Time and value of one change, the oldest first; zeros past the last one.
    """
    word: uint256 = self._heads[key]
    if index + 1 != self._count(word):
        word = self._older[key][index]
    return word & NUMBER_MASK, word >> 80


@internal
@pure
def _count(head: uint256) -> uint256:
    """
    @dev How many changes there were, of which the head is the last.
    """
    return (head >> 40) & NUMBER_MASK
