# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title proposal_descriptions
@license GNU Affero General Public License v3.0 only
@notice Whom a description reserves its proposal for, by `#proposer=0x...` at its end.
@dev Stateless. OpenZeppelin's rule: what is not exactly the mark and an address reserves nothing. It keeps
     others from submitting a proposal first and canceling it.
"""

MAX_DESCRIPTION: constant(uint256) = 4096  # bytes
TAIL_BYTES: constant(uint256) = 52  # the mark and forty digits
MARK: constant(bytes12) = 0x2370726f706f7365723d3078  # "#proposer=0x"
DIGITS: constant(uint256) = 40


@internal
@pure
def _is_open_to(proposer: address, tail: Bytes[TAIL_BYTES]) -> bool:
    """
    @dev `tail` is the end of the description, or nothing if that is shorter than TAIL_BYTES.
    """
    if len(tail) < TAIL_BYTES:
        return True
    if convert(slice(tail, 0, 12), bytes12) != MARK:
        return True
    reserved_for: uint256 = 0
    for i: uint256 in range(DIGITS):
        digit: uint256 = self._digit(convert(slice(tail, 12 + i, 1), uint256))
        if digit > 15:
            return True
        reserved_for = (reserved_for << 4) | digit
    return reserved_for == convert(proposer, uint256)


@internal
@pure
def _digit(character: uint256) -> uint256:
    """
    @dev The value of a hexadecimal digit, 16 if it is none.
    """
    if character >= 48 and character <= 57:
        return character - 48
    lower: uint256 = character | 32
    if lower >= 97 and lower <= 102:
        return lower - 87
    return 16
