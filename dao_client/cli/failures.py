"""Let plug-ins fail the way our own commands do: one line on stderr, exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

from dao_client.errors import TesseraError
from ipfs_store import IpfsStoreError

EXPECTED = (TesseraError, IpfsStoreError, OSError)
"""What a command may raise: it becomes one line. Anything else is a fault of ours."""


class CommandFailed(TesseraError):
    """A command of another package failed; the text is that package's own."""


@contextmanager
def failing_on(*errors: type[Exception]) -> Iterator[None]:
    """Turn the errors of another package into one that `tessera` prints without a traceback."""
    try:
        yield
    except errors as error:
        raise CommandFailed(str(error)) from error
