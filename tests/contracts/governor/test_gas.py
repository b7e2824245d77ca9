"""What governing costs, beside OpenZeppelin's Governor and TimelockController on the same votes."""

import boa
import pytest
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.deploying import EVM_VERSION, predict_addresses
from tests.contracts.differential.playing import calldata, deploy_referee
from tests.contracts.gas import BASE, OTHER_BYTE, REFUND_QUOTIENT, ZERO_BYTE, own_chain
from tests.contracts.governor.world import (
    FOR,
    HASHED,
    NOBODY,
    PROPOSE,
    SETTINGS,
    TIMELOCK_DELAY,
    VOTING_DELAY,
    VOTING_PERIOD,
    Dao,
    Genesis,
    deploy_dao,
    one_call,
    pass_time,
    stake,
)
from tests.system import DAY, TES

# Measured on a Governor of theirs with less to ask, on cancun.
ANCHORS = {
    "propose": 70_246,
    "castVote later": 66_155,
    "castVoteBySig": 97_766,
    "queue": 144_682,
    "execute": 109_806,
}

pytestmark = pytest.mark.chain

VOTE, VOTE_BY_SIG = "castVote(uint256,uint8)", "castVoteBySig(uint256,uint8,address,bytes)"
WORDS = {"uint256": "proposalId", "uint8": "support", "address": "voter"}


def gas_of(to: str, function: str, *args: object, sender: str) -> int:
    """Send one transaction and return its `gasUsed`."""
    boa.env.evm.vm.state.lock_changes()
    boa.env.reset_gas_used()
    data = calldata(function, *args)
    done = boa.env.execute_code(to_address=to, sender=sender, data=data)
    assert done.is_success, done.output
    used = BASE + sum(OTHER_BYTE if byte else ZERO_BYTE for byte in data) + done.get_gas_used()
    return int(used - min(done.get_gas_refund(), used // REFUND_QUOTIENT))


def signed_ballot(governor: str, proposal_id: int, key: LocalAccount) -> bytes:
    """Sign a first ballot for a proposal."""
    domain = {"name": "Tessera", "version": "1", "verifyingContract": governor}
    domain |= {"chainId": boa.env.evm.patch.chain_id}
    fields = [*((name, kind) for kind, name in WORDS.items()), ("nonce", "uint256")]
    message = {"proposalId": proposal_id, "support": FOR, "voter": key.address, "nonce": 0}
    types = {"Ballot": [{"name": name, "type": kind} for name, kind in fields]}
    return bytes(Account.sign_typed_data(key.key, domain, types, message).signature)


def measure(governor: str, voters: list[str], key: LocalAccount) -> dict[str, int]:
    """Take one change of a number from its proposal to its execution."""
    proposal = one_call(governor, "setVotingDelay(uint48)", 3 * DAY, why="Vote a day later.")
    terms = {"sender": voters[0]}
    gas = {"propose": gas_of(governor, PROPOSE, *proposal.call, **terms)}
    pass_time(VOTING_DELAY + 1)
    for name, voter in zip(["first", "later", "quorum", "last"], voters, strict=True):
        gas[f"castVote {name}"] = gas_of(governor, VOTE, proposal.id, FOR, sender=voter)
    signature = signed_ballot(governor, proposal.id, key)
    ballot = (proposal.id, FOR, key.address, signature)
    gas["castVoteBySig"] = gas_of(governor, VOTE_BY_SIG, *ballot, **terms)
    pass_time(VOTING_PERIOD)
    gas["queue"] = gas_of(governor, f"queue{HASHED}", *proposal.hashed, **terms)
    pass_time(TIMELOCK_DELAY + 1)
    return gas | {"execute": gas_of(governor, f"execute{HASHED}", *proposal.hashed, **terms)}


def deploy_openzeppelins(dao: Dao, guardian: str) -> str:
    """Deploy their Governor and Timelock on our votes."""
    governor = predict_addresses(2)[1]
    timelock = deploy_referee("ReferenceTimelock", TIMELOCK_DELAY, [governor], [governor], NOBODY)
    staking, token = str(dao.system.staking.address), str(dao.system.work_token.address)
    return deploy_referee("ReferenceGovernor", staking, token, timelock, guardian, SETTINGS)


def test_gas__of_every_step__is_below_openzeppelins() -> None:
    with own_chain():
        genesis = Genesis()
        dao = deploy_dao(genesis)
        theirs = deploy_openzeppelins(dao, genesis.guardian)
        key = Account.from_key(keccak(text="voter by signature"))
        voters = [account_of(f"voter {number}") for number in range(4)]
        for voter, power in zip([*voters, key.address], [9, 10, 11, 10, 10], strict=True):
            stake(dao, voter, power * 1_000 * TES, genesis.holder)
        pass_time(100)

        ours = measure(str(dao.governor.address), voters, key)
        others = measure(theirs, voters, key)

    assert {step for step in ours if ours[step] > others[step]} == set()
    if EVM_VERSION == "cancun":
        assert {step for step, limit in ANCHORS.items() if ours[step] > limit} == set()
