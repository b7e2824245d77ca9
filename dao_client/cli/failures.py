"""What a command may raise: it becomes one line on stderr and exit code 1."""

from dao_client.errors import TesseraError
from ipfs_store import IpfsStoreError

EXPECTED = (TesseraError, IpfsStoreError, OSError)
"""Anything else is a fault of ours and shows its traceback."""
