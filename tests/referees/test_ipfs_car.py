"""npm `ipfs-car` gives the same roots for the same files, and reads our CARs as we read its."""

import random
import subprocess
from pathlib import Path

import pytest

from ipfs_store import FolderStore, import_car, pack_file, read_file
from tests.referees.asking import NODE

pytestmark = pytest.mark.integration

IPFS_CAR = Path(__file__).parents[2] / "tools" / "referees" / "node_modules" / "ipfs-car" / "bin.js"
MIB = 1 << 20
SIZES = pytest.mark.parametrize("size", [0, 1, MIB, MIB + 1, 50_000_000])


def ipfs_car(*arguments: str | Path) -> str:
    """Run the referee; give what it prints."""
    run = subprocess.run([NODE, IPFS_CAR, *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.fixture
def source(tmp_path: Path, size: int) -> Path:
    (tmp_path / "source").write_bytes(random.Random(size).randbytes(size))
    return tmp_path / "source"


@SIZES
def test_pack_file__beside_ipfs_car__gives_the_same_root_and_bytes(source, tmp_path):
    theirs = ipfs_car("pack", "--no-wrap", source, "--output", tmp_path / "theirs.car")

    with source.open("rb") as stream, (tmp_path / "ours.car").open("wb") as car:
        ours = pack_file(stream, car)

    assert ours == theirs
    assert (tmp_path / "ours.car").read_bytes() == (tmp_path / "theirs.car").read_bytes()


@SIZES
def test_import_car__packed_by_ipfs_car__gives_the_file(source, tmp_path):
    root = ipfs_car("pack", "--no-wrap", source, "--output", tmp_path / "theirs.car")
    store = FolderStore(tmp_path / "store")

    with (tmp_path / "theirs.car").open("rb") as car:
        roots = import_car(store, car)

    assert roots == (root,)
    assert b"".join(read_file(store, roots[0])) == source.read_bytes()


@SIZES
def test_ipfs_car__unpacks_ours__gives_the_file(source, tmp_path):
    with source.open("rb") as stream, (tmp_path / "ours.car").open("wb") as car:
        root = pack_file(stream, car)

    ipfs_car("unpack", tmp_path / "ours.car", "--output", tmp_path / "out")

    assert ipfs_car("roots", tmp_path / "ours.car") == root
    assert (tmp_path / "out").read_bytes() == source.read_bytes()
