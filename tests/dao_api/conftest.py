"""A gateway over a fake chain, fresh for each test."""

from pathlib import Path

import pytest

from tests.dao_api.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)
