"""Rules for every test: exactly one marker, and unit tests stay inside the process."""

import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: nothing generated fails for the time it takes.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

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
