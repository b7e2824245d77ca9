"""Our Governor with our Timelock, and OpenZeppelin's with theirs, each on a chain of its own.

Everything is at the same address on both, so that ids, signatures and logs can be compared as
they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any

import boa
from boa.environment import Env
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from tests.contracts.conftest import account_of
from tests.contracts.deploying import deploy, predict_addresses
from tests.contracts.differential.playing import Outcome, deploy_referee, play
from tests.contracts.governor.world import NOBODY, SETTINGS, TIMELOCK_DELAY
from tests.system import METHOD, TES, ParameterValues

DEPLOYER = "0x" + "de" * 20
START = 1_900_000_000
SUPPLY = 1_000_000 * TES
TERM = 2 * 365 * 86_400
WORKER_VOTE_CAST = keccak(text="WorkerVoteCast(address,uint256,uint8,uint256)")


@dataclass(frozen=True)
class Rules:
    """Which referees, and what makes ours comparable for a class of proposals."""

    governor: str = "BoundedGovernor"
    timelock: str = "BoundedTimelock"
    delay: int = TIMELOCK_DELAY
    # The second house has the votes of the first: both decide alike.
    has_equal_houses: bool = False


@dataclass(frozen=True)
class Places:
    """Where everything is, on both chains."""

    votes: str
    work_token: str
    target: str
    wallet: str
    escrow: str
    timelock: str
    governor: str
    parameters: str
    house: str


@cache
def sides_of(rules: Rules) -> "Sides":
    """Deploy both sides once."""
    return Sides(rules)


class Sides:
    """Both chains, in step."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.guardian, self.stranger = account_of("guardian"), account_of("stranger")
        self.keys: list[LocalAccount] = [
            Account.from_key(keccak(text=f"voter {number}")) for number in range(4)
        ]
        self.now = START
        self.chains: list[Env] = []
        for is_ours in (True, False):
            env = Env()
            env.timestamp = START
            with boa.swap_env(env), env.prank(DEPLOYER):
                self.places = self._deploy(is_ours)
                for key in self.keys:
                    env.set_balance(key.address, 10**6)
            self.chains.append(env)

    @property
    def voters(self) -> list[str]:
        """Three keys and a contract that signs with the fourth."""
        return [*(key.address for key in self.keys[:3]), self.places.wallet]

    def play(self, function: str, *args: Any, to: str | None = None, **terms: Any) -> Outcome:
        """Send the same call to both; return what came of it, which must be the same."""
        outcomes = []
        for env in self.chains:
            with boa.swap_env(env):
                outcomes.append(play(to or self.places.governor, function, *args, **terms))
        ours, theirs = map(_without_workers, outcomes)
        assert ours == theirs, function
        return ours

    def send(self, data: bytes, value: int) -> None:
        """Send raw bytes to both."""
        results = []
        for env in self.chains:
            with boa.swap_env(env):
                done = env.execute_code(
                    self.places.governor, self.keys[0].address, value=value, data=data
                )
                results.append((done.is_success, done.output))
        assert results[0] == results[1], data

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Forget afterwards what happened: one deployment serves many examples."""
        with self.chains[0].anchor(), self.chains[1].anchor():
            yield
        self.travel_to(START)

    def travel_to(self, timestamp: int) -> None:
        """Move both clocks."""
        self.now = timestamp
        for env in self.chains:
            env.timestamp = timestamp

    def _deploy(self, is_ours: bool) -> Places:
        """Deploy one side, from one account, in one order."""
        places = Places(*predict_addresses(9))
        deployed = [deploy_referee("ReferenceVotes")]
        deployed.append(deploy("WorkToken", [(account_of("genesis_holder"), SUPPLY)], NOBODY))
        deployed.append(deploy("mocks/CallTarget"))
        deployed.append(deploy("mocks/ContractWallet", self.keys[3].address))
        deployed.append(deploy("TaskEscrow", self.stranger, self.stranger))
        deployed += self._deploy_government(places, is_ours)
        values = list(astuple(ParameterValues()))
        deployed.append(deploy("Parameters", places.timelock, places.escrow, values, [METHOD]))
        deployed.append(deploy_referee("ReferenceVotes"))
        assert [getattr(each, "address", each) for each in deployed] == list(astuple(places))
        return places

    def _deploy_government(self, places: Places, is_ours: bool) -> list[Any]:
        """Deploy a Timelock and a Governor: the only difference between the two sides."""
        governor, nobody = places.governor, account_of("nobody")
        terms = (self.rules.delay, [governor], [governor], NOBODY)
        if not is_ours:
            votes = (places.votes, places.work_token, places.timelock, self.guardian, SETTINGS)
            return [
                deploy_referee(self.rules.timelock, *terms),
                deploy_referee(self.rules.governor, *votes),
            ]
        house = places.votes if self.rules.has_equal_houses else places.house
        contracts = (places.votes, places.work_token, house, places.timelock, places.parameters)
        return [
            deploy("Timelock", *terms),
            deploy("Governor", (*contracts, nobody, nobody), self.guardian, TERM, SETTINGS),
        ]


def _without_workers(outcome: Outcome) -> Outcome:
    """Leave out our one additional event."""
    kept = tuple(log for log in outcome.logs if log.topics[:1] != (WORKER_VOTE_CAST,))
    return Outcome(outcome.succeeded, outcome.returned, kept)
