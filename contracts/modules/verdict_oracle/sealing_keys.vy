# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title sealing_keys
@license GNU Affero General Public License v3.0 only
@notice The X25519 key of each operator, to which workers seal their answers.
@dev Holds no money. A worker who seals to a wrong key can still open the answers alone, so the worst that
     an operator can do with its key is not to be able to read.
"""

from ...interfaces import IVerdictOracle
from . import operator_set

uses: operator_set

_keys: HashMap[address, bytes32]


@external
@reentrant  # calls nobody
def set_sealing_key(key: bytes32):
    """
    @notice Publishes the key to which answers for the caller are sealed from now on. Any active operator.
    @dev After: the key is the caller's. Refuses strangers, to whom a worker must not seal, and no key.
    @param key An X25519 public key.
    """
    assert operator_set._is_active(msg.sender), "verdict: not an operator"
    assert key != empty(bytes32), "verdict: zero key"
    old_key: bytes32 = self._keys[msg.sender]
    self._keys[msg.sender] = key
    log IVerdictOracle.SealingKeySet(operator=msg.sender, old_key=old_key, new_key=key)


@external
@view
@reentrant
def sealing_key_of(operator: address) -> bytes32:
    """
    @notice The key that an operator published last; one who retired keeps it.
    @param operator The operator.
    @return An X25519 public key, zero without one.
    """
    return self._keys[operator]
