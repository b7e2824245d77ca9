# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title task_phases
@license GNU Affero General Public License v3.0 only
@notice In which phase a task is: derived from the clock and what the escrow and the verdicts say.
@dev Stateless.
"""

from ...interfaces import ITaskEscrow


@internal
@view
def _of(task: ITaskEscrow.Task, stage: uint256) -> uint256:
    """
    @dev The phase, as `IVerdictOracle.phase_of` numbers them; `stage` is that of its verdict.
    """
    if task.requester == empty(address):
        return 0
    if task.is_cancelled:
        return 7
    if task.is_expired:
        return 8
    if task.payouts_root != empty(bytes32):
        return 6
    if block.timestamp < task.submit_deadline:
        return 1
    if block.timestamp < task.reveal_deadline:
        return 2
    return 3 + stage
