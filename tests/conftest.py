"""Rules for every test: exactly one marker, and unit tests stay inside the process."""

import os
import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: nothing generated fails for the time it takes. Nor does a
# message of seven words, whose first, deliberately small tries Hypothesis counts as too large.
TOLERATED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile("home", deadline=None, suppress_health_check=TOLERATED)
# CI judges a change by the same examples each time; people at home look for new ones.
settings.register_profile("ci", settings.get_profile("home"), derandomize=True)
settings.load_profile("ci" if "CI" in os.environ else "home")

KINDS = {"unit", "chain", "integration", "e2e"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        kinds = KINDS & {mark.name for mark in item.iter_markers()}
        if len(kinds) != 1:
            raise pytest.UsageError(
                f"{item.nodeid} has the markers {sorted(kinds)}; give it one of {sorted(KINDS)}"
            )


@pytest.fixture(autouse=True)
def _closed_network(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Refuse every connection of a unit test."""
    if request.node.get_closest_marker("unit") is None:
        yield
        return

    def refuse(_: socket.socket, address: object) -> NoReturn:
        raise AssertionError(f"a unit test connected to {address}; mark it integration")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield
