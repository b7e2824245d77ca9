"""Stores and files that the tests of this package share."""

import random
from pathlib import Path

import pytest

from ipfs_store import FolderStore


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def three_leaves() -> bytes:
    """Give a file of two whole leaves and a bit."""
    return random.Random(3).randbytes((2 << 20) + 7)
