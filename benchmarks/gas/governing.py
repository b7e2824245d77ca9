"""Measure a proposal from its making to its execution, ours and OpenZeppelin's side by side.

Both Governors count the votes of the same `Staking` and change a `Parameters` of their own, by
the same transactions at the same times on the same node.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from dao_client.contracts import Call
from dao_client.contracts.governor import Support
from dao_client.keys import LocalSigner
from dao_client.types import Wei

from .chambers import Chamber, our_chamber, reference_chamber
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


def measure_governing(kind: str, folder: Path, *, beside: bool) -> dict[str, Gas]:
    """Return the gas of each step by whose Governor it is; `beside` brings OpenZeppelin's."""
    with open_stage(kind, folder) as stage:
        _stake(stage)
        chambers = {OURS: our_chamber(stage.system)}
        if beside:
            chambers[THEIRS] = reference_chamber(stage.system, DEPLOYER)
        stage.go_to(START + HOUR)
        return _play(stage, chambers)


def _stake(stage: Stage) -> None:
    system = stage.system
    for signer, amount in STAKES.items():
        stage.spend(DEPLOYER, system.work_token.transfer(signer.address, Wei(amount)))
        stage.spend(signer, system.work_token.approve(system.staking.address, Wei(amount)))
        stage.spend(signer, system.staking.deposit(system.work_token.address, Wei(amount)))


def _play(stage: Stage, chambers: Mapping[str, Chamber]) -> dict[str, Gas]:
    """Take one step in every chamber before the next; the clock moves for all at once."""
    gas: dict[str, Gas] = {name: {} for name in chambers}

    def step(name: str, signer: LocalSigner, calls: Sequence[Call]) -> None:
        for whose, call in zip(chambers, calls, strict=True):
            gas[whose][name] = stage.spend(signer, call)

    every = list(chambers.values())
    step("propose", PROPOSER, [each.propose() for each in every])
    stage.go_to(max(each.snapshot() for each in every) + HOUR)
    step("cast_vote_first", FIRST, [each.vote(Support.FOR) for each in every])
    step("cast_vote", LATER, [each.vote(Support.FOR) for each in every])
    step("cast_vote_by_sig", RELAYER, [each.vote_signed(SIGNER, Support.FOR) for each in every])
    step("cast_vote_quorum", MAJORITY, [each.vote(Support.FOR) for each in every])
    step("cast_vote_after_quorum", LAST, [each.vote(Support.FOR) for each in every])
    stage.go_to(max(each.deadline() for each in every) + HOUR)
    step("queue", RELAYER, [each.queue() for each in every])
    stage.go_to(max(each.eta() for each in every) + HOUR)
    step("execute", RELAYER, [each.execute() for each in every])
    assert all(each.is_done() for each in every)
    return gas
