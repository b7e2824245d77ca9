# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title vote_checkpoints
@license GNU Affero General Public License v3.0 only
@notice How much stake and how many votes each account had at the end of every second.
@dev One word for each change, low bits first:
       stake 90 | votes 90 | time 40 | number of earlier words 32 | IS_DELEGATED 1 | HAS_TERMS 1
     The newest word of an account is its head; the head that a later second replaces joins the history.
     TES never exceeds 2**90, and one word a second fills its count in 136 years. The two flags say which
     words of `vote_power` must be read, and count in heads alone. No function checks the caller.
"""

AMOUNT_MASK: constant(uint256) = 2**90 - 1
TIME_MASK: constant(uint256) = 2**40 - 1
COUNT_MASK: constant(uint256) = 2**32 - 1
VOTES_SHIFT: constant(uint256) = 90
TIME_SHIFT: constant(uint256) = 180
COUNT_SHIFT: constant(uint256) = 220
IS_DELEGATED: constant(uint256) = 1 << 252
HAS_TERMS: constant(uint256) = 1 << 253
FLAGS: constant(uint256) = IS_DELEGATED | HAS_TERMS
INDEX_SHIFT: constant(uint256) = 160
TOTAL: constant(uint256) = 1 << 255  # no account has this key


# key of an account, or TOTAL → head; with (index + 1) << 160 beside the key → history
_words: HashMap[uint256, uint256]


@internal
@view
def _head(account: address) -> uint256:
    """
    @dev The newest word of an account, zero for who never had stake or votes.
    """
    return self._words[convert(account, uint256)]


@internal
@view
def _total_stake() -> uint256:
    """
    @dev The stake of all accounts together.
    """
    return self._words[TOTAL] & AMOUNT_MASK


@internal
@pure
def _stake(word: uint256) -> uint256:
    """
    @dev The stake in a word.
    """
    return word & AMOUNT_MASK


@internal
@pure
def _votes(word: uint256) -> uint256:
    """
    @dev The votes in a word.
    """
    return (word >> VOTES_SHIFT) & AMOUNT_MASK


@internal
@pure
def _time(word: uint256) -> uint256:
    """
    @dev Since when a word counts; zero for a head that only carries flags.
    """
    return (word >> TIME_SHIFT) & TIME_MASK


@internal
def _write(key: uint256, head: uint256, stake: uint256, votes: uint256):
    """
    @dev Replaces `head`, and keeps it in the history if it is of an earlier second.
    """
    count: uint256 = (head >> COUNT_SHIFT) & COUNT_MASK
    at: uint256 = (head >> TIME_SHIFT) & TIME_MASK
    if at != block.timestamp and at != 0:
        count = unsafe_add(count, 1)
        self._words[key | (count << INDEX_SHIFT)] = head
    self._words[key] = (
        stake
        | (votes << VOTES_SHIFT)
        | (block.timestamp << TIME_SHIFT)
        | (count << COUNT_SHIFT)
        | (head & FLAGS)
    )


@internal
def _add_total(old_stake: uint256, new_stake: uint256, old_votes: uint256, new_votes: uint256):
    """
    @dev Books a change in the sums. Every stake and every number of votes is part of them, so this one
         bound keeps all of them inside their bits.
    """
    total: uint256 = self._words[TOTAL]
    stake: uint256 = (total & AMOUNT_MASK) + new_stake - old_stake
    assert stake <= AMOUNT_MASK, "votes: too much stake"
    self._write(TOTAL, total, stake, self._votes(total) + new_votes - old_votes)


@internal
@pure
def _with_flag(head: uint256, flag: uint256, is_set: bool) -> uint256:
    """
    @dev A head with a flag set or cleared; whoever asks for it writes it.
    """
    return head | flag if is_set else head & ~flag


@internal
def _put_flags(account: address, head: uint256):
    """
    @dev Writes a head that differs in its flags alone: neither stake nor votes change, so no word is
         added.
    """
    self._words[convert(account, uint256)] = head


@internal
@view
def _length(key: uint256) -> uint256:
    """
    @dev How many words there are, the head included.
    """
    head: uint256 = self._words[key]
    return 0 if self._time(head) == 0 else ((head >> COUNT_SHIFT) & COUNT_MASK) + 1


@internal
@view
def _word_at(key: uint256, index: uint256) -> uint256:
    """
    @dev The word `index`, in the order of time.
    """
    length: uint256 = self._length(key)
    assert index < length, "votes: no such checkpoint"
    if index + 1 == length:
        return self._words[key]
    return self._words[key | ((index + 1) << INDEX_SHIFT)]


@internal
@view
def _lookup(key: uint256, timepoint: uint256) -> uint256:
    """
    @dev The word that counted at the end of the second `timepoint`, zero if there was none. Recent times
         are near: steps back double until one passes the time, and a bisection ends the search.
    """
    head: uint256 = self._words[key]
    if self._time(head) <= timepoint:
        return head
    low: uint256 = 0  # words up to this one, counted from 1, are not later
    high: uint256 = (head >> COUNT_SHIFT) & COUNT_MASK  # words after this one are later
    found: uint256 = 0
    step: uint256 = 1
    for _: uint256 in range(66):
        if low == high:
            break
        middle: uint256 = max((low + high + 1) // 2, high + 1 - min(step, high))
        word: uint256 = self._words[key | (middle << INDEX_SHIFT)]
        if self._time(word) <= timepoint:
            found = word
            low = middle
            step = COUNT_MASK  # bisect from here on
        else:
            high = middle - 1
            step *= 2
    return found
