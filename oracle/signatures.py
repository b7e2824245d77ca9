"""Remember on disk what this operator signed, so that it never signs two verdicts for one task.

One JSON file for each task and round, written (temporary file, fsync, rename) before anyone is
shown the signature. A round begins when a dispute strikes a verdict down.

    <folder>/<chain id>/<verdict oracle>/<task id>-<reopened at>.json
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dao_client.messages import Domain
from dao_client.types import Address, Digest, TaskId, Timestamp, Verdict, Wei

from .errors import AlreadySigned, SignaturesDamaged


@dataclass(frozen=True, slots=True)
class SignedVerdict:
    """A verdict, the digest of its document, and one operator's signature on it."""

    operator: Address
    verdict: Verdict
    document: Digest
    signature: bytes


class Signatures:
    """The signatures of one operator for one deployment."""

    def __init__(self, folder: Path, domain: Domain) -> None:
        self._folder = folder / str(domain.chain_id) / domain.verifying_contract
        self._folder.mkdir(parents=True, exist_ok=True)

    def find(self, task_id: TaskId, round_at: Timestamp) -> SignedVerdict | None:
        """Return what was signed for a task in a round."""
        path = self._path(task_id, round_at)
        return _load(path) if path.exists() else None

    def latest(self, task_id: TaskId) -> SignedVerdict | None:
        """Return what was signed for a task in its latest round."""
        rounds = [int(path.stem.split("-")[1]) for path in self._folder.glob(f"{task_id}-*.json")]
        return self.find(task_id, Timestamp(max(rounds))) if rounds else None

    def keep(self, signed: SignedVerdict, round_at: Timestamp) -> None:
        """Write a signature down; refuse a second verdict for the same task and round."""
        task_id = signed.verdict.task_id
        known = self.find(task_id, round_at)
        if known and known.verdict != signed.verdict:
            raise AlreadySigned(
                f"another verdict for task {task_id} was signed before (payouts root "
                f"0x{known.verdict.payouts_root.hex()}): an operator signs once; "
                f"see {self._path(task_id, round_at)}"
            )
        _write_whole(self._path(task_id, round_at), json.dumps(to_json(signed), indent=2) + "\n")

    def _path(self, task_id: TaskId, round_at: Timestamp) -> Path:
        return self._folder / f"{task_id}-{round_at}.json"


def to_json(signed: SignedVerdict) -> dict[str, Any]:
    """Write a signed verdict as operators exchange it."""
    verdict = signed.verdict
    return {
        "operator": signed.operator,
        "verdict": {
            "taskId": str(verdict.task_id),
            "inputDigest": _hex(verdict.input_digest),
            "labelsRoot": _hex(verdict.labels_root),
            "payoutsRoot": _hex(verdict.payouts_root),
            "slashesRoot": _hex(verdict.slashes_root),
            "totalPayout": str(verdict.total_payout),
            "methodHash": _hex(verdict.method_hash),
        },
        "document": _hex(signed.document),
        "signature": _hex(signed.signature),
    }


def from_json(members: Any) -> SignedVerdict:  # noqa: ANN401  # foreign JSON
    """Read a signed verdict; raise ValueError, KeyError or TypeError when it is none."""
    verdict = members["verdict"]
    return SignedVerdict(
        operator=Address(str(members["operator"])),
        verdict=Verdict(
            task_id=TaskId(int(verdict["taskId"])),
            input_digest=_digest(verdict["inputDigest"]),
            labels_root=_digest(verdict["labelsRoot"]),
            payouts_root=_digest(verdict["payoutsRoot"]),
            slashes_root=_digest(verdict["slashesRoot"]),
            total_payout=Wei(int(verdict["totalPayout"])),
            method_hash=_digest(verdict["methodHash"]),
        ),
        document=_digest(members["document"]),
        signature=_bytes(members["signature"]),
    )


def _load(path: Path) -> SignedVerdict:
    try:
        return from_json(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise SignaturesDamaged(
            f"the signature file {path} is damaged ({error!r}): restore it from a backup; deleting "
            "it may make this operator sign a second verdict, which is slashed"
        ) from error


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that after a kill it is there whole or not at all."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def _bytes(text: object) -> bytes:
    if not isinstance(text, str) or not text.startswith("0x"):
        raise ValueError(f"{text!r} is not 0x-hex")
    return bytes.fromhex(text[2:])


def _digest(text: object) -> Digest:
    value = _bytes(text)
    if len(value) != 32:
        raise ValueError(f"{text!r} is not 32 bytes")
    return Digest(value)
