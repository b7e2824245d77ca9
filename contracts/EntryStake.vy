# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title EntryStake
@license GNU Affero General Public License v3.0 only
@notice Turns the first pay of newcomers into their stake, so that work needs no money.
@dev The payout of a newcomer names a purse: an address of this contract's for one worker and one seat size,
     which is a proxy of this code from the first credit on. Anyone may claim into a purse, so pay of
     different workers must not meet in one balance: which payout a claim was for, no balance tells.
     Money invariant, for every token and after every call: this contract holds nothing; a purse holds what
     was claimed for its worker and is not credited; all else that came in is stake of that worker.
     Wei that somebody sends to a purse or here without a payout stay there: they are nobody's.
@custom:kill Cannot be stopped and has no owner. Pay is credited by anyone, to the same worker.
"""

from ethereum.ercs import IERC20

from .interfaces import IEntryStake
from .interfaces import IStaking
from .interfaces import ITaskEscrow
from .modules import merkle_proofs
from .modules import token_transfers

implements: IEntryStake

# what `create_minimal_proxy_to` deploys, around the address of this contract
PROXY_HEAD: constant(Bytes[19]) = x"602d3d8160093d39f3363d3d373d3d3d363d73"
PROXY_TAIL: constant(Bytes[15]) = x"5af43d82803e903d91602b57fd5bf3"

task_escrow: public(immutable(address))
staking: public(immutable(address))
# Of a purse too: proxies run this code, with these values in it.
ENTRY_STAKE: immutable(address)
PROXY_HASH: immutable(bytes32)

_is_credited: HashMap[uint256, HashMap[uint256, bool]]  # task => index


@deploy
def __init__(task_escrow_: address, staking_: address):
    """
    @notice Fixes where pay comes from and goes to, for ever.
    @param task_escrow_ TaskEscrow.
    @param staking_ Staking, which takes deposits for others from this contract alone.
    """
    assert task_escrow_ != empty(address), "entry: task escrow is zero"
    assert staking_ != empty(address), "entry: staking is zero"
    task_escrow = task_escrow_
    staking = staking_
    ENTRY_STAKE = self
    PROXY_HASH = keccak256(concat(PROXY_HEAD, convert(self, bytes20), PROXY_TAIL))


@external
def credit(
    task_id: uint256,
    index: uint256,
    worker: address,
    seat_size: uint256,
    amount: uint256,
    proof: DynArray[bytes32, 20],
):
    """
    @notice Makes one payout of a settled task the stake of its worker. Anyone may send it.
    @dev Before: the leaf is under the payouts root, claimed or not. After: the stake of `worker` and what
         is held of it are larger by `amount`, and the payout never counts again. Refuses a leaf that
         is not there: it could raise the seat of somebody. A bad root, whatever its leaves say,
         reaches the purses of the workers it names and thereby only makes stake of what is theirs.
    @param task_id The task.
    @param index Index of the payout.
    @param worker Whose pay; the leaf names the purse of this worker and this seat.
    @param seat_size The stake that frees the pay, in wei of the task's token.
    @param amount Wei, as in the leaf.
    @param proof Siblings from the leaf to the payouts root.
    """
    assert not self._is_credited[task_id][index], "entry: already credited"
    self._is_credited[task_id][index] = True
    purse: address = self._purse_of(worker, seat_size)
    token: address = self._claim(task_id, index, purse, amount, proof)
    if not purse.is_contract:
        purse = create_minimal_proxy_to(self, salt=self._salt_of(worker, seat_size))
    self._empty(purse, token, amount)
    assert extcall IERC20(token).approve(
        staking, amount, default_return_value=True
    ), "transfer: token refused"
    extcall IStaking(staking).deposit_entry(token, worker, amount, seat_size)
    log IEntryStake.EntryCredited(
        task_id=task_id,
        worker=worker,
        token=token,
        index=index,
        amount=amount,
        seat_size=seat_size,
    )


@external
@reentrant  # a purse has no books, and its only caller is locked meanwhile
def release(token: address, amount: uint256):
    """
    @notice Sends what a purse holds to the entry stake. Only the entry stake, to its purses.
    @param token The token.
    @param amount How much, in wei of `token`.
    """
    assert msg.sender == ENTRY_STAKE, "entry: not the entry stake"
    token_transfers._push(token, ENTRY_STAKE, amount)


@external
@view
@reentrant  # depends on no state
def purse_of(worker: address, seat_size: uint256) -> address:
    """
    @notice The address to which operators pay a worker who fills a seat of this size first.
    @param worker The worker.
    @param seat_size The stake that frees the pay.
    @return The purse, which exists from the first credit on.
    """
    return self._purse_of(worker, seat_size)


@external
@view
def is_credited(task_id: uint256, index: uint256) -> bool:
    """
    @notice Whether a payout became stake.
    @param task_id The task.
    @param index Index of the payout.
    @return True once it did.
    """
    return self._is_credited[task_id][index]


@internal
def _claim(
    task_id: uint256, index: uint256, purse: address, amount: uint256, proof: DynArray[bytes32, 20]
) -> address:
    """
    @dev Sees to it that the payout was claimed into `purse`, proves it is there, and returns its token.
    """
    escrow: ITaskEscrow = ITaskEscrow(task_escrow)
    task: ITaskEscrow.Task = staticcall escrow.task_of(task_id)
    if staticcall escrow.is_claimed(task_id, index):
        leaf: bytes32 = keccak256(abi_encode(task_id, index, purse, amount))
        root: bytes32 = merkle_proofs._root_of(keccak256(leaf), proof)
        assert root == task.payouts_root, "merkle: invalid proof"
    else:
        extcall escrow.claim(task_id, index, purse, amount, proof)
    return task.token


@internal
def _empty(purse: address, token: address, amount: uint256):
    """
    @dev Takes `amount` from a purse and checks that exactly this much arrived. Unguarded: the caller
         has proved the payout.
    """
    held: uint256 = staticcall IERC20(token).balanceOf(self)
    extcall IEntryStake(purse).release(token, amount)
    assert staticcall IERC20(token).balanceOf(self) == held + amount, "transfer: not exact"


@internal
@pure
def _salt_of(worker: address, seat_size: uint256) -> bytes32:
    """
    @dev What tells the purses apart.
    """
    return keccak256(abi_encode(worker, seat_size))


@internal
@view
def _purse_of(worker: address, seat_size: uint256) -> address:
    """
    @dev Where CREATE2 puts the proxy (EIP-1014).
    """
    salt: bytes32 = self._salt_of(worker, seat_size)
    digest: bytes32 = keccak256(concat(x"ff", convert(ENTRY_STAKE, bytes20), salt, PROXY_HASH))
    return convert(convert(digest, uint256) & convert(max_value(uint160), uint256), address)
