"""Everything that can go wrong in an operator's program.

OracleError (a TesseraError)
├── AggregationRefused   the answers or parameters are outside what a method is proven for
├── EvidenceMissing      a block of the evidence is not in the store (yet)
│   └── EvidenceDamaged  it is there, with other bytes
├── SnapshotRefused      the chain or a document contradicts what the snapshot says
├── VerdictRefused       the sanity gate holds a computed verdict back
├── AlreadySigned        another verdict was signed for this task before
├── SignaturesDamaged    the file of an own signature cannot be read
├── PeerRefused          a peer's signature is not for the roots computed here
├── PeerUnreachable      a peer does not answer
├── SettingsRefused      the environment lacks a setting or holds a wrong one
├── NotDue               a task is not in the phase that a question is about
├── StillComputing       an answer is on its way, ask again
├── NothingPosted        there is no verdict on chain to compare with
├── NothingToExplain     there is no such item, or no label for it (yet)
├── CrowdFileRefused     a file or table of answers cannot be read
└── ClusterUnreachable   no Dask scheduler answers
"""

from dao_client.errors import TesseraError


class OracleError(TesseraError):
    """Say what was wrong, with which value, and what to do."""


class AggregationRefused(OracleError):
    """The answers or parameters are outside what a method is proven for."""


class EvidenceMissing(OracleError):
    """A block of the evidence, `cid`, is not in the store (yet)."""

    def __init__(self, message: str, cid: str) -> None:
        super().__init__(message)
        self.cid = cid


class EvidenceDamaged(EvidenceMissing):
    """A block of the evidence is there, with other bytes than its CID names."""


class SnapshotRefused(OracleError):
    """The chain or a document contradicts what the snapshot says."""


class VerdictRefused(OracleError):
    """The sanity gate holds a computed verdict back."""


class AlreadySigned(OracleError):
    """Another verdict was signed for this task before."""


class SignaturesDamaged(OracleError):
    """The file of an own signature cannot be read."""


class PeerRefused(OracleError):
    """A peer's signature is not for the roots computed here."""


class PeerUnreachable(OracleError):
    """A peer does not answer."""


class SettingsRefused(OracleError):
    """The environment lacks a setting or holds a wrong one."""


class NotDue(OracleError):
    """A task is not in the phase that a question is about."""


class StillComputing(OracleError):
    """An answer is on its way, ask again."""


class NothingPosted(OracleError):
    """There is no verdict on chain to compare with."""


class NothingToExplain(OracleError):
    """There is no such item, or no label for it (yet)."""


class CrowdFileRefused(OracleError):
    """A file or table of answers cannot be read."""


class ClusterUnreachable(OracleError):
    """No Dask scheduler answers."""
