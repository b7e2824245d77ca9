"""The folder against kill -9 and a full disk, with real processes."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ipfs_store import Cid, FolderStore, StoreFull, cid_of

pytestmark = pytest.mark.integration

WRITER = """
import itertools, sys
from ipfs_store import FolderStore
store = FolderStore(sys.argv[1])
for number in itertools.count(int(sys.argv[2])):
    print(store.put_block(b"%d " % number * 100_000), flush=True)
"""
FULL_DISK = """
import resource, sys
from ipfs_store import FolderStore, StoreFull
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    FolderStore(sys.argv[1]).put_block(bytes(1_000_000))
except StoreFull as error:
    sys.exit(str(error))
"""


def killed_after_a_moment(folder: Path, first: int, moment: float) -> list[Cid]:
    """Run a writer, kill it, give the CIDs that it was told are stored."""
    writer = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WRITER, str(folder), str(first)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    told = [Cid(writer.stdout.readline().strip())]
    time.sleep(moment)
    writer.kill()
    told += [Cid(line.strip()) for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    writer.stdout.close()
    return told


def test_put_block__writer_killed_again_and_again__every_block_is_whole(tmp_path):
    moments, told = random.Random(0), []

    for round_number in range(8):
        told += killed_after_a_moment(tmp_path, round_number * 1_000_000, moments.random() / 10)

    store = FolderStore(tmp_path)
    found = [Cid(file.name) for file in tmp_path.glob("??/*")]
    assert len(told) > 8
    assert set(told) <= set(found)
    assert all(store.get_block(cid) for cid in found)


def test_put_block__disk_full__tells_and_leaves_no_block(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FULL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert f"no room in folder {tmp_path}" in ended.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.fixture
def tiny_disk(tmp_path: Path):
    """Mount a disk of 1 MiB; needs the right to mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"cannot mount a disk here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_put_block__real_disk_full__tells_and_keeps_what_was_there(tiny_disk):
    store = FolderStore(tiny_disk / "store")
    kept = store.put_block(b"a" * 600_000)

    with pytest.raises(StoreFull, match="No space left on device"):
        store.put_block(b"b" * 600_000)

    assert store.get_block(kept) == b"a" * 600_000
    assert not store.has(cid_of(b"b" * 600_000))
    assert list((tiny_disk / "store" / "incoming").iterdir()) == []
