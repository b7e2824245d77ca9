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
     touches only its own ledger. The stake of TES votes: no call that moves votes moves money, and
     none that slashes or lets money out asks who votes with it.
@custom:kill Cannot be stopped. The controller may slash, lock and delay, never take; everybody leaves
     by `unstake` and `withdraw` as soon as the controller unlocks and delays no more.
"""

from snekmate.utils import eip712_domain_separator

from .interfaces import IParameters
from .interfaces import IStaking
from .interfaces import IVotes
from .interfaces import IWorkToken
from .modules.staking import entry_seats
from .modules import parameter_ids
from .modules.staking import stake_ledger
from .modules import token_transfers
from .modules.staking import unbonding_stakes
from .modules.staking import vote_checkpoints
from .modules.staking import vote_delegation
from .modules.staking import vote_history
from .modules.staking import vote_locks
from .modules.staking import vote_power

implements: IStaking
implements: IVotes

initializes: eip712_domain_separator
initializes: entry_seats
initializes: vote_checkpoints
initializes: vote_power[vote_checkpoints := vote_checkpoints]
initializes: vote_history[vote_checkpoints := vote_checkpoints]
initializes: vote_locks[vote_checkpoints := vote_checkpoints, vote_power := vote_power]
initializes: vote_delegation[
    eip712_domain_separator := eip712_domain_separator,
    vote_checkpoints := vote_checkpoints,
    vote_power := vote_power,
]
initializes: unbonding_stakes
initializes: stake_ledger[
    unbonding_stakes := unbonding_stakes,
    vote_checkpoints := vote_checkpoints,
    vote_power := vote_power,
]

exports: (
    eip712_domain_separator.eip712Domain,
    vote_history.__interface__,
    vote_locks.__interface__,
    vote_delegation.__interface__,
    stake_ledger.work_token,
    entry_seats.__interface__,
)


controller: public(immutable(address))
treasury: public(immutable(address))
parameters: public(immutable(address))
entry_stake: public(immutable(address))


_credits: HashMap[address, HashMap[address, uint256]]  # token => account


@deploy
def __init__(
    work_token: address,
    controller_: address,
    treasury_: address,
    parameters_: address,
    entry_stake_: address,
):
    """
    @notice Fixes the roles for ever.
    @param work_token TES: it votes, and half of what is slashed of it is burned.
    @param controller_ The only account that may lock, unlock, delay and slash: VerdictOracle.
    @param treasury_ Who is credited that half in any other token.
    @param parameters_ Says how long unstaked tokens stay slashable.
    @param entry_stake_ The only account that may deposit for others, what is their pay: EntryStake.
    """
    assert controller_ != empty(address), "staking: controller is zero"
    assert treasury_ != empty(address), "staking: treasury is zero"
    assert parameters_ != empty(address), "staking: parameters is zero"
    assert entry_stake_ != empty(address), "staking: entry stake is zero"
    controller = controller_
    treasury = treasury_
    parameters = parameters_
    entry_stake = entry_stake_
    eip712_domain_separator.__init__("Tessera", "1")
    stake_ledger.__init__(work_token)


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
    new_stake: uint256 = stake_ledger._raise_stake(token, msg.sender, amount)
    token_transfers._pull(token, msg.sender, amount)
    log IStaking.StakeDeposited(
        token=token, account=msg.sender, amount=amount, new_stake=new_stake
    )


@external
def deposit_entry(token: address, account: address, amount: uint256, seat_size: uint256):
    """
    @notice Stakes `amount` of `token` of the caller for `account`, whose first pay it is, and holds it
         until the stake of `account` fills a seat. Only the entry stake.
    @dev Before: the caller approved `amount`. After: the stake of `account`, what is held of it,
         `staked` and the balance of this contract are larger by exactly `amount`. Refuses everybody
         else, who could hold what is not pay; of what `account` deposited nothing is ever held.
    @param token Any ERC-20 token, also one that returns nothing.
    @param account Whose stake and whose pay.
    @param amount How much, in wei of `token`.
    @param seat_size The stake that ends the hold, in wei of `token`.
    """
    assert msg.sender == entry_stake, "staking: not the entry stake"
    assert account != empty(address), "staking: account is zero"
    assert amount != 0, "staking: amount is zero"
    assert seat_size != 0, "staking: seat size is zero"
    new_stake: uint256 = stake_ledger._raise_stake(token, account, amount)
    entry_seats._hold(token, account, amount, seat_size, new_stake - amount)
    token_transfers._pull(token, msg.sender, amount)
    log IStaking.StakeDeposited(token=token, account=account, amount=amount, new_stake=new_stake)


@external
def unstake(token: address, amount: uint256):
    """
    @notice Starts the way out for `amount` of the caller's free stake, and restarts the clock of
         what is on the way already, which never ends sooner. Anybody, for themselves.
    @dev Before: `amount <= stake - lock`, of TES the votes are not locked, and pay that is held for a
         seat that is not full stays. After: it moved from the stake to the unbonding amount;
         nothing left the contract and it is still slashable, but votes no more. Refuses to let locked
         stake escape a slash, a vote outlive its lock, or a newcomer leave with the first pay.
    @param token The token of the stake.
    @param amount How much, in wei of `token`.
    """
    assert amount != 0, "staking: amount is zero"
    assert amount <= stake_ledger._free_of(token, msg.sender), "staking: amount exceeds free"
    if token == stake_ledger.work_token:
        assert not vote_locks._is_locked(msg.sender), "staking: votes are locked"
    entry_seats._leave(token, msg.sender, stake_ledger._stake_of(token, msg.sender), amount)
    new_stake: uint256 = stake_ledger._lower_stake(token, msg.sender, amount)
    ends_at: uint256 = block.timestamp + self._unbonding_seconds()
    ends_at = unbonding_stakes._start(token, msg.sender, amount, ends_at)
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
    amount: uint256 = stake_ledger._end_unbonding(token, msg.sender)
    token_transfers._push(token, msg.sender, amount)
    log IStaking.StakeWithdrawn(token=token, account=msg.sender, amount=amount)


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
def lock(token: address, account: address, amount: uint256, is_dispute: bool):
    """
    @notice Keeps `amount` of the free stake of `account` from being unstaked. Only the controller.
    @dev Before: `amount <= stake - lock`. After: the lock is larger by `amount`; no money moved.
         Refuses to lock the same stake twice.
    @param token The token of the stake.
    @param account Whose stake.
    @param amount How much, in wei of `token`.
    @param is_dispute Whether a dispute holds it: such stake does not vote, an operator's does.
    """
    self._check_controller()
    assert amount <= stake_ledger._free_of(token, account), "staking: amount exceeds free"
    new_lock: uint256 = stake_ledger._raise_lock(token, account, amount, is_dispute)
    log IStaking.StakeLocked(token=token, account=account, amount=amount, new_lock=new_lock)


@external
def unlock(token: address, account: address, amount: uint256, is_dispute: bool):
    """
    @notice Frees `amount` of the locked stake of `account`. Only the controller.
    @dev Before: `amount` is at most what was locked for the same reason. After: the lock is smaller
         by `amount`; no money moved. Refuses to free more than was locked.
    @param token The token of the stake.
    @param account Whose stake.
    @param amount How much, in wei of `token`.
    @param is_dispute Whether a dispute held it: such stake votes again.
    """
    self._check_controller()
    new_lock: uint256 = stake_ledger._lower_lock(token, account, amount, is_dispute)
    log IStaking.StakeUnlocked(token=token, account=account, amount=amount, new_lock=new_lock)


@external
def delay_withdrawal(token: address, account: address):
    """
    @notice Restarts the clock of what `account` has unbonding, so that a slash which is disputed still
         meets it. Only the controller.
    @dev Before: something is unbonding. After: it may be withdrawn the unbonding time from now, or later
         if it was so before; no amount changed and no money moved. Refuses everybody else, who could keep
         a staker for ever, and an account that has nothing on the way out.
    @param token The token of the stake.
    @param account Whose withdrawal waits.
    """
    self._check_controller()
    ends_at: uint256 = block.timestamp + self._unbonding_seconds()
    ends_at = unbonding_stakes._delay(token, account, ends_at)
    log IStaking.WithdrawalDelayed(token=token, account=account, ends_at=ends_at)


@external
def slash(token: address, account: address, amount: uint256, beneficiary: address) -> uint256:
    """
    @notice Takes up to `amount` of `account`: free stake, then what is unbonding, then what is
         locked. Half, rounded up, is burned (TES) or credited to the treasury, the rest is
         credited to `beneficiary`. Only the controller.
    @dev After: stake plus unbonding are smaller by what is returned, `slashed` is larger by it, the
         lock and the held pay are no larger than the stake. Refuses everybody else. Nobody is called who could block
         it: credits are pulled, and burning concerns TES alone.
    @param token The token of the stake.
    @param account Who loses it.
    @param amount The most that is taken, in wei of `token`.
    @param beneficiary Who is credited the smaller half.
    @return What was taken: less than `amount` when there was no more.
    """
    self._check_controller()
    assert beneficiary != empty(address), "staking: beneficiary is zero"
    taken: uint256 = stake_ledger._take(token, account, amount)
    if taken != 0:
        self._credits[token][beneficiary] += taken // 2
        self._burn_or_credit(token, taken - taken // 2)
        new_stake: uint256 = stake_ledger._stake_of(token, account)
        entry_seats._limit(token, account, new_stake)
        log IStaking.StakeSlashed(
            token=token,
            account=account,
            beneficiary=beneficiary,
            amount=taken,
            new_stake=new_stake,
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
    return stake_ledger._stake_of(token, account)


@external
@view
def lock_of(token: address, account: address) -> uint256:
    """
    @notice The part of the stake that cannot be unstaked.
    @param token The token of the stake.
    @param account Whose stake.
    @return Wei of `token`.
    """
    return stake_ledger._lock_of(token, account)


@external
@view
def unbonding_of(token: address, account: address) -> IStaking.Unbonding:
    """
    @notice What is on the way out, and from when it may be withdrawn.
    @param token The token of the stake.
    @param account Whose stake.
    @return Amount and timestamp.
    """
    return unbonding_stakes._unbondings[token][account]


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
    return stake_ledger._stake_of(token, account) // seat_size


@external
@view
def totals_of(token: address) -> IStaking.Totals:
    """
    @notice What was ever staked, withdrawn and slashed; the difference is held.
    @param token The token.
    @return The three sums, in wei of `token`.
    """
    return stake_ledger._totals_of(token)


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
def unbonding_seconds() -> uint256:
    """
    @notice How long tokens that are unstaked now stay slashable.
    @return Seconds.
    """
    return self._unbonding_seconds()


@internal
@view
def _check_controller():
    """
    @dev Throws unless the caller is the controller.
    """
    assert msg.sender == controller, "staking: not the controller"


@internal
@view
def _unbonding_seconds() -> uint256:
    """
    @dev What the parameter is now; Parameters bounds it.
    """
    return staticcall IParameters(parameters).value_of(parameter_ids.UNBONDING_SECONDS)


@internal
def _burn_or_credit(token: address, amount: uint256):
    """
    @dev Burns TES, credits the treasury with any other token. Unguarded: the caller is `slash`.
    """
    if token == stake_ledger.work_token:
        extcall IWorkToken(token).burn(amount)
    else:
        self._credits[token][treasury] += amount
