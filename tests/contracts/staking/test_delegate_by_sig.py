"""delegateBySig: once, in time, for whoever signed."""

import boa
import pytest
from eth_account import Account
from eth_utils import keccak

from tests.contracts.events import last_events
from tests.contracts.staking.voting import HALF_ORDER, ORDER, refused_with, sign_delegation

pytestmark = pytest.mark.chain

signer = Account.from_key(keccak(text="delegator"))


@pytest.fixture
def signed(staking, voting, staker, other_staker):
    """Delegatee, nonce, expiry and signature; the signer staked 40."""
    voting.transfer(signer.address, 40, sender=staker)
    voting.approve(staking, 40, sender=signer.address)
    staking.deposit(voting, 40, sender=signer.address)
    expiry = boa.env.timestamp
    signature = sign_delegation(staking, signer, other_staker, 0, expiry)
    return (other_staker, 0, expiry, *signature)


@pytest.fixture
def facts(staking, other_staker):
    def read():
        votes = staking.getVotes(signer.address), staking.getVotes(other_staker)
        return votes, staking.nonces(signer.address), staking.delegates(signer.address)

    return read


def test_delegate_by_sig__in_its_last_second__delegates_for_the_signer(
    staking, signed, stranger, other_staker, facts
):
    staking.delegateBySig(*signed, sender=stranger)

    fields = {
        "delegator": signer.address,
        "fromDelegate": signer.address,
        "toDelegate": other_staker,
    }
    assert last_events(staking)[0] == ("DelegateChanged", fields)
    assert facts() == ((0, 10), 1, other_staker)


def test_delegate_by_sig__a_second_late__is_refused(staking, signed, facts):
    boa.env.timestamp += 1
    before = facts()

    with refused_with("VotesExpiredSignature(uint256)", signed[2]):
        staking.delegateBySig(*signed)

    assert facts() == before


def test_delegate_by_sig__twice__is_refused(staking, signed, facts):
    staking.delegateBySig(*signed)
    before = facts()

    with refused_with("InvalidAccountNonce(address,uint256)", signer.address, 1):
        staking.delegateBySig(*signed)

    assert facts() == before


def test_delegate_by_sig__nonce_of_tomorrow__is_refused(staking, signed, other_staker, facts):
    signature = sign_delegation(staking, signer, other_staker, 1, signed[2])
    before = facts()

    with refused_with("InvalidAccountNonce(address,uint256)", signer.address, 0):
        staking.delegateBySig(other_staker, 1, signed[2], *signature)

    assert facts() == before


def test_delegate_by_sig__mirrored_signature__is_refused(staking, signed, facts):
    *terms, v, r, s = signed
    mirrored = (ORDER - int.from_bytes(s, "big")).to_bytes(32, "big")
    before = facts()

    with refused_with("ECDSAInvalidSignatureS(bytes32)", mirrored):
        staking.delegateBySig(*terms, 55 - v, r, mirrored)

    assert facts() == before


@pytest.mark.parametrize("v", [0, 1, 26, 29, 255])
def test_delegate_by_sig__recovery_bit_of_nobody__is_refused(staking, signed, facts, v):
    *terms, _, r, s = signed
    before = facts()

    with refused_with("ECDSAInvalidSignature()"):
        staking.delegateBySig(*terms, v, r, s)

    assert facts() == before


@pytest.mark.parametrize("half", [0, HALF_ORDER])
def test_delegate_by_sig__no_signature__is_refused(staking, signed, facts, half):
    before = facts()

    with refused_with("ECDSAInvalidSignature()"):
        staking.delegateBySig(*signed[:3], 27, bytes(32), half.to_bytes(32, "big"))

    assert facts() == before


def test_delegate_by_sig__other_delegatee__delegates_not_for_the_signer(
    staking, signed, stranger, facts
):
    before = facts()

    staking.delegateBySig(stranger, *signed[1:])

    assert facts() == before


def test_eip712_domain__always__is_the_one_that_was_signed(staking):
    fields, name, version, _, contract, salt, extensions = staking.eip712Domain()

    assert (fields, name, version, contract) == (b"\x0f", "Tessera", "1", staking.address)
    assert (salt, extensions) == (bytes(32), [])
