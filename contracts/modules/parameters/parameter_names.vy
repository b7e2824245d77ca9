# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title parameter_names
@license GNU Affero General Public License v3.0 only
@notice What each parameter is called.
@dev Stateless.
"""

from .. import parameter_ids


@internal
@pure
def _name(id: uint256) -> String[32]:
    """
    @dev The name of a parameter that exists.
    """
    if id < 7:
        return self._name_in_rules(id)
    if id < 14:
        return self._name_in_stakes(id)
    return self._name_in_labels(id)


@internal
@pure
def _name_in_rules(id: uint256) -> String[32]:
    """
    @dev The name of a parameter in word 0: what a verdict must respect.
    """
    if id == parameter_ids.PROTOCOL_FEE_BPS:
        return "protocol_fee_bps"
    if id == parameter_ids.CHALLENGE_SECONDS:
        return "challenge_seconds"
    if id == parameter_ids.RULING_SECONDS:
        return "ruling_seconds"
    if id == parameter_ids.GRACE_SECONDS:
        return "grace_seconds"
    if id == parameter_ids.OPERATOR_SLASH_BPS:
        return "operator_slash_bps"
    if id == parameter_ids.OPERATOR_QUORUM_BPS:
        return "operator_quorum_bps"
    return "challenge_bond_prices"


@internal
@pure
def _name_in_stakes(id: uint256) -> String[32]:
    """
    @dev The name of a parameter in word 1: what operators, workers and jurors risk.
    """
    if id == parameter_ids.SEAT_SIZE_PRICES:
        return "seat_size_prices"
    if id == parameter_ids.SEAT_SIZE_TES:
        return "seat_size_tes"
    if id == parameter_ids.WEIGHT_CAP:
        return "weight_cap"
    if id == parameter_ids.MIN_OPERATOR_STAKE_TES:
        return "min_operator_stake_tes"
    if id == parameter_ids.UNBONDING_SECONDS:
        return "unbonding_seconds"
    if id == parameter_ids.JURY_SLASH_BPS:
        return "jury_slash_bps"
    return "jury_silent_slash_bps"


@internal
@pure
def _name_in_labels(id: uint256) -> String[32]:
    """
    @dev The name of a parameter in word 2: how answers are asked, checked and paid.
    """
    if id == parameter_ids.AUDIT_RATE_BPS:
        return "audit_rate_bps"
    if id == parameter_ids.OVERLAP_FIRST:
        return "overlap_first"
    if id == parameter_ids.OVERLAP_STEP:
        return "overlap_step"
    if id == parameter_ids.OVERLAP_MOST:
        return "overlap_most"
    if id == parameter_ids.SLASH_PER_ANSWER_BPS:
        return "slash_per_answer_bps"
    if id == parameter_ids.PRICE_FLOOR_PER_HOUR:
        return "price_floor_per_hour"
    return "reveal_seconds"
