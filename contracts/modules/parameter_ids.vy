# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title parameter_ids
@license GNU Affero General Public License v3.0 only
@notice The number by which each protocol parameter is known, and which of them workers protect.
@dev Stateless. Seven parameters share a word of Parameters: id // 7 is the word, id % 7 the place in it.
"""

PROTOCOL_FEE_BPS: constant(uint256) = 0
CHALLENGE_SECONDS: constant(uint256) = 1
RULING_SECONDS: constant(uint256) = 2
GRACE_SECONDS: constant(uint256) = 3
OPERATOR_SLASH_BPS: constant(uint256) = 4
OPERATOR_QUORUM_BPS: constant(uint256) = 5
CHALLENGE_BOND_PRICES: constant(uint256) = 6
SEAT_SIZE_PRICES: constant(uint256) = 7
SEAT_SIZE_TES: constant(uint256) = 8
WEIGHT_CAP: constant(uint256) = 9
MIN_OPERATOR_STAKE_TES: constant(uint256) = 10
UNBONDING_SECONDS: constant(uint256) = 11
JURY_SLASH_BPS: constant(uint256) = 12
JURY_SILENT_SLASH_BPS: constant(uint256) = 13
AUDIT_RATE_BPS: constant(uint256) = 14
OVERLAP_FIRST: constant(uint256) = 15
OVERLAP_STEP: constant(uint256) = 16
OVERLAP_MOST: constant(uint256) = 17
SLASH_PER_ANSWER_BPS: constant(uint256) = 18
PRICE_FLOOR_PER_HOUR: constant(uint256) = 19
REVEAL_SECONDS: constant(uint256) = 20
COUNT: constant(uint256) = 21

# fee, slashes, audit rate, price floor and reveal window: they change with the worker house only
PROTECTED: constant(uint256) = (
    (1 << 0) | (1 << 4) | (1 << 12) | (1 << 13) | (1 << 14) | (1 << 18) | (1 << 19) | (1 << 20)
)
