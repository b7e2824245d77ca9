"""The same random calls to Staking and to OpenZeppelin's Votes: results, refusals and logs agree.

Chosen differences, which the calls below respect:

- `delegate(0)` is `delegate(oneself)`, in votes and in the log. OpenZeppelin's would send the votes
  to nobody, and with everybody their own delegatee by default the next change of stake would
  underflow: an operator could make itself impossible to slash.
- What a dispute holds votes for nobody and stays in the total. The referee is told so by a second
  account, which holds it.
- An account holds at most 2**90 - 1 units, not 2**208 - 1, and one list of checkpoints serves stake
  and votes: it may name a second in which only the stake changed. It says the same of any second.
"""

import boa
import pytest
from eth_account import Account
from eth_utils import keccak
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import Outcome, deploy_referee, play
from tests.contracts.staking.conftest import deploy_parameters
from tests.contracts.staking.voting import HALF_ORDER, YEAR, sign_delegation, worth

pytestmark = pytest.mark.chain

KEYS = {
    account.address: account
    for account in (Account.from_key(keccak(text=f"voter {number}")) for number in range(3))
}
VOTERS = [*KEYS]
OUTSIDER = account_of("outsider")
CONTROLLER = account_of("controller")
VOTES_CHANGED = "DelegateVotesChanged(address,uint256,uint256)"
BY_SIG = "delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)"
WEALTH = 10**24
FAULTS = st.sampled_from(["none", "none", "expired", "nonce", "bit", "mirrored"])

voters = st.sampled_from(VOTERS)
anybody = st.sampled_from([*VOTERS, OUTSIDER])
shares = st.integers(0, 100)


def deploy_sides():
    """Deploy TES, which the voters hold and approved, Staking and the referee."""
    holder = account_of("genesis_holder")
    token = deploy("WorkToken", [(holder, 10 * WEALTH)], holder)
    ours = deploy("Staking", token, CONTROLLER, holder, deploy_parameters(), holder)
    for voter in VOTERS:
        token.transfer(voter, WEALTH, sender=holder)
        token.approve(ours, WEALTH, sender=voter)
    return token, ours, deploy_referee("ReferenceVotes")


class VotesMachine(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        self.token, self.ours, self.referee = deploy_sides()

    def both(self, function, *args, sender=None) -> Outcome:
        """Call both, and return what came of it where they agree."""
        note(f"{function} {args}")
        ours = play(self.ours, function, *args, sender=sender)
        assert ours == play(self.referee, function, *args, sender=sender)
        return ours

    def change(self, voter, function, *args, sender):
        """Change what the stake of a voter is worth, and tell the referee."""
        note(f"{function} {args}")
        ours = play(self.ours, function, *args, sender=sender)
        assert ours.succeeded
        terms = self.ours.vote_terms_of(voter)
        whole = worth(self.ours.stake_of(self.token, voter), terms.lock_seconds)
        theirs = play(self.referee, "setUnits(address,uint256)", voter, terms.units)
        assert ours.only(VOTES_CHANGED).logs == theirs.only(VOTES_CHANGED).logs
        held = account_of(f"held back from {voter}")
        play(self.referee, "setUnits(address,uint256)", held, whole - terms.units)

    @rule(voter=voters, amount=st.integers(1, 10**20) | st.integers(1, 8))
    def deposit(self, voter, amount):
        call = "deposit(address,uint256)"
        self.change(voter, call, self.token.address, amount, sender=voter)

    @rule(voter=voters, share=shares)
    def slash(self, voter, share):
        amount = self.ours.stake_of(self.token, voter) * share // 100
        call, token = "slash(address,address,uint256,address)", self.token.address
        self.change(voter, call, token, voter, amount, CONTROLLER, sender=CONTROLLER)

    @rule(voter=voters, share=shares, way=st.sampled_from(["lock", "unlock"]))
    def dispute(self, voter, share, way):
        free = self.ours.stake_of(self.token, voter) - self.ours.lock_of(self.token, voter)
        held = self.ours.vote_terms_of(voter).dispute_lock
        amount = (free if way == "lock" else held) * share // 100
        call, token = f"{way}(address,address,uint256,bool)", self.token.address
        self.change(voter, call, token, voter, amount, True, sender=CONTROLLER)

    @rule(voter=voters, share=shares)
    def lock_votes(self, voter, share):
        terms = self.ours.vote_terms_of(voter)
        least = max(terms.lock_seconds, terms.unlocks_at - boa.env.timestamp, 1)
        seconds = least + (YEAR - least) * share // 100
        self.change(voter, "lock_votes(uint256)", seconds, sender=voter)

    @rule(voter=voters)
    def unlock_votes(self, voter):
        if self.ours.vote_terms_of(voter).lock_seconds:
            self.change(voter, "unlock_votes()", sender=voter)

    @rule(voter=anybody, delegatee=anybody)
    def delegate(self, voter, delegatee):
        assert self.both("delegate(address)", delegatee, sender=voter).succeeded

    @rule(voter=voters, delegatee=anybody, fault=FAULTS)
    def delegate_by_sig(self, voter, delegatee, fault):
        nonce = self.ours.nonces(voter) + (fault == "nonce")
        expiry = boa.env.timestamp - (fault == "expired")
        note(f"delegate by signature, fault: {fault}")
        outcomes = []
        for side in (self.ours, self.referee):
            v, r, s = sign_delegation(side, KEYS[voter], delegatee, nonce, expiry)
            v = 26 if fault == "bit" else v
            s = (HALF_ORDER + 1).to_bytes(32, "big") if fault == "mirrored" else s
            outcomes.append(play(side, BY_SIG, delegatee, nonce, expiry, v, r, s))
        assert outcomes[0] == outcomes[1]
        assert outcomes[0].succeeded == (fault == "none")

    @rule(seconds=st.sampled_from([1, 2, 3, 86_400, YEAR]))
    def wait(self, seconds):
        boa.env.timestamp += seconds

    @precondition(lambda self: hasattr(self, "ours"))
    @rule(account=anybody, back=st.integers(-1, 10) | st.integers(0, 2 * YEAR))
    def look_back(self, account, back):
        at = boa.env.timestamp - back
        past = self.both("getPastVotes(address,uint256)", account, at)
        total = self.both("getPastTotalSupply(uint256)", at)
        assert past.succeeded == total.succeeded == (back > 0)

    @precondition(lambda self: hasattr(self, "ours"))
    @invariant()
    def present_agrees(self):
        for account in (*VOTERS, OUTSIDER):
            for reader in ("getVotes", "delegates", "nonces"):
                self.both(f"{reader}(address)", account)
        for reader in ("clock()", "CLOCK_MODE()", "eip712Domain()"):
            assert self.both(reader).succeeded


VotesMachine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, derandomize=True
)
TestVotes = VotesMachine.TestCase


def test_delegate__to_zero__is_where_we_differ():
    (token, ours, referee), voter = deploy_sides(), VOTERS[0]
    ours.deposit(token, 400, sender=voter)
    play(referee, "setUnits(address,uint256)", voter, 100)

    for side in (ours, referee):
        assert play(side, "delegate(address)", "0x" + "00" * 20, sender=voter).succeeded

    assert play(ours, "getVotes(address)", voter).values("uint256") == 100
    assert play(referee, "getVotes(address)", voter).values("uint256") == 0
    assert ours.slash(token, voter, 400, CONTROLLER, sender=CONTROLLER) == 400
    assert not play(referee, "setUnits(address,uint256)", voter, 0).succeeded
