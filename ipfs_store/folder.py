"""Keep blocks as files of a folder: no daemon, safe against kill and power loss."""

import errno
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ipfs_store.cid import Block, Cid, parse_cid, verified
from ipfs_store.errors import BlockMissing, StoreFull, StoreUnreachable
from ipfs_store.store import Store

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LEFTOVER_SECONDS = 3600


class FolderStore(Store):
    """
    Store each block as `<folder>/<two characters>/<cid>`.

    A block is written beside its place, flushed to the disk, then renamed: whoever reads sees all
    of it or nothing. A killed writer leaves at most a file in `incoming`, swept an hour later.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._incoming = self.path / "incoming"
        with self._failures():
            self._incoming.mkdir(parents=True, exist_ok=True)
            self._sweep(time.time() - _LEFTOVER_SECONDS)

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Write what is not here yet, or is here damaged."""
        with self._failures():
            shards = {self._write(block) for block in blocks if not self._holds(block)}
            for shard in shards:
                _flush_folder(shard)

    def get_block(self, cid: Cid) -> bytes:
        """Read a block and verify it."""
        file = self._file(cid)
        with self._failures():
            try:
                data = file.read_bytes()
            except FileNotFoundError as error:
                raise BlockMissing(cid, f"folder {self.path}") from error
        return verified(cid, data, str(file))

    def has(self, cid: Cid) -> bool:
        """Tell whether the file is there."""
        with self._failures():
            return self._file(cid).is_file()

    def pin(self, cid: Cid) -> None:
        """Check that the block is here: a folder clears nothing away."""
        if not self.has(cid):
            raise BlockMissing(cid, f"folder {self.path}")

    def _file(self, cid: Cid) -> Path:
        name = parse_cid(cid)
        return self.path / name[-3:-1] / name

    def _holds(self, block: Block) -> bool:
        try:
            return self._file(block.cid).read_bytes() == block.data
        except FileNotFoundError:
            return False

    def _write(self, block: Block) -> Path:
        file = self._file(block.cid)
        if not file.parent.is_dir():
            file.parent.mkdir(exist_ok=True)
            _flush_folder(self.path)
        handle, incoming = tempfile.mkstemp(dir=self._incoming)
        try:
            with open(handle, "wb") as stream:
                stream.write(block.data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(incoming, file)
        except OSError:
            os.unlink(incoming)
            raise
        return file.parent

    def _sweep(self, before: float) -> None:
        for leftover in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if leftover.stat().st_mtime < before:
                    leftover.unlink()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise StoreFull(
                    f"no room in folder {self.path}: {error}; free space or choose another folder"
                ) from error
            raise StoreUnreachable(
                f"folder:{self.path}", error, "check the path and its permissions"
            ) from error


def _flush_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
