"""Random calls to both governors; whatever comes of one must come of the other."""

from typing import Any

from hypothesis import event, note, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.contracts.differential.governor_calls import (
    SETTERS,
    ballot_of,
    numbers,
    places,
    proposal_of,
    shapes,
    signature_of,
    texts,
)
from tests.contracts.differential.governor_sides import Rules, sides_of
from tests.contracts.differential.playing import Outcome
from tests.contracts.governor.world import GRACE, Proposal
from tests.system import DAY, TES

HASHED = "(address[],uint256[],bytes[],bytes32)"
READERS = ["state", "proposalVotes", "proposalSnapshot", "proposalDeadline", "proposalEta"]
READERS += ["proposalProposer", "proposalNeedsQueuing"]
SETTINGS = ["votingDelay", "votingPeriod", "proposalThreshold", "lateQuorumVoteExtension"]
SETTINGS += ["quorumNumerator", "proposalGuardian", "timelock"]
UNITS = [0, 1, 4_999, 5_000, 19_999, 20_000, 60_000, 300_000]
MOMENTS = [0, 1, 1, 1, 2, -1, DAY]


class NumberMachine(RuleBasedStateMachine):
    """Keeps the proposals that were tried; the two sides keep the rest."""

    compared = Rules()
    is_critical = False
    supports = (0, 1, 1, 1, 2, 3)

    def __init__(self) -> None:
        super().__init__()
        self.sides = sides_of(self.compared)
        self.undoing = self.sides.undone()
        self.undoing.__enter__()
        self.proposals: list[Proposal] = []

    @initialize(powers=st.lists(st.sampled_from(UNITS), min_size=4, max_size=4))
    def stake(self, powers: list[int]) -> None:
        """Give the voters power a second before anything happens."""
        for voter, units in zip(self.sides.voters, [60_000, *powers[1:]], strict=True):
            self._set_units(voter, units)
        self._travel_to(self.sides.now + 1)

    @rule(
        made=st.lists(shapes, max_size=3),
        why=texts,
        mark=st.sampled_from(["", "", "", "own", "other", "short", "upper", "late"]),
        column=st.integers(0, 20),
        voter=numbers,
    )
    def propose(self, made: list[Any], why: str, mark: str, column: int, voter: int) -> None:
        """Propose something new, now and then badly."""
        sender = self._voter(voter if voter > 7 else 0)
        proposal = self._proposal(made, why + self._mark(mark, sender))
        call: list[Any] = list(proposal.call)
        if column < 3:
            call[column] = call[column][1:]
        outcome = self._play("propose(address[],uint256[],bytes[],string)", *call, sender=sender)
        if outcome.succeeded and column >= 3:
            assert outcome.values("uint256") == proposal.id
        if column >= 3:
            self.proposals.append(proposal)
        event(f"propose: {kind_of(outcome)}")

    @rule(
        made=st.lists(shapes, min_size=1, max_size=3),
        why=texts,
        votes=st.lists(places),
        value=numbers,
    )
    def live(self, made: list[Any], why: str, votes: list[int], value: int) -> None:
        """Take a proposal from its beginning to its end."""
        proposal = self._proposal(made, f"{why} {len(self.proposals)}")
        self.proposals.append(proposal)
        self._play(
            "propose(address[],uint256[],bytes[],string)", *proposal.call, sender=self._voter(0)
        )
        self._wait_for("proposalSnapshot", proposal, 1)
        self._vote(proposal, 0, 1, 9)
        for voter, vote in enumerate(votes[:3]):
            self._vote(proposal, voter + 1, self.supports[vote % 5], vote)
        self._wait_for("proposalDeadline", proposal, 1)
        self._play(f"queue{HASHED}", *proposal.hashed, sender=self.sides.stranger)
        self._wait_for("proposalEta", proposal, value % 2)
        terms = {"sender": self._voter(1), "value": value * 40}
        outcome = self._play(f"execute{HASHED}", *proposal.hashed, **terms)
        event(f"live: {kind_of(outcome)}")
        self._compare(proposal)

    @precondition(lambda self: self.proposals)
    @rule(place=places, voter=numbers, support=places, how=places)
    def vote(self, place: int, voter: int, support: int, how: int) -> None:
        """Vote on something, most often in time."""
        proposal = self._pick(place)
        if place % 3:
            self._wait_for(
                ["proposalSnapshot", "proposalDeadline"][place % 5 == 0], proposal, place
            )
        self._vote(proposal, voter, self.supports[support % len(self.supports)], how)
        self._compare(proposal)

    @precondition(lambda self: self.proposals)
    @rule(place=places, step=st.sampled_from(["queue", "execute", "cancel"]), sender=numbers)
    def step(self, place: int, step: str, sender: int) -> None:
        """Move something on, whatever became of it."""
        proposal = self._pick(place)
        if place % 3 and step == "queue":
            self._wait_for("proposalDeadline", proposal, place)
        if place % 3 and step == "execute":
            self._wait_for("proposalEta", proposal, place)
        account = [self.sides.guardian, self.sides.stranger, *self.sides.voters][sender % 6]
        outcome = self._play(f"{step}{HASHED}", *proposal.hashed, sender=account)
        event(f"{step}: {kind_of(outcome)}")
        self._compare(proposal)

    @rule(setter=st.sampled_from(SETTERS), place=places, data=st.binary(max_size=5))
    def meddle(self, setter: str, place: int, data: bytes) -> None:
        """Govern without a vote; send ether; change power."""
        sender = [self.sides.stranger, self.sides.places.timelock][place % 2]
        self._play(setter, place, sender=sender)
        self._play("relay(address,uint256,bytes)", sender, 0, data, sender=sender)
        self.sides.send(data, place % 2)
        self._set_units(self._voter(place % 7), UNITS[place % len(UNITS)])

    @rule(days=st.sampled_from([0, 1, 3, 10, 20]))
    def idle(self, days: int) -> None:
        """Let time pass."""
        self._travel_to(self.sides.now + days * DAY + 1)

    @invariant()
    def same_settings(self) -> None:
        """Votes changed the same settings."""
        for reader in SETTINGS:
            self.sides.play(f"{reader}()")

    def teardown(self) -> None:
        """Compare everything once more."""
        try:
            self._compare_all()
        finally:
            self.undoing.__exit__(None, None, None)

    def _compare_all(self) -> None:
        for proposal in self.proposals:
            self._compare(proposal)
        for moment in (self.sides.now - 1, self.sides.now - 9 * DAY, self.sides.now, 0):
            self.sides.play("quorum(uint256)", moment)
            self.sides.play("quorumNumerator(uint256)", moment)
            self.sides.play("getVotes(address,uint256)", self._voter(0), moment)

    def _vote(self, proposal: Proposal, voter: int, support: int, how: int) -> None:
        """Vote in one of the five ways."""
        account, way = self._voter(voter), how % 5
        terms = {"sender": account}
        if way in (0, 1):
            outcome = self._play("castVote(uint256,uint8)", proposal.id, support, **terms)
        elif way == 2:
            call = "castVoteWithReason(uint256,uint8,string)"
            outcome = self._play(call, proposal.id, support, "Därum", **terms)
        elif way == 3:
            call = "castVoteWithReasonAndParams(uint256,uint8,string,bytes)"
            outcome = self._play(call, proposal.id, support, "why", bytes(how % 4), **terms)
        else:
            outcome = self._vote_by_signature(proposal, voter, support, how)
        event(f"vote: {kind_of(outcome)}")

    def _vote_by_signature(self, proposal: Proposal, voter: int, support: int, how: int) -> Outcome:
        """Let a stranger bring a ballot, sometimes a wrong one."""
        account, key = self._voter(voter), self.sides.keys[voter % 4]
        nonce = self.sides.play("nonces(address)", account).values("uint256") + (how == 4)
        more = {"reason": "gründlich", "params": bytes(how % 3)} if how % 2 else {}
        ballot = ballot_of(self.sides, proposal.id, support, account, nonce, more)
        signature = signature_of(key, ballot, how % 40 // 4)
        if voter % 4 == 3 and len(signature) > 65:
            signature = signature[:65]  # the wallet of the mocks takes no more
        kinds, args = ("", ()) if not more else ("string,bytes,", (more["reason"], more["params"]))
        name = "castVoteWithReasonAndParamsBySig" if more else "castVoteBySig"
        call = f"{name}(uint256,uint8,address,{kinds}bytes)"
        terms = (proposal.id, support, account, *args, signature)
        return self._play(call, *terms, sender=self.sides.stranger)

    def _compare(self, proposal: Proposal) -> None:
        for reader in READERS:
            self.sides.play(f"{reader}(uint256)", proposal.id)
        for voter in self.sides.voters:
            self.sides.play("hasVoted(uint256,address)", proposal.id, voter)
        for reader in ("hashProposal", "getProposalId"):
            assert self.sides.play(reader + HASHED, *proposal.hashed).succeeded

    def _play(self, function: str, *args: Any, **terms: Any) -> Outcome:
        note(f"{function} {args} {terms} at {self.sides.now}")
        return self.sides.play(function, *args, **terms)

    def _voter(self, number: int) -> str:
        return self.sides.voters[number % 4]

    def _set_units(self, voter: str, units: int) -> None:
        votes = self.sides.places.votes
        self.sides.play("setUnits(address,uint256)", voter, units * TES, to=votes)

    def _proposal(self, made: list[Any], why: str) -> Proposal:
        """Make a proposal; past the bounds only where the referee has them."""
        if self.compared.governor == "ReferenceGovernor":
            made = [(shape, max(how, 1), place) for shape, how, place in made]
        return proposal_of(self.sides, made, why, self.is_critical)

    def _pick(self, place: int) -> Proposal:
        return self.proposals[-1 - place % min(len(self.proposals), 4)]

    def _mark(self, mark: str, sender: str) -> str:
        """End a description with a proposer, or nearly so."""
        return {
            "own": f"#proposer={sender.lower()}",
            "other": f"#proposer={self.sides.stranger}",
            "short": f"#proposer={self.sides.stranger[:-1]}",
            "upper": f"#proposer=0x{self.sides.stranger[2:].upper()}",
            "late": f"#proposer={self.sides.stranger} ",
        }.get(mark, "")

    def _wait_for(self, reader: str, proposal: Proposal, place: int) -> None:
        """Go to about the moment that a reader names."""
        moment = self.sides.play(f"{reader}(uint256)", proposal.id).values("uint256")
        if moment:
            self._travel_to(max(self.sides.now, moment + MOMENTS[place % len(MOMENTS)]))

    def _travel_to(self, moment: int) -> None:
        """Never pass a grace where the referee knows none."""
        if self.compared.timelock == "ReferenceTimelock":
            etas = [
                self.sides.play("proposalEta(uint256)", each.id).values("uint256")
                for each in self.proposals
            ]
            moment = min([moment, *(eta + GRACE for eta in etas if eta)])
        self.sides.travel_to(max(moment, self.sides.now))


class CriticalMachine(NumberMachine):
    """Everything else; with equal houses, seven days and nobody against, the rules are the same."""

    compared = Rules(delay=7 * DAY, has_equal_houses=True)
    is_critical = True
    supports = (1, 1, 1, 1, 2, 3)


class PlainMachine(NumberMachine):
    """The numbers once more, against OpenZeppelin's contracts without our bounds and our grace."""

    compared = Rules(governor="ReferenceGovernor", timelock="ReferenceTimelock")


def kind_of(outcome: Outcome) -> str:
    """Say roughly what came of a call, for Hypothesis' statistics."""
    return "works" if outcome.succeeded else outcome.returned[:4].hex() or "no reason"
