"""Measure a proposal from its making to its execution, ours and OpenZeppelin's side by side.

Both Governors count the votes of the same `Staking`; they get the same transactions at the same
times on the same node, one second apart.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from dao_client.contracts import Call
from dao_client.keys import LocalSigner
from dao_client.types import Wei

from .chambers import Chamber, our_chamber, reference_chamber
from .motion import Motion
from .opening import Gas
from .snapshot import THEIRS
from .stage import DEPLOYER, HOUR, START, Stage, open_stage

TES = 10**18
PROPOSER, FIRST, LATER, SIGNER, MAJORITY, LAST, RELAYER = (
    LocalSigner.from_mnemonic(place) for place in range(1, 8)
)
STAKES: Mapping[LocalSigner, int] = {
    PROPOSER: 1_000_000 * TES,
    FIRST: 100_000 * TES,
    LATER: 100_000 * TES,
    SIGNER: 100_000 * TES,
    MAJORITY: 20_000_000 * TES,
    LAST: 100_000 * TES,
}
"""Before the majority's vote there is no quorum, with it there is: 2 % of 100 million in supply."""
OURS = "ours"

Act = Callable[[Motion], Call]


def measure_governing(kind: str, folder: Path, *, beside: bool) -> dict[str, Gas]:
    """Return the gas of each step by whose Governor it is; `beside` brings OpenZeppelin's."""
    with open_stage(kind, folder) as stage:
        _stake(stage)
        chambers = {OURS: our_chamber(stage.system, DEPLOYER)}
        if beside:
            chambers[THEIRS] = reference_chamber(stage.system, DEPLOYER)
        stage.go_to(START + HOUR)
        house = _House(stage, chambers)
        _play(house)
        return house.gas


class _House:
    """Every chamber takes one step before any takes the next."""

    def __init__(self, stage: Stage, chambers: Mapping[str, Chamber]) -> None:
        self.gas: dict[str, Gas] = {name: {} for name in chambers}
        self._stage = stage
        self._chambers = chambers
        self.motions = [motion for each in chambers.values() for motion in (each.number, each.call)]

    def number(self, step: str, signer: LocalSigner, act: Act) -> None:
        """Measure a step of the proposals that set a number."""
        self._take(step, signer, act, {name: each.number for name, each in self._each()})

    def call(self, step: str, signer: LocalSigner, act: Act) -> None:
        """Measure a step of the proposals that call a contract."""
        self._take(step, signer, act, {name: each.call for name, each in self._each()})

    def houses(self, step: str, signer: LocalSigner, act: Act) -> None:
        """Measure a step that takes our second house too; OpenZeppelin's is not its like."""
        self.call(step, signer, act)
        self.gas.get(THEIRS, {}).pop(step, None)

    def wait_for(self, moment: Callable[[Motion], int]) -> None:
        """Let time pass until this has come for every proposal."""
        self._stage.go_to(max(moment(each) for each in self.motions) + HOUR)

    def _each(self) -> Iterable[tuple[str, Chamber]]:
        return self._chambers.items()

    def _take(
        self, step: str, signer: LocalSigner, act: Act, motions: Mapping[str, Motion]
    ) -> None:
        for name, motion in motions.items():
            self.gas[name][step] = self._stage.spend(signer, act(motion))


def _stake(stage: Stage) -> None:
    system = stage.system
    for signer, amount in STAKES.items():
        stage.spend(DEPLOYER, system.work_token.transfer(signer.address, Wei(amount)))
        stage.spend(signer, system.work_token.approve(system.staking.address, Wei(amount)))
        stage.spend(signer, system.staking.deposit(system.work_token.address, Wei(amount)))


def _play(house: _House) -> None:
    house.number("propose", PROPOSER, Motion.propose)
    house.houses("propose_two_houses", PROPOSER, Motion.propose)
    house.wait_for(Motion.snapshot)
    house.number("cast_vote_first", FIRST, Motion.vote)
    house.number("cast_vote", LATER, Motion.vote)
    house.number("cast_vote_by_sig", RELAYER, lambda motion: motion.vote_signed(SIGNER))
    house.number("cast_vote_quorum", MAJORITY, Motion.vote)
    house.number("cast_vote_after_quorum", LAST, Motion.vote)
    house.houses("cast_vote_two_houses_first", MAJORITY, Motion.vote)
    house.houses("cast_vote_two_houses", LATER, Motion.vote)
    house.wait_for(Motion.deadline)
    house.number("queue", RELAYER, Motion.queue)
    house.houses("queue_two_houses", RELAYER, Motion.queue)
    house.wait_for(Motion.eta)
    house.call("execute", RELAYER, Motion.execute)
    house.number("execute_parameter", RELAYER, Motion.execute)
    assert all(each.is_executed() for each in house.motions)
