# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title fee_rounds
@license GNU Affero General Public License v3.0 only
@notice Divides fees over stakes, for any number of tokens and stakers, without a loop over them.
@dev A round divides what is new over the stakes at the end of the second before it, so stake that came in
     the same second gets nothing. It adds wei for each wei of stake, in units of 2**-112 wei, to the sum
     `acc` of its token. A claim walks the staker's own stake checkpoints: each stake earns what `acc` rose
     while it lasted. What a division leaves over goes into the next round, and what is less than a wei
     stays with the staker, so nothing is lost and nothing is paid twice: what all stakers have earned is
     never more than what was divided. Words, low bits first:
       round: time 40 | acc 216          cursor: checkpoints passed 40 | acc up to which it is paid 216
     No function checks the caller; the importer does.
"""

from ...interfaces import IStaking

SCALE_BITS: constant(uint256) = 112
FRACTION_MASK: constant(uint256) = 2**112 - 1
NUMBER_MASK: constant(uint256) = 2**40 - 1
MOST_NEW: constant(uint256) = 2**96 - 1  # for each round; the rest waits for the next one
# for each wei of stake too: then 2**40 rounds fit into `acc`, and nobody who is alone for a while can fill
# it for ever by sharing the same lent tokens with itself again and again
MOST_NEW_BITS: constant(uint256) = 64
MOST_STEPS: constant(uint256) = 1_024


struct Pool:
    owed: uint256  # wei divided and not yet paid
    remainder: uint256  # 2**-112 wei that the last division left over
    rounds: uint256


struct Walk:
    cursor: uint256
    earned: uint256  # 2**-112 wei


_pools: HashMap[address, Pool]
_rounds: HashMap[address, HashMap[uint256, uint256]]
# token → staker
_cursors: HashMap[address, HashMap[address, uint256]]
_fractions: HashMap[address, HashMap[address, uint256]]  # 2**-112 wei, below one wei


@internal
@pure
def _most_for(total_stake: uint256) -> uint256:
    """
    @dev The most that one round may divide over `total_stake`, which is below 2**90.
    """
    return min(MOST_NEW, total_stake << MOST_NEW_BITS)


@internal
def _divide(token: address, amount: uint256, total_stake: uint256):
    """
    @dev Divides `amount`, at most `_most_for(total_stake)`, over `total_stake`, which is not zero.
    """
    pool: Pool = self._pools[token]
    dividend: uint256 = (amount << SCALE_BITS) + pool.remainder
    last: uint256 = 0
    if pool.rounds != 0:
        last = self._rounds[token][pool.rounds - 1]
    acc: uint256 = (last >> 40) + dividend // total_stake
    self._rounds[token][pool.rounds] = (acc << 40) | block.timestamp
    self._pools[token] = Pool(
        owed=pool.owed + amount, remainder=dividend % total_stake, rounds=pool.rounds + 1
    )


@internal
def _take(token: address, account: address, staking: address, steps: uint256) -> uint256:
    """
    @dev Walks at most `steps` checkpoints and returns the wei to send, which are no longer owed.
    """
    walk: Walk = self._walk(token, account, staking, steps)
    amount: uint256 = walk.earned >> SCALE_BITS
    assert (
        amount != 0 or (walk.cursor ^ self._cursors[token][account]) & NUMBER_MASK != 0
    ), "fees: nothing to claim"
    self._cursors[token][account] = walk.cursor
    self._fractions[token][account] = walk.earned & FRACTION_MASK
    self._pools[token].owed -= amount
    return amount


@internal
@view
def _walk(token: address, account: address, staking: address, steps: uint256) -> Walk:
    """
    @dev Where `steps` checkpoints lead, and what was earned on the way. The stake before a checkpoint earns
         the rounds up to its second, that second included; so a checkpoint of this very second is not
         passed, because more rounds may come in it.
    """
    cursor: uint256 = self._cursors[token][account]
    earned: uint256 = self._fractions[token][account]
    newest: uint256 = self._acc_at(token, block.timestamp)
    paid: uint256 = cursor >> 40
    if newest == paid:
        return Walk(cursor=cursor, earned=earned)
    passed: uint256 = cursor & NUMBER_MASK
    count: uint256 = staticcall IStaking(staking).stake_checkpoint_count(account)
    stake: uint256 = 0
    changed_at: uint256 = 0
    if passed != 0:
        changed_at, stake = staticcall IStaking(staking).stake_checkpoint(account, passed - 1)
    for _: uint256 in range(steps, bound=MOST_STEPS):
        new_stake: uint256 = stake
        changed_at = block.timestamp
        if passed != count:
            changed_at, new_stake = staticcall IStaking(staking).stake_checkpoint(account, passed)
        if changed_at == block.timestamp:
            # the present: the stake of the last second earns all that is left
            earned += stake * (newest - paid)
            paid = newest
            break
        if new_stake != stake:
            acc: uint256 = self._acc_at(token, changed_at)
            earned += stake * (acc - paid)
            paid = acc
            stake = new_stake
        passed += 1
    return Walk(cursor=(paid << 40) | passed, earned=earned)


@internal
@view
def _acc_at(token: address, timepoint: uint256) -> uint256:
    """
    @dev The sum after the last round that is not later than `timepoint`.
    """
    low: uint256 = 0
    high: uint256 = self._pools[token].rounds
    if high != 0:
        last: uint256 = self._rounds[token][high - 1]
        if last & NUMBER_MASK <= timepoint:
            return last >> 40
    for _: uint256 in range(40):
        if low == high:
            break
        middle: uint256 = (low + high) // 2
        if self._rounds[token][middle] & NUMBER_MASK > timepoint:
            high = middle
        else:
            low = middle + 1
    return 0 if low == 0 else self._rounds[token][low - 1] >> 40
