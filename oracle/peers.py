"""Ask the other operators for their signatures; take only those on the verdict computed here."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Protocol

import httpx
import structlog

from dao_client.canonical import from_canonical
from dao_client.errors import MalformedDocument, SignatureRefused
from dao_client.messages import Domain, recover, verdict_digest
from dao_client.types import EVERYTHING_BPS, Address, TaskId, Verdict, Wei
from dao_client.unreachable import UNREACHABLE

from .errors import PeerRefused, PeerUnreachable
from .signatures import SignedVerdict, from_json

_log = structlog.get_logger(__name__)


class Peer(Protocol):
    """Another operator."""

    @property
    def name(self) -> str:
        """How logs call the peer."""

    def signed(self, chain_id: int, task_id: TaskId) -> SignedVerdict | None:
        """Return what the peer signed for a task, if anything yet; raise `PeerUnreachable`."""


class HttpPeer:
    """An operator behind an HTTP address."""

    def __init__(
        self, url: str, *, timeout: float = 5.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.name = url
        self._url = url.rstrip("/")
        self._client = httpx.Client(timeout=timeout, transport=transport)

    def signed(self, chain_id: int, task_id: TaskId) -> SignedVerdict | None:
        """Return what the peer signed for a task."""
        try:
            response = self._client.get(f"{self._url}/verdicts/{chain_id}/{task_id}")
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            response.raise_for_status()
            return from_json(from_canonical(response.content))
        except UNREACHABLE as error:
            raise PeerUnreachable(f"operator {self.name} does not answer: {error}") from error
        except (MalformedDocument, ValueError, KeyError, TypeError) as error:
            raise PeerUnreachable(f"operator {self.name} sends no verdict: {error!r}") from error


def gather(
    peers: Sequence[Peer], own: SignedVerdict, domain: Domain, operators: Mapping[Address, Wei]
) -> dict[Address, bytes]:
    """Collect signatures on exactly `own.verdict`; log why each other one is left out."""
    found = {own.operator: own.signature} if own.operator in operators else {}
    for peer in peers:
        try:
            theirs = peer.signed(domain.chain_id, own.verdict.task_id)
            if theirs is not None:
                found[check_signature(theirs, own.verdict, domain, operators)] = theirs.signature
        except PeerUnreachable as error:
            _log.warning("peer unreachable", peer=peer.name, error=str(error))
        except PeerRefused as error:
            _log.error("peer refused", peer=peer.name, error=str(error))
    return found


def check_signature(
    theirs: SignedVerdict, verdict: Verdict, domain: Domain, operators: Mapping[Address, Wei]
) -> Address:
    """Return whose signature it is; refuse other verdicts, strangers and forgeries."""
    differing = [
        field.name
        for field in fields(Verdict)
        if getattr(theirs.verdict, field.name) != getattr(verdict, field.name)
    ]
    if differing:
        raise PeerRefused(
            f"operator {theirs.operator} signed another {', '.join(differing)} for task "
            f"{verdict.task_id}: not counted, one of the two is wrong"
        )
    try:
        signer = recover(verdict_digest(verdict, domain), theirs.signature)
    except SignatureRefused as error:
        raise PeerRefused(f"signature shown for {theirs.operator} is none: {error}") from error
    if signer not in operators:
        raise PeerRefused(f"{signer} signed task {verdict.task_id} but is no active operator")
    return signer


def has_quorum(
    signers: Mapping[Address, bytes], operators: Mapping[Address, Wei], quorum_bps: int
) -> bool:
    """Tell whether the share of the operators' stake that the DAO voted has signed."""
    signed = sum(operators[signer] for signer in signers)
    return signed > 0 and EVERYTHING_BPS * signed >= quorum_bps * sum(operators.values())
