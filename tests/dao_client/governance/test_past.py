"""A past block in place of the latest."""

import pytest

from dao_client.deployment import System
from dao_client.governance.past import system_at
from tests.dao_client.governance.fake_system import fake_system

pytestmark = pytest.mark.unit


def asked(system: System) -> list[object]:
    rpc = system.chain.rpc
    tags = [params[1] for method, params in rpc.asked if method == "eth_call"]
    rpc.asked.clear()
    return tags


def test_system_at__every_read__is_of_that_block() -> None:
    system = fake_system({"Governor.votingDelay": 5, "Timelock.getMinDelay": 6})

    past = system_at(system, 300)

    assert (past.governor.voting_delay(), past.timelock.min_delay()) == (5, 6)
    assert set(asked(system)) == {"0x12c"}
    assert past.chain.rpc.url == system.chain.rpc.url
    assert (past.chain.clock(), system.governor.voting_delay()) == (system.chain.clock(), 5)
    assert asked(system) == ["latest"]
