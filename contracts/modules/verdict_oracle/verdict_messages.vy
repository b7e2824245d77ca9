# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title verdict_messages
@license GNU Affero General Public License v3.0 only
@notice What operators sign: the EIP-712 message Verdict in the domain ("Tessera", "1", chain, contract).
@dev The domain binds a signature to one chain and one contract, the task id to one task.
"""

from snekmate.utils import ecdsa
from snekmate.utils import eip712_domain_separator

from ...interfaces import IVerdictOracle

uses: eip712_domain_separator

VERDICT_TYPE: constant(bytes32) = keccak256(
    "Verdict(uint256 taskId,bytes32 inputDigest,bytes32 labelsRoot,bytes32 payoutsRoot,bytes32 slashesRoot,uint256 totalPayout,bytes32 methodHash)"
)


@internal
@view
def _hash(verdict: IVerdictOracle.Verdict) -> bytes32:
    """
    @dev The digest that operators sign.
    """
    return eip712_domain_separator._hash_typed_data_v4(
        keccak256(abi_encode(VERDICT_TYPE, verdict))
    )


@internal
@pure
def _signer(digest: bytes32, signature: Bytes[65]) -> address:
    """
    @dev Who signed `digest`. Refuses what is not 65 bytes, so that one signature has one spelling;
         snekmate refuses the malleable half and signatures that recover nobody.
    """
    assert len(signature) == 65, "verdict: bad signature length"
    # ecdsa._recover_sig would copy the signature once more
    v: uint256 = convert(slice(signature, 64, 1), uint256)
    r: uint256 = extract32(signature, 0, output_type=uint256)
    s: uint256 = extract32(signature, 32, output_type=uint256)
    return ecdsa._try_recover_vrs(digest, v, r, s)
