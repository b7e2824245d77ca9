"""Our Timelock and a referee's at the same address, each on a chain of its own.

Operations may call the timelock itself, so that its address is part of their ids: with one address
for both, every byte that comes back can be compared as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import boa
from boa.environment import Env

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy
from tests.contracts.differential.playing import Outcome, deploy_referee, play
from tests.contracts.timelock.operations import MIN_DELAY

DEPLOYER = "0x" + "de" * 20
START = 1_900_000_000
WEALTH = 10**6


@dataclass(frozen=True)
class Cast:
    """Who plays."""

    governor: str
    executor: str
    admin: str
    stranger: str


@dataclass(frozen=True)
class Chain:
    """One of the two."""

    env: Env
    timelock: str
    target: str


class Sides:
    """Both chains, in step."""

    def __init__(self, referee: str, delays: Sequence[int] = ()) -> None:
        self.delays = delays
        self.cast = Cast(*map(account_of, ("governor", "executor", "admin", "stranger")))
        self.chains = [self._open(None), self._open(referee)]
        ours, theirs = self.chains
        assert (ours.timelock, ours.target) == (theirs.timelock, theirs.target)
        self.timelock, self.target = ours.timelock, ours.target
        self.now = START

    def play(self, function: str, *args: Any, to: str | None = None, **terms: Any) -> Outcome:
        """Send the same call to both; return what came of it, which must be the same."""
        ours, theirs = (
            self._play_on(chain, to or self.timelock, function, *args, **terms)
            for chain in self.chains
        )
        assert ours == theirs, function
        return ours

    def send(self, data: bytes, sender: str, value: int) -> None:
        """Send raw bytes to both."""
        results = []
        for chain in self.chains:
            with boa.swap_env(chain.env):
                done = boa.env.execute_code(self.timelock, sender, value=value, data=data)
                results.append((done.is_success, done.output, done.get_raw_log_entries()))
        assert results[0] == results[1], data

    def travel_to(self, timestamp: int) -> None:
        """Move both clocks."""
        self.now = timestamp
        for chain in self.chains:
            chain.env.timestamp = timestamp

    def balances(self, *accounts: str) -> list[int]:
        """Return what the accounts own, on both sides the same."""
        ours, theirs = ([chain.env.get_balance(each) for each in accounts] for chain in self.chains)
        assert ours == theirs
        return ours

    def _open(self, referee: str | None) -> Chain:
        env, cast = Env(), self.cast
        env.timestamp = START
        args = (MIN_DELAY, [cast.governor], [cast.governor, cast.executor], cast.admin)
        with boa.swap_env(env), env.prank(DEPLOYER):
            target = str(deploy("mocks/CallTarget").address)
            timelock = (
                deploy_referee(referee, *args)
                if referee
                else str(deploy("Timelock", *args).address)
            )
            for account in (cast.governor, cast.executor, cast.stranger):
                env.set_balance(account, WEALTH)
        return Chain(env, timelock, target)

    @staticmethod
    def _play_on(chain: Chain, to: str, function: str, *args: Any, **terms: Any) -> Outcome:
        with boa.swap_env(chain.env):
            return play(to, function, *args, **terms)
