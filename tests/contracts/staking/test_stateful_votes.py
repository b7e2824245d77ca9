"""Random stakers against a Python model of the votes, now and at every past second."""

import boa
import pytest
from hypothesis import note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.refusals import refused
from tests.contracts.staking.conftest import deploy_parameters
from tests.contracts.staking.electorate import Electorate, Voter
from tests.contracts.staking.voting import YEAR

pytestmark = pytest.mark.chain

STAKERS = [account_of(f"staker {number}") for number in range(3)]
OUTSIDER = account_of("outsider")
CONTROLLER, TREASURY = account_of("controller"), account_of("treasury")
WEALTH = 10**24
REASONS = st.booleans()

amounts = st.integers(1, 10**21) | st.integers(1, 10)
shares = st.integers(0, 100)
stakers = st.sampled_from(STAKERS)
anybody = st.sampled_from([*STAKERS, OUTSIDER])


class VotingMachine(RuleBasedStateMachine):
    @initialize()
    def set_up(self):
        holder = account_of("genesis_holder")
        self.token = deploy("WorkToken", [(holder, 10 * WEALTH)], holder)
        self.staking = deploy(
            "Staking", self.token, CONTROLLER, TREASURY, deploy_parameters(), OUTSIDER
        )
        self.model = Electorate({each: Voter(each) for each in [*STAKERS, OUTSIDER]})
        for staker in STAKERS:
            self.token.transfer(staker, WEALTH, sender=holder)
            self.token.approve(self.staking, WEALTH, sender=staker)

    @rule(staker=stakers, amount=amounts)
    def deposit(self, staker, amount):
        note(f"deposit {amount}")
        amount = min(amount, self.token.balanceOf(staker))
        self.staking.deposit(self.token, amount, sender=staker)
        self.model.voters[staker].stake += amount

    @rule(staker=stakers, share=shares)
    def unstake(self, staker, share):
        voter = self.model.voters[staker]
        amount = max(voter.free() * share // 100, 1)
        if amount > voter.free():
            reason = "staking: amount exceeds free"
        elif voter.is_locked(boa.env.timestamp):
            reason = "staking: votes are locked"
        else:
            note(f"unstake {amount}")
            self.staking.unstake(self.token, amount, sender=staker)
            voter.stake -= amount
            return
        with refused(reason, lambda: self.staking.vote_terms_of(staker)):
            self.staking.unstake(self.token, amount, sender=staker)

    @rule(staker=stakers, share=shares, is_dispute=REASONS)
    def lock(self, staker, share, is_dispute):
        voter = self.model.voters[staker]
        amount = voter.free() * share // 100
        note(f"lock {amount}")
        self.staking.lock(self.token, staker, amount, is_dispute, sender=CONTROLLER)
        if is_dispute:
            voter.dispute_lock += amount
        else:
            voter.lock += amount

    @rule(staker=stakers, share=st.integers(0, 101), is_dispute=REASONS)
    def unlock(self, staker, share, is_dispute):
        voter = self.model.voters[staker]
        locked = voter.dispute_lock if is_dispute else voter.lock
        if share > 100:
            with refused("staking: amount exceeds lock", lambda: None):
                self.staking.unlock(self.token, staker, locked + 1, is_dispute, sender=CONTROLLER)
            return
        amount = locked * share // 100
        note(f"unlock {amount}")
        self.staking.unlock(self.token, staker, amount, is_dispute, sender=CONTROLLER)
        if is_dispute:
            voter.dispute_lock -= amount
        else:
            voter.lock -= amount

    @rule(staker=stakers, share=shares)
    def slash(self, staker, share):
        voter = self.model.voters[staker]
        amount = voter.stake * share // 100
        note(f"slash {amount}")
        self.staking.slash(self.token, staker, amount, TREASURY, sender=CONTROLLER)
        voter.slash(amount)

    @rule(staker=anybody, share=shares)
    def lock_votes(self, staker, share):
        voter = self.model.voters[staker]
        least = voter.least_lock(boa.env.timestamp)
        seconds = least + (YEAR - least) * share // 100
        note(f"lock votes for {seconds}")
        self.staking.lock_votes(seconds, sender=staker)
        voter.lock_seconds, voter.unlocks_at = seconds, 0

    @rule(staker=anybody)
    def lock_votes_for_less(self, staker):
        voter = self.model.voters[staker]
        seconds = voter.least_lock(boa.env.timestamp) - 1
        reason = "votes: lock would be shorter"
        if seconds == 0:
            reason = "votes: no lock time"
        elif seconds >= voter.lock_seconds:
            reason = "votes: lock would end sooner"
        with refused(reason, lambda: self.staking.vote_terms_of(staker)):
            self.staking.lock_votes(seconds, sender=staker)

    @rule(staker=anybody)
    def unlock_votes(self, staker):
        voter = self.model.voters[staker]
        if not voter.lock_seconds:
            with refused("votes: not locked", lambda: self.staking.vote_terms_of(staker)):
                self.staking.unlock_votes(sender=staker)
            return
        note("unlock votes")
        self.staking.unlock_votes(sender=staker)
        voter.unlocks_at = boa.env.timestamp + voter.lock_seconds
        voter.lock_seconds = 0

    @rule(staker=anybody, delegatee=anybody)
    def delegate(self, staker, delegatee):
        note("delegate")
        self.staking.delegate(delegatee, sender=staker)
        self.model.voters[staker].delegatee = delegatee

    @rule(seconds=st.sampled_from([1, 2, 86_400, YEAR // 2, YEAR]))
    def wait(self, seconds):
        boa.env.timestamp += seconds

    @precondition(lambda self: hasattr(self, "staking"))
    @rule(back=st.integers(1, 3 * 86_400) | st.integers(1, 5) | st.integers(1, 2 * YEAR))
    def look_back(self, back):
        at = boa.env.timestamp - back
        moment = self.model.at(at)
        for account in self.model.voters:
            assert self.staking.getPastVotes(account, at) == moment.votes[account]
            assert self.staking.past_stake(account, at) == moment.stakes[account]
        assert self.staking.getPastTotalSupply(at) == moment.total_votes
        assert self.staking.past_total_stake(at) == moment.total_stake

    @precondition(lambda self: hasattr(self, "staking"))
    @invariant()
    def books_agree(self):
        self.model.record(boa.env.timestamp)
        for account, voter in self.model.voters.items():
            assert self.staking.getVotes(account) == self.model.votes_of(account)
            assert self.staking.stake_of(self.token, account) == voter.stake
            assert self.staking.lock_of(self.token, account) == voter.lock + voter.dispute_lock
            assert self.staking.vote_terms_of(account) == (
                voter.delegatee,
                voter.lock_seconds,
                voter.unlocks_at,
                voter.dispute_lock,
                voter.units(),
            )

    @precondition(lambda self: hasattr(self, "staking"))
    @invariant()
    def checkpoints_tell_the_same_story(self):
        for account in self.model.voters:
            known = [
                (self.staking.checkpoints(account, i), self.staking.stake_checkpoint(account, i))
                for i in range(self.staking.numCheckpoints(account))
            ]
            times = [at for (at, _), _ in known]
            assert times == sorted(set(times))
            for (at, votes), (same, stake) in known:
                moment = self.model.at(at)
                assert (same, votes, stake) == (at, moment.votes[account], moment.stakes[account])


VotingMachine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, derandomize=True
)
TestVoting = VotingMachine.TestCase
