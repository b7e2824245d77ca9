# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title WorkerHouse
@license GNU Affero General Public License v3.0 only
@notice The voting power of workers: earned by accepted work, never moved, capped, halved every year.
@dev Holds no money. Power comes only from Rewards, which credits it for leaves of payout roots that
     operators posted with final verdicts. There is no transfer and no delegation. The reading side is
     ERC-5805 and ERC-6372, so that the Governor reads both houses alike.
@custom:kill Cannot be stopped. Without credits everybody's power halves away.
"""

from .interfaces import IVotes
from .interfaces import IWorkerHouse
from .modules import number_history
from .modules.worker_house import work_points

implements: IVotes
implements: IWorkerHouse

initializes: number_history
initializes: work_points[number_history := number_history]


rewards: public(immutable(address))
cap_per_worker: public(immutable(uint256))
least_total: public(immutable(uint256))
started_at: public(immutable(uint256))


@deploy
def __init__(rewards_: address, cap_per_worker_: uint256, least_total_: uint256):
    """
    @notice Names the only contract that may credit points, and starts the first year.
    @param rewards_ Rewards, whose address is computed before it exists.
    @param cap_per_worker_ The most points one worker can have at any time, below 2**80.
    @param least_total_ What all power together counts as while it is less: the first to earn a point must
         not be a quorum.
    """
    assert rewards_ != empty(address), "house: rewards is zero"
    rewards = rewards_
    cap_per_worker = cap_per_worker_
    least_total = least_total_
    started_at = block.timestamp
    work_points.__init__(cap_per_worker_)


@external
def credit(worker: address, points: uint256, earned_at: uint256):
    """
    @notice Gives a worker points for accepted work. Only Rewards.
    @dev After: the worker's power is higher by what the points are worth now, at most the cap. Refuses
         everybody else, so that power cannot be bought, made up or saved for later. Never fails for a large number: a payout with its
         emission must not depend on it.
    @param worker Who worked.
    @param points What the work is worth, in wei of TES before the emission's budget scales it.
    @param earned_at When the verdict on it was posted: from then on the points are halved.
    """
    assert msg.sender == rewards, "house: caller is not rewards"
    new_power: uint256 = work_points._credit(worker, points, earned_at)
    log IWorkerHouse.PointsCredited(worker=worker, points=points, new_power=new_power)


@external
@view
def clock() -> uint48:
    """
    @notice The present timepoint.
    @return Seconds.
    """
    return convert(block.timestamp, uint48)


@external
@view
def CLOCK_MODE() -> String[14]:
    """
    @notice How timepoints are counted.
    @return "mode=timestamp".
    """
    return "mode=timestamp"


@external
@view
def getVotes(account: address) -> uint256:
    """
    @notice The present power of a worker.
    @param account The worker.
    @return Points.
    """
    return work_points._present(convert(account, uint256))


@external
@view
def getPastVotes(account: address, timepoint: uint256) -> uint256:
    """
    @notice The power of a worker at the end of a past second.
    @param account The worker.
    @param timepoint The second; it must be over.
    @return Points.
    """
    self._check_past(timepoint)
    return work_points._past(convert(account, uint256), timepoint)


@external
@view
def getPastTotalSupply(timepoint: uint256) -> uint256:
    """
    @notice The power of all workers together at the end of a past second, and no less than `least_total`:
         a quorum is a part of it, and must not be within reach of the first who earn anything.
    @param timepoint The second; it must be over.
    @return Points.
    """
    self._check_past(timepoint)
    return max(work_points._past(work_points.TOTAL, timepoint), least_total)


@external
@view
def delegates(account: address) -> address:
    """
    @notice Who votes with the power of a worker: always the worker.
    @param account The worker.
    @return The same account.
    """
    return account


@external
@view
def numCheckpoints(account: address) -> uint32:
    """
    @notice How often the power of a worker changed by credits, at most once a second.
    @param account The worker.
    @return The number.
    """
    return convert(number_history._length(convert(account, uint256)), uint32)


@external
@view
def checkpoints(account: address, index: uint32) -> IWorkerHouse.Checkpoint208:
    """
    @notice One change of a worker's power.
    @param account The worker.
    @param index Which one, from 0.
    @return When it was, and the power that it left.
    """
    key: uint256 = convert(account, uint256)
    assert convert(index, uint256) < number_history._length(key), "house: no such checkpoint"
    changed_at: uint256 = 0
    power: uint256 = 0
    changed_at, power = work_points._change(key, convert(index, uint256))
    return IWorkerHouse.Checkpoint208(
        _key=convert(changed_at, uint48), _value=convert(power, uint208)
    )


@internal
@view
def _check_past(timepoint: uint256):
    """
    @dev Refuses a second that is not over as OpenZeppelin's Votes does: power in it may still change.
    """
    if timepoint >= block.timestamp:
        raw_revert(
            abi_encode(
                timepoint,
                convert(block.timestamp, uint48),
                method_id=method_id("ERC5805FutureLookup(uint256,uint48)"),
            )
        )
