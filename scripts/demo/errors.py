"""Errors of the demo.

DemoError
├── CrowdFileError    a CSV file is not a crowd; names file and row
├── SettingsError     CHAIN, STORE, ANSWERS or TRUTH make no sense
├── ProcessDied       a gateway, operator or node ended on its own; carries the end of its log
├── StageFailed       the system refused or took too long
└── MoneyLost         money in is not money out
"""


class DemoError(Exception):
    """Anything that ends a demo early."""


class CrowdFileError(DemoError):
    """A CSV file that is not a crowd."""

    def __init__(self, path: str, row: int, reason: str) -> None:
        super().__init__(f"{path}, row {row}: {reason}")


class SettingsError(DemoError):
    """An option or environment variable that makes no sense."""


class ProcessDied(DemoError):
    """A child process that ended although it was still needed."""


class StageFailed(DemoError):
    """A stage that could not reach its end."""


class MoneyLost(DemoError):
    """A ledger that does not balance to the wei."""
