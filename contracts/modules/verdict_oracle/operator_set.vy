# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title operator_set
@license GNU Affero General Public License v3.0 only
@notice Who signs verdicts, and with how much stake behind the signature.
@dev The total is the sum over active operators, who are registered and not retired. One word for each
     operator, low bits first: stake 128 | retired_at 40. No function checks the caller, and none moves
     stake: the importer locks, unlocks and slashes it in Staking.
"""

from ...interfaces import IVerdictOracle

MAX_BPS: constant(uint256) = 10_000
STAKE_MASK: constant(uint256) = 2**128 - 1

_word: HashMap[address, uint256]
_total_stake: uint256


@external
@view
@reentrant
def operator_of(account: address) -> IVerdictOracle.Operator:
    """
    @notice An account's stake as an operator, and since when it is retired.
    @param account The account.
    @return The operator; all zero for somebody else.
    """
    word: uint256 = self._word[account]
    return IVerdictOracle.Operator(stake=word & STAKE_MASK, retired_at=word >> 128)


@external
@view
@reentrant
def total_operator_stake() -> uint256:
    """
    @notice The stake of all active operators, of which a share must sign.
    @return Wei of TES.
    """
    return self._total_stake


@internal
def _add(operator: address, amount: uint256, min_stake: uint256) -> uint256:
    """
    @dev Adds stake to a new or active operator and returns the old stake.
    """
    old_stake: uint256 = self._word[operator]
    assert old_stake <= STAKE_MASK, "operators: retired"
    new_stake: uint256 = old_stake + amount
    assert new_stake >= min_stake, "operators: too little stake"
    assert new_stake <= STAKE_MASK, "operators: too much stake"
    self._word[operator] = new_stake
    self._total_stake += amount
    return old_stake


@internal
def _retire(operator: address) -> uint256:
    """
    @dev Stops counting the operator and returns its stake, which stays locked.
    """
    stake: uint256 = self._active_stake(operator)
    self._word[operator] = stake | (block.timestamp << 128)
    self._total_stake -= stake
    return stake


@internal
def _remove(operator: address, wait_seconds: uint256) -> uint256:
    """
    @dev Forgets a retired operator after the wait and returns its stake.
    """
    word: uint256 = self._word[operator]
    assert word > STAKE_MASK, "operators: not retired"
    assert block.timestamp >= (word >> 128) + wait_seconds, "operators: too early to release"
    self._word[operator] = 0
    return word & STAKE_MASK


@internal
def _reduce(operator: address, bps: uint256) -> uint256:
    """
    @dev Takes a share of the stake of an operator, retired or not, and returns it.
         Rounded up, in favour of whoever was harmed.
    """
    stake: uint256 = self._word[operator] & STAKE_MASK
    assert stake != 0, "operators: unknown operator"
    return self._lower(operator, (stake * bps + 9_999) // 10_000)


@internal
def _lower(operator: address, most: uint256) -> uint256:
    """
    @dev Takes up to `most` from the stake of an account, nothing from a stranger, and returns it.
    """
    word: uint256 = self._word[operator]
    amount: uint256 = min(most, word & STAKE_MASK)
    self._word[operator] = word - amount
    if word <= STAKE_MASK:
        self._total_stake -= amount
    return amount


@internal
@view
def _active_stake(operator: address) -> uint256:
    """
    @dev The stake of an operator that counts.
    """
    word: uint256 = self._word[operator]
    assert word != 0, "operators: unknown operator"
    assert word <= STAKE_MASK, "operators: retired"
    return word


@internal
@view
def _is_active(account: address) -> bool:
    """
    @dev Whether an account is an operator that counts.
    """
    word: uint256 = self._word[account]
    return word != 0 and word <= STAKE_MASK


@internal
@view
def _check_quorum(signed: uint256, quorum_bps: uint256):
    """
    @dev Refuses signers that do not hold the share of active stake which the task asks for.
    """
    needed: uint256 = self._total_stake * quorum_bps
    assert signed != 0 and signed * MAX_BPS >= needed, "verdict: too little stake"
