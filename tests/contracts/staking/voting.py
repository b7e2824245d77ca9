"""What tests of the votes share: the worth of a stake, errors of OpenZeppelin, signatures."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boa
import pytest
from boa import BoaError
from boa.contracts.vyper.vyper_contract import VyperContract
from eth_abi import encode
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

YEAR = 365 * 86_400
HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def worth(stake: int, lock_seconds: int = 0) -> int:
    """Say what the plan says: a quarter without lock, the whole with a year, a line between."""
    return stake * (YEAR + 3 * lock_seconds) // (4 * YEAR)


@contextmanager
def refused_with(error: str, *args: Any) -> Iterator[None]:
    """Expect a custom error, given as its signature, with exactly these arguments."""
    types = error[error.index("(") + 1 : -1]
    with pytest.raises(BoaError) as caught:
        yield
    reason = caught.value.call_trace.output
    assert reason == keccak(text=error)[:4] + encode(types.split(",") if types else [], args)


def sign_delegation(
    staking: VyperContract | str, signer: LocalAccount, delegatee: str, nonce: int, expiry: int
) -> tuple[int, bytes, bytes]:
    """Return v, r and s of a delegation."""
    signed = signer.sign_typed_data(
        {
            "name": "Tessera",
            "version": "1",
            "chainId": boa.env.evm.chain.chain_id,
            "verifyingContract": str(getattr(staking, "address", staking)),
        },
        {
            "Delegation": [
                {"name": "delegatee", "type": "address"},
                {"name": "nonce", "type": "uint256"},
                {"name": "expiry", "type": "uint256"},
            ]
        },
        {"delegatee": delegatee, "nonce": nonce, "expiry": expiry},
    )
    return signed.v, signed.r.to_bytes(32, "big"), signed.s.to_bytes(32, "big")
