# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Staking
@license GNU Affero General Public License v3.0 only
@notice The only holder of stakes: one ledger for each token, shared by nothing.
@dev Money invariant, for every token and after every call: `staked == held + withdrawn + slashed`,
     where `held` is the sum of all stakes and unbonding amounts. The contract owns at least `held`
     plus the uncollected credits, and `lock_of <= stake_of` for every account. Fee-on-transfer and
     rebasing tokens are refused by measuring what arrives; what a token does to itself later
     touches only its own ledger. Every change of a stake goes through `_set_stake`, where vote
     checkpoints will hook in.
@custom:kill Cannot be stopped. The controller may slash and lock, never take; everybody leaves by
     `unstake` and `withdraw` as soon as the controller unlocks.
"""

from .interfaces import IStaking
from .interfaces import IWorkToken
from .modules import token_transfers

implements: IStaking


MAX_UNBONDING_SECONDS: constant(uint256) = 365 * 86_400


work_token: public(immutable(address))
controller: public(immutable(address))
treasury: public(immutable(address))
unbonding_seconds: public(immutable(uint256))


# token => account => ...
_stakes: HashMap[address, HashMap[address, uint256]]
_locks: HashMap[address, HashMap[address, uint256]]
_unbondings: HashMap[address, HashMap[address, IStaking.Unbonding]]
_credits: HashMap[address, HashMap[address, uint256]]
# token => ...
_totals: HashMap[address, IStaking.Totals]


@deploy
def __init__(
    work_token_: address, controller_: address, treasury_: address, unbonding_seconds_: uint256
):
    """
    @notice Fixes the roles for ever.
    @param work_token_ TES: half of what is slashed of it is burned.
    @param controller_ The only account that may lock, unlock and slash: VerdictOracle.
    @param treasury_ Who is credited that half in any other token.
    @param unbonding_seconds_ How long unstaked tokens stay slashable, in seconds.
    """
    assert work_token_ != empty(address), "staking: work token is zero"
    assert controller_ != empty(address), "staking: controller is zero"
    assert treasury_ != empty(address), "staking: treasury is zero"
    assert unbonding_seconds_ != 0, "staking: unbonding is zero"
    assert unbonding_seconds_ <= MAX_UNBONDING_SECONDS, "staking: unbonding too long"
    work_token = work_token_
    controller = controller_
    treasury = treasury_
    unbonding_seconds = unbonding_seconds_


@external
def deposit(token: address, amount: uint256):
    """
    @notice Stakes `amount` of `token` of the caller. Anybody, for themselves.
    @dev Before: the caller approved `amount`. After: stake, `staked` and the balance of this
         contract are larger by exactly `amount`. Refuses tokens that deliver another amount, which
         would let later withdrawals take what others staked.
    @param token Any ERC-20 token, also one that returns nothing.
    @param amount How much, in wei of `token`.
    """
    assert amount != 0, "staking: amount is zero"
    new_stake: uint256 = self._stakes[token][msg.sender] + amount
    self._set_stake(token, msg.sender, new_stake)
    self._totals[token].staked += amount
    token_transfers._pull(token, msg.sender, amount)
    log IStaking.StakeDeposited(
        token=token, account=msg.sender, amount=amount, new_stake=new_stake
    )


@external
def unstake(token: address, amount: uint256):
    """
    @notice Starts the way out for `amount` of the caller's free stake, and restarts the clock of
         what is on the way already. Anybody, for themselves.
    @dev Before: `amount <= stake - lock`. After: it moved from the stake to the unbonding amount;
         nothing left the contract and it is still slashable. Refuses to let locked stake escape a
         slash.
    @param token The token of the stake.
    @param amount How much, in wei of `token`.
    """
    assert amount != 0, "staking: amount is zero"
    assert amount <= self._free_of(token, msg.sender), "staking: amount exceeds free"
    new_stake: uint256 = self._stakes[token][msg.sender] - amount
    ends_at: uint256 = block.timestamp + unbonding_seconds
    self._set_stake(token, msg.sender, new_stake)
    self._unbondings[token][msg.sender].amount += amount
    self._unbondings[token][msg.sender].ends_at = ends_at
    log IStaking.StakeUnstaked(
        token=token, account=msg.sender, amount=amount, new_stake=new_stake, ends_at=ends_at
    )


@external
def withdraw(token: address):
    """
    @notice Sends the caller what has finished unbonding. Anybody, for themselves.
    @dev Before: the unbonding time is over. After: the unbonding amount is zero, `withdrawn` larger
         by it and the tokens are with the caller. Refuses to pay early, while a slash may still
         come, or twice.
    @param token The token of the stake.
    """
    unbonding: IStaking.Unbonding = self._unbondings[token][msg.sender]
    assert unbonding.amount != 0, "staking: nothing to withdraw"
    assert block.timestamp >= unbonding.ends_at, "staking: still unbonding"
    self._unbondings[token][msg.sender] = empty(IStaking.Unbonding)
    self._totals[token].withdrawn += unbonding.amount
    token_transfers._push(token, msg.sender, unbonding.amount)
    log IStaking.StakeWithdrawn(token=token, account=msg.sender, amount=unbonding.amount)


@external
def collect(token: address):
    """
    @notice Sends the caller their share of slashed stakes. Anybody, for themselves.
    @dev Before: the caller has a credit. After: the credit is zero and the tokens are with the
         caller; no stake changed. Refuses to pay a credit twice.
    @param token The token that was slashed.
    """
    amount: uint256 = self._credits[token][msg.sender]
    assert amount != 0, "staking: nothing to collect"
    self._credits[token][msg.sender] = 0
    token_transfers._push(token, msg.sender, amount)
    log IStaking.CreditCollected(token=token, account=msg.sender, amount=amount)


@external
def lock(token: address, account: address, amount: uint256):
    """
    @notice Keeps `amount` of the free stake of `account` from being unstaked. Only the controller.
    @dev Before: `amount <= stake - lock`. After: the lock is larger by `amount`; no money moved.
         Refuses to lock the same stake twice.
    @param token The token of the stake.
    @param account Whose stake.
    @param amount How much, in wei of `token`.
    """
    self._check_controller()
    assert amount <= self._free_of(token, account), "staking: amount exceeds free"
    new_lock: uint256 = self._locks[token][account] + amount
    self._locks[token][account] = new_lock
    log IStaking.StakeLocked(token=token, account=account, amount=amount, new_lock=new_lock)


@external
def unlock(token: address, account: address, amount: uint256):
    """
    @notice Frees `amount` of the locked stake of `account`. Only the controller.
    @dev Before: `amount <= lock`. After: the lock is smaller by `amount`; no money moved. Refuses
         to free more than was locked.
    @param token The token of the stake.
    @param account Whose stake.
    @param amount How much, in wei of `token`.
    """
    self._check_controller()
    old_lock: uint256 = self._locks[token][account]
    assert amount <= old_lock, "staking: amount exceeds lock"
    new_lock: uint256 = old_lock - amount
    self._locks[token][account] = new_lock
    log IStaking.StakeUnlocked(token=token, account=account, amount=amount, new_lock=new_lock)


@external
def slash(token: address, account: address, amount: uint256, beneficiary: address) -> uint256:
    """
    @notice Takes up to `amount` from the stake of `account`, then from what is unbonding. Half,
         rounded up, is burned (TES) or credited to the treasury, the rest is credited to
         `beneficiary`. Only the controller.
    @dev After: stake plus unbonding are smaller by what is returned, `slashed` is larger by it, the
         lock is no larger than the stake. Refuses everybody else. Nobody is called who could block
         it: credits are pulled, and burning concerns TES alone.
    @param token The token of the stake.
    @param account Who loses it.
    @param amount The most that is taken, in wei of `token`.
    @param beneficiary Who is credited the smaller half.
    @return What was taken: less than `amount` when there was no more.
    """
    self._check_controller()
    assert beneficiary != empty(address), "staking: beneficiary is zero"
    taken: uint256 = self._take(token, account, amount)
    if taken != 0:
        self._totals[token].slashed += taken
        self._credits[token][beneficiary] += taken // 2
        self._burn_or_credit(token, taken - taken // 2)
        log IStaking.StakeSlashed(
            token=token,
            account=account,
            beneficiary=beneficiary,
            amount=taken,
            new_stake=self._stakes[token][account],
        )
    return taken


@external
@view
def stake_of(token: address, account: address) -> uint256:
    """
    @notice The stake, locked or free, without what is unbonding.
    @param token The token of the stake.
    @param account Whose stake.
    @return Wei of `token`.
    """
    return self._stakes[token][account]


@external
@view
def lock_of(token: address, account: address) -> uint256:
    """
    @notice The part of the stake that cannot be unstaked.
    @param token The token of the stake.
    @param account Whose stake.
    @return Wei of `token`.
    """
    return self._locks[token][account]


@external
@view
def unbonding_of(token: address, account: address) -> IStaking.Unbonding:
    """
    @notice What is on the way out, and from when it may be withdrawn.
    @param token The token of the stake.
    @param account Whose stake.
    @return Amount and timestamp.
    """
    return self._unbondings[token][account]


@external
@view
def credit_of(token: address, account: address) -> uint256:
    """
    @notice The share of slashed stakes that `account` may collect.
    @param token The token that was slashed.
    @param account Whose credit.
    @return Wei of `token`.
    """
    return self._credits[token][account]


@external
@view
def seats_of(token: address, account: address, seat_size: uint256) -> uint256:
    """
    @notice How many seats of `seat_size` the stake fills, rounded down.
    @param token The token of the stake.
    @param account Whose stake.
    @param seat_size The stake that one seat needs, in wei of `token`.
    @return The number of seats.
    """
    assert seat_size != 0, "staking: seat size is zero"
    return self._stakes[token][account] // seat_size


@external
@view
def totals_of(token: address) -> IStaking.Totals:
    """
    @notice What was ever staked, withdrawn and slashed; the difference is held.
    @param token The token.
    @return The three sums, in wei of `token`.
    """
    return self._totals[token]


@internal
@view
def _check_controller():
    """
    @dev Throws unless the caller is the controller.
    """
    assert msg.sender == controller, "staking: not the controller"


@internal
@view
def _free_of(token: address, account: address) -> uint256:
    """
    @dev Returns the stake that is not locked.
    """
    return self._stakes[token][account] - self._locks[token][account]


@internal
def _set_stake(token: address, account: address, new_stake: uint256):
    """
    @dev The only place where a stake changes. Unguarded: the callers check.
    """
    self._stakes[token][account] = new_stake


@internal
def _take(token: address, account: address, amount: uint256) -> uint256:
    """
    @dev Lowers stake, lock and unbonding amount of `account` and returns the sum. Unguarded: the
         caller is `slash`.
    """
    old_stake: uint256 = self._stakes[token][account]
    from_stake: uint256 = min(amount, old_stake)
    new_stake: uint256 = old_stake - from_stake
    if from_stake != 0:
        self._set_stake(token, account, new_stake)
    if self._locks[token][account] > new_stake:
        self._locks[token][account] = new_stake
    old_unbonding: uint256 = self._unbondings[token][account].amount
    from_unbonding: uint256 = min(amount - from_stake, old_unbonding)
    if from_unbonding != 0:
        self._unbondings[token][account].amount = old_unbonding - from_unbonding
    return from_stake + from_unbonding


@internal
def _burn_or_credit(token: address, amount: uint256):
    """
    @dev Burns TES, credits the treasury with any other token. Unguarded: the caller is `slash`.
    """
    if token == work_token:
        extcall IWorkToken(work_token).burn(amount)
    else:
        self._credits[token][treasury] += amount
