# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title proposal_calls
@license GNU Affero General Public License v3.0 only
@notice What a call in a proposal needs beyond a majority of the stakers.
@dev A list of what needs less; everything that is not on it needs all: two thirds, the workers, seven days.
     So a function that is added or forgotten is never the easy way around.
"""

from .. import parameter_ids
from . import proposal_records

KNOWN_BYTES: constant(uint256) = 36  # no call on the list is shorter: a selector and an argument
SELECTOR_MASK: constant(uint256) = (2**32 - 1) << 224
CRITICAL: constant(uint256) = (
    proposal_records.NEEDS_WORKERS | proposal_records.NEEDS_TWO_THIRDS | proposal_records.IS_SLOW
)

PARAMETERS: immutable(address)
TREASURY: immutable(address)
VERDICT_ORACLE: immutable(address)


@deploy
def __init__(parameters: address, treasury: address, verdict_oracle: address):
    """
    @notice Fixes whose functions are on the list.
    @param parameters The protocol's numbers.
    @param treasury The protocol's money.
    @param verdict_oracle Where disputes are ruled on.
    """
    assert parameters != empty(address), "governor: zero parameters"
    assert treasury != empty(address), "governor: zero treasury"
    assert verdict_oracle != empty(address), "governor: zero oracle"
    PARAMETERS = parameters
    TREASURY = treasury
    VERDICT_ORACLE = verdict_oracle


@internal
@view
def _needs_of(target: address, word: uint256, argument: uint256) -> uint256:
    """
    @dev What a call without value needs: the first word of its calldata begins with the selector, which
         `argument` follows.
    """
    selector: bytes4 = convert(convert(word & SELECTOR_MASK, bytes32), bytes4)
    if target == PARAMETERS:
        return self._needs_of_parameters(selector, argument)
    if target == TREASURY:
        return self._needs_of_treasury(selector)
    if target == VERDICT_ORACLE:
        if selector == method_id("rule_dispute(uint256,bytes32,bool)", output_type=bytes4):
            return proposal_records.NEEDS_WORKERS
        return CRITICAL
    if target == self:
        return self._needs_of_governor(selector)
    return CRITICAL


@internal
@pure
def _needs_of_parameters(selector: bytes4, id: uint256) -> uint256:
    """
    @dev What workers are protected by needs them too.
    """
    if selector == method_id("set_parameter(uint256,uint256)", output_type=bytes4):
        if id >= parameter_ids.COUNT:
            return CRITICAL
        is_protected: bool = (parameter_ids.PROTECTED >> id) & 1 != 0
        return proposal_records.NEEDS_WORKERS if is_protected else 0
    if selector in [
        method_id("allow_method(bytes32)", output_type=bytes4),
        method_id("forbid_method(bytes32)", output_type=bytes4),
    ]:
        return proposal_records.NEEDS_WORKERS
    return CRITICAL


@internal
@pure
def _needs_of_treasury(selector: bytes4) -> uint256:
    """
    @dev The Treasury itself limits what these functions can spend.
    """
    if selector in [
        method_id("spend(address,address,uint256)", output_type=bytes4),
        method_id("open_grant(address,address,uint256,uint256,uint256,uint256)", output_type=bytes4),
        method_id("cancel_grant(uint256)", output_type=bytes4),
    ]:
        return proposal_records.IS_SLOW
    return CRITICAL


@internal
@pure
def _needs_of_governor(selector: bytes4) -> uint256:
    """
    @dev These settings have hard bounds; the guardian, the Timelock and `relay` have none.
    """
    if selector in [
        method_id("setVotingDelay(uint48)", output_type=bytes4),
        method_id("setVotingPeriod(uint32)", output_type=bytes4),
        method_id("setProposalThreshold(uint256)", output_type=bytes4),
        method_id("setLateQuorumVoteExtension(uint48)", output_type=bytes4),
        method_id("updateQuorumNumerator(uint256)", output_type=bytes4),
    ]:
        return 0
    return CRITICAL
