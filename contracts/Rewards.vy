# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Rewards
@license GNU Affero General Public License v3.0 only
@notice The profit: shares protocol fees among the stakers of TES, and creates TES for accepted work.
@dev Money invariants. For every token: what all stakers can claim is at most what was shared and not paid,
     which is at most the balance. For TES: a week never creates more than its budget, so all weeks together
     never more than the cap, and a task never more than the pay of its verdict asked for. It is the
     fee recipient of TaskEscrow and the only minter of TES; it keeps no TES but fees paid in it.
@custom:kill Cannot be stopped. The Timelock may set every rate to zero, which ends new emission.
"""

from ethereum.ercs import IERC20

from .interfaces import IRewards
from .interfaces import IStaking
from .interfaces import ITaskEscrow
from .interfaces import IVerdictOracle
from .interfaces import IWorkerHouse
from .interfaces import IWorkToken
from .modules.rewards import emission_schedule
from .modules.rewards import fee_rounds
from .modules import merkle_proofs
from .modules import token_transfers
from .modules.rewards import work_claims

implements: IRewards

initializes: emission_schedule
initializes: fee_rounds
initializes: work_claims


STEPS_PER_CLAIM: constant(uint256) = 32


work_token: public(immutable(address))
staking: public(immutable(address))
task_escrow: public(immutable(address))
verdict_oracle: public(immutable(address))
worker_house: public(immutable(address))
timelock: public(immutable(address))
emission_cap: public(immutable(uint256))
started_at: public(immutable(uint256))


@deploy
def __init__(
    work_token_: address,
    staking_: address,
    task_escrow_: address,
    verdict_oracle_: address,
    worker_house_: address,
    timelock_: address,
    emission_cap_: uint256,
    rates: DynArray[IRewards.Rate, 8],
):
    """
    @notice Fixes whom this contract works with, and the cap of all emission; starts its first week.
    @param work_token_ TES, which names this contract as its minter.
    @param staking_ Whose stakes share the fees.
    @param task_escrow_ Where fees come from; names this contract as their recipient.
    @param verdict_oracle_ Who knows the verdicts.
    @param worker_house_ Where work gives power; takes it from this contract.
    @param timelock_ The only account that may set rates.
    @param emission_cap_ The most TES ever created here; the supply has room for it.
    @param rates What pay in which token asks for.
    """
    assert staking_ != empty(address), "rewards: staking is zero"
    assert task_escrow_ != empty(address), "rewards: escrow is zero"
    assert verdict_oracle_ != empty(address), "rewards: oracle is zero"
    assert worker_house_ != empty(address), "rewards: house is zero"
    assert timelock_ != empty(address), "rewards: timelock is zero"
    minter: address = staticcall IWorkToken(work_token_).minter()
    assert minter == self, "rewards: not the minter"
    supply: uint256 = staticcall IERC20(work_token_).totalSupply()
    room: uint256 = staticcall IWorkToken(work_token_).MAX_SUPPLY() - supply
    assert emission_cap_ <= room, "rewards: cap exceeds supply"
    work_token = work_token_
    staking = staking_
    task_escrow = task_escrow_
    verdict_oracle = verdict_oracle_
    worker_house = worker_house_
    timelock = timelock_
    emission_cap = emission_cap_
    started_at = block.timestamp
    emission_schedule.__init__(emission_cap_, rates)


@external
def distribute(token: address):
    """
    @notice Fetches the fees of a token and shares them, with whatever else of it is here and nobody's,
         among those who had TES staked at the end of the last second. Anyone may.
    @dev Before: there is something to share and somebody had stake. After: the stakers can claim it all;
         no token left. Refuses to give anything to stake that came in this second, so borrowed TES earns
         nothing, and to share anything twice.
    @param token The token of the fees.
    """
    if staticcall ITaskEscrow(task_escrow).fees_of(token) != 0:
        extcall ITaskEscrow(task_escrow).collect_fees(token)
    held: uint256 = staticcall IERC20(token).balanceOf(self)
    # a token that shrank below what it owes has nothing new
    amount: uint256 = held - min(held, fee_rounds._pools[token].owed)
    assert amount != 0, "rewards: nothing to share"
    total_stake: uint256 = staticcall IStaking(staking).past_total_stake(block.timestamp - 1)
    assert total_stake != 0, "rewards: nobody staked"
    amount = min(amount, fee_rounds._most_for(total_stake))
    fee_rounds._divide(token, amount, total_stake)
    log IRewards.FeesShared(token=token, amount=amount, total_stake=total_stake)


@external
def claim_fees(token: address, account: address):
    """
    @notice Sends a staker its share of the fees in a token. Anyone may.
    @dev After: the share is paid and no longer owed. Walks at most 32 changes of the stake; who has
         more claims again and goes on where it stopped. Refuses to pay anything twice; nobody but the
         staker receives anything.
    @param token The token of the fees.
    @param account The staker.
    """
    amount: uint256 = fee_rounds._take(token, account, staking, STEPS_PER_CLAIM)
    log IRewards.FeesClaimed(token=token, account=account, amount=amount)
    if amount != 0:
        token_transfers._push(token, account, amount)


@external
def register_task(verdict: IVerdictOracle.Verdict):
    """
    @notice Asks the budget of this week for the emission of a settled task. Anyone may, once for each task.
    @dev Before: the verdict is the one that settled the task. After: what its pay asks for, at the rate of
         now, counts in this week. Refuses verdicts that are not final or were never signed, tasks in tokens
         without a rate, and a second time.
    @param verdict The verdict as posted.
    """
    task_id: uint256 = verdict.task_id
    assert work_claims._roots[task_id] == empty(bytes32), "emission: already registered"
    digest: bytes32 = staticcall IVerdictOracle(verdict_oracle).hash_verdict(verdict)
    record: IVerdictOracle.Record = staticcall IVerdictOracle(verdict_oracle).verdict_of(task_id)
    assert record.digest == digest, "emission: foreign verdict"
    # only a settled task has a root, and only its own verdict settles it
    task: ITaskEscrow.Task = staticcall ITaskEscrow(task_escrow).task_of(task_id)
    assert task.payouts_root == verdict.payouts_root, "emission: task is not settled"
    rate: uint256 = emission_schedule._rates[task.token]
    demand: uint256 = emission_schedule._points_for(verdict.total_payout, rate)
    assert demand != 0, "emission: nothing to ask for"
    epoch: uint256 = emission_schedule._ask(demand)
    work_claims._register(
        task_id,
        IRewards.EmissionTask(
            payouts_root=verdict.payouts_root,
            pay_left=verdict.total_payout,
            rate=rate,
            epoch=epoch,
            earned_at=record.posted_at,
        ),
    )
    log IRewards.TaskRegistered(task_id=task_id, epoch=epoch, rate=rate, demand=demand)


@external
def claim_emission(
    task_id: uint256, index: uint256, worker: address, amount: uint256, proof: DynArray[bytes32, 20]
):
    """
    @notice Creates the TES of one payout for its worker, and gives the worker power in the worker house.
         Anyone may, once for each payout, after the week in which the task was registered.
    @dev After: TES are with the worker; budget, cap and the task's own bound hold whatever the root
         promises. Refuses a second time, another worker, another number, another task.
    @param task_id The task.
    @param index Index of the payout.
    @param worker Who worked, as in the leaf.
    @param amount Wei of the payout, as in the leaf.
    @param proof Siblings from the leaf to the payouts root, as for the payout itself.
    """
    leaf: bytes32 = keccak256(keccak256(abi_encode(task_id, index, worker, amount)))
    root: bytes32 = merkle_proofs._root_of(leaf, proof)
    task: IRewards.EmissionTask = work_claims._take(task_id, index, amount, root)
    assert task.epoch < emission_schedule._epoch(), "emission: week is not over"
    points: uint256 = emission_schedule._points_for(amount, task.rate)
    minted: uint256 = emission_schedule._grant(points, task.epoch)
    log IRewards.EmissionClaimed(
        task_id=task_id, worker=worker, index=index, amount=minted, points=points
    )
    extcall IWorkToken(work_token).mint(worker, minted)
    extcall IWorkerHouse(worker_house).credit(worker, points, task.earned_at)


@external
def set_emission_rate(token: address, rate: uint256):
    """
    @notice Sets what pay in a token asks for, for tasks registered from now on. Only the Timelock.
    @dev After: budgets and cap are as before. Refuses everybody else.
    @param token The payment token.
    @param rate Wei of TES for 10**18 wei of pay; zero for none.
    """
    assert msg.sender == timelock, "rewards: not the timelock"
    emission_schedule._set_rate(token, rate)


@external
@view
def claimable_fees(token: address, account: address) -> uint256:
    """
    @notice What a staker can claim of what was shared; with more than 32 changes of stake, in parts.
    @param token The token of the fees.
    @param account The staker.
    @return Wei of `token`.
    """
    walk: fee_rounds.Walk = fee_rounds._walk(token, account, staking, fee_rounds.MOST_STEPS)
    return walk.earned >> fee_rounds.SCALE_BITS


@external
@view
def owed_fees(token: address) -> uint256:
    """
    @notice What was shared and not yet claimed.
    @param token The token of the fees.
    @return Wei of `token`.
    """
    return fee_rounds._pools[token].owed


@external
@view
def emission_rate(token: address) -> uint256:
    """
    @notice What pay in a token asks for.
    @param token The payment token.
    @return Wei of TES for 10**18 wei of pay.
    """
    return emission_schedule._rates[token]


@external
@view
def epoch() -> uint256:
    """
    @notice The present week.
    @return Its number, from 0.
    """
    return emission_schedule._epoch()


@external
@view
def budget_of(epoch: uint256) -> uint256:
    """
    @notice The most TES that the work of a week gets.
    @param epoch The week.
    @return Wei of TES.
    """
    return emission_schedule._budget(epoch)


@external
@view
def demand_of(epoch: uint256) -> uint256:
    """
    @notice What the work of a week asks for.
    @param epoch The week.
    @return Wei of TES.
    """
    return emission_schedule._demand[epoch]


@external
@view
def emission_task(task_id: uint256) -> IRewards.EmissionTask:
    """
    @notice A task on record; all zero for one that is not registered.
    @param task_id The task.
    @return Its root, the pay for which emission was not claimed, its rate, week and time.
    """
    return work_claims._task(task_id)


@external
@view
def is_emission_claimed(task_id: uint256, index: uint256) -> bool:
    """
    @notice Whether a payout got its emission.
    @param task_id The task.
    @param index Index of the payout.
    @return True once it did.
    """
    return work_claims._is_claimed(task_id, index)


@external
@view
def emission_minted() -> uint256:
    """
    @notice All TES created here, at most `emission_cap`.
    @return Wei of TES.
    """
    return emission_schedule._minted
