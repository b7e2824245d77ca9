"""permit (EIP-2612): an allowance by signature, once, until its deadline, on this chain only."""

import boa
import pytest
from eth_account import Account
from eth_utils import keccak

from tests.contracts.refusals import refused

pytestmark = pytest.mark.chain

OWNER = Account.from_key(keccak(text="permit owner"))
THIEF = Account.from_key(keccak(text="permit thief"))
TYPES = {
    "Permit": [
        {"name": "owner", "type": "address"},
        {"name": "spender", "type": "address"},
        {"name": "value", "type": "uint256"},
        {"name": "nonce", "type": "uint256"},
        {"name": "deadline", "type": "uint256"},
    ]
}


@pytest.fixture
def permit(work_token, honest_worker):
    """Arguments of a good permit over 7 wei for `honest_worker`; fields can be changed."""

    def sign(signer=OWNER, chain_id=None, **changes):
        message = {
            "owner": OWNER.address,
            "spender": honest_worker,
            "value": 7,
            "nonce": 0,
            "deadline": boa.env.timestamp,
        } | changes
        domain = {
            "name": "Tessera",
            "version": "1",
            "chainId": chain_id or boa.env.evm.patch.chain_id,
            "verifyingContract": work_token.address,
        }
        signed = signer.sign_typed_data(domain, TYPES, message)
        r, s = (number.to_bytes(32, "big") for number in (signed.r, signed.s))
        fields = [message[name] for name in ("owner", "spender", "value", "deadline")]
        return [*fields, signed.v, r, s]

    return sign


@pytest.fixture
def facts(work_token, honest_worker):
    return lambda: (
        work_token.allowance(OWNER.address, honest_worker),
        work_token.nonces(OWNER.address),
    )


def test_permit__signed_by_the_owner__sets_the_allowance(work_token, permit, facts, stranger):
    work_token.permit(*permit(), sender=stranger)

    assert facts() == (7, 1)


def test_permit__twice__is_refused(work_token, permit, facts):
    arguments = permit()
    work_token.permit(*arguments)

    with refused("erc20: invalid signature", facts):
        work_token.permit(*arguments)


def test_permit__after_the_deadline__is_refused(work_token, permit, facts):
    with refused("erc20: expired deadline", facts):
        work_token.permit(*permit(deadline=boa.env.timestamp - 1))


def test_permit__signed_by_another__is_refused(work_token, permit, facts):
    with refused("erc20: invalid signature", facts):
        work_token.permit(*permit(signer=THIEF))


def test_permit__signed_for_another_chain__is_refused(work_token, permit, facts):
    with refused("erc20: invalid signature", facts):
        work_token.permit(*permit(chain_id=5))


def test_permit__other_amount_than_signed__is_refused(work_token, permit, facts):
    arguments = permit()
    arguments[2] += 1

    with refused("erc20: invalid signature", facts):
        work_token.permit(*arguments)
